import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { registerRequestSchema } from '../../src/accounts/contract.ts'
import { useInfo } from '../api/info.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { type FieldErrors, fieldErrors, serverFieldErrors } from './field-errors.ts'
import classes from './form.module.css'
import { NewPasswordField } from './new-password-field.tsx'
import { useRegister } from './session.ts'

export function RegisterPage() {
  const register = useRegister()
  const info = useInfo()
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [displayName, setDisplayName] = useState('')
  const [isSixteenOrOlder, setIsSixteenOrOlder] = useState(false)
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({})
  const errors = { ...serverFieldErrors(register.error), ...ownErrors }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const name = displayName.trim()
    const body = registerRequestSchema.safeParse({
      email,
      password,
      isSixteenOrOlder,
      ...(name === '' ? {} : { displayName: name }),
    })
    setOwnErrors(body.success ? {} : fieldErrors(body.error))
    if (!body.success) return
    const sentTo = body.data.email
    register.mutate(body.data, {
      onSuccess: () => void navigate('/check-mail', { state: { email: sentTo } }),
    })
  }

  return (
    <Page
      title="Register"
      width="narrow"
      lead="Free to start. You need an address to confirm and a password."
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {register.isError && <ProblemNotice error={register.error} />}
        <TextInput
          label="E-mail"
          description="A letter with a link goes there, to confirm that it is yours."
          type="email"
          name="email"
          autoComplete="email"
          value={email}
          error={errors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NewPasswordField
          label="Password"
          value={password}
          error={errors.password}
          email={email}
          displayName={displayName}
          onChange={setPassword}
        />
        <TextInput
          label="Name (optional)"
          description="Shown to you alone."
          name="display-name"
          autoComplete="nickname"
          value={displayName}
          error={errors.displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
        />
        <Checkbox
          label="I am 16 or older."
          size="md"
          name="age"
          checked={isSixteenOrOlder}
          error={errors.isSixteenOrOlder}
          onChange={(event) => setIsSixteenOrOlder(event.currentTarget.checked)}
        />
        <p className="muted small">
          By registering you agree to the <Link to="/privacy">privacy policy</Link>.{' '}
          {info.data?.coach === 'offline-coach'
            ? 'No language model is set up here: the offline coach answers questions. Once one is, Claude answers them'
            : 'Questions are answered by Claude'}
          , from measured numbers; you can object on your account page.
        </p>
        <Button type="submit" size="md" loading={register.isPending}>
          Register
        </Button>
      </form>
      <p className={classes.aside}>
        Already registered? <Link to="/login">Log in</Link>
      </p>
    </Page>
  )
}
