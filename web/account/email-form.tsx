import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { changeEmailRequestSchema } from '../../src/accounts/contract.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { DevelopmentMail } from './development-mail.tsx'
import { type FieldErrors, fieldErrors, serverFieldErrors } from './field-errors.ts'
import { Part } from './part.tsx'
import { useChangeEmail } from './profile.ts'

export function EmailForm() {
  const change = useChangeEmail()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({})
  const fromServer = serverFieldErrors(change.error)
  const errors = { ...fromServer, ...ownErrors }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = changeEmailRequestSchema.safeParse({ email, password })
    setOwnErrors(body.success ? {} : fieldErrors(body.error))
    if (body.success) change.mutate(body.data)
  }
  return (
    <Part
      title="E-mail"
      lead="A letter goes to the new address; nothing changes before you open its link. The address before gets a notice."
    >
      {change.isSuccess ? (
        <div className={classes.form}>
          <Notice kind="good">{change.data.message}</Notice>
          <DevelopmentMail />
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate>
          {change.isError && Object.keys(fromServer).length === 0 && <ProblemNotice error={change.error} />}
          <TextInput
            label="New e-mail"
            type="email"
            name="new-email"
            autoComplete="email"
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Your password"
            name="password-for-email"
            autoComplete="current-password"
            value={password}
            error={errors.password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={change.isPending}>
            Change the address
          </Button>
        </form>
      )}
    </Part>
  )
}
