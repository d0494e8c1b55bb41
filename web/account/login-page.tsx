import '@mantine/core/styles/PasswordInput.layer.css'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { z } from 'zod'
import { loginRequestSchema } from '../../src/accounts/contract.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { type FieldErrors, fieldErrors } from './field-errors.ts'
import classes from './form.module.css'
import { useLogin, useMe } from './session.ts'

const cameFromSchema = z.object({ from: z.string().startsWith('/') })

export function LoginPage() {
  const me = useMe()
  const login = useLogin()
  const location = useLocation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<FieldErrors>({})
  const cameFrom = cameFromSchema.safeParse(location.state)

  if (me.data !== null && me.data !== undefined) {
    return <Navigate to={cameFrom.success ? cameFrom.data.from : '/tracks'} replace />
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = loginRequestSchema.safeParse({ email, password })
    setErrors(body.success ? {} : fieldErrors(body.error))
    if (body.success) login.mutate(body.data)
  }

  return (
    <Page title="Log in" width="narrow">
      <form className={classes.form} onSubmit={submit} noValidate>
        {cameFrom.success && !login.isError && <p className="muted">Log in to open that page.</p>}
        {login.isError && <ProblemNotice error={login.error} />}
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          error={errors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          error={errors.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={login.isPending}>
          Log in
        </Button>
      </form>
      <p className={classes.aside}>
        <Link to="/forgot-password">Forgot your password?</Link>
      </p>
      <p className={classes.aside}>
        No account yet? <Link to="/register">Register</Link>
      </p>
    </Page>
  )
}
