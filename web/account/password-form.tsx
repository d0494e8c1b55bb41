import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { type Account, changePasswordRequestSchema } from '../../src/accounts/contract.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { type FieldErrors, fieldErrors, serverFieldErrors } from './field-errors.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { Part } from './part.tsx'
import { useChangePassword } from './passwords.ts'

export function PasswordForm({ me }: { me: Account }) {
  const change = useChangePassword()
  const [password, setPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({})
  const fromServer = serverFieldErrors(change.error)
  const errors = { ...fromServer, ...ownErrors }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = changePasswordRequestSchema.safeParse({ password, newPassword })
    setOwnErrors(body.success ? {} : fieldErrors(body.error))
    if (!body.success) return
    const onSuccess = () => {
      setPassword('')
      setNewPassword('')
    }
    change.mutate(body.data, { onSuccess })
  }
  return (
    <Part title="Password" lead="Every other login ends when you change it, and a notice comes by mail.">
      <form className={classes.form} onSubmit={submit} noValidate>
        {change.isError && Object.keys(fromServer).length === 0 && <ProblemNotice error={change.error} />}
        {change.isSuccess && <Notice kind="good">{change.data.message}</Notice>}
        <PasswordInput
          label="Present password"
          name="password"
          autoComplete="current-password"
          value={password}
          error={errors.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <NewPasswordField
          label="New password"
          value={newPassword}
          error={errors.newPassword}
          email={me.email}
          displayName={me.displayName ?? ''}
          onChange={setNewPassword}
        />
        <Button type="submit" variant="default" loading={change.isPending}>
          Change the password
        </Button>
      </form>
    </Part>
  )
}
