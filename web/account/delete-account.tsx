import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextButton } from '../ui/text-button.tsx'
import classes from './account.module.css'
import { serverFieldErrors } from './field-errors.ts'
import { Part } from './part.tsx'
import { useDeleteAccount } from './privacy.ts'

/** The way out: asked for twice, with the password, and then at once. */
export function DeleteAccount() {
  const deletion = useDeleteAccount()
  const [isOpen, setIsOpen] = useState(false)
  const [password, setPassword] = useState('')
  const errors = serverFieldErrors(deletion.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!deletion.isPending) deletion.mutate(password)
  }
  return (
    <Part
      title="Delete the account"
      lead="Tracks, reports, messages and the account itself are deleted at once, for good. A last letter confirms it."
    >
      {isOpen ? (
        <form className={classes.form} onSubmit={submit} noValidate>
          {deletion.isError && errors.password === undefined && <ProblemNotice error={deletion.error} />}
          <PasswordInput
            label="Your password, to delete everything"
            name="password-for-deletion"
            autoComplete="current-password"
            value={password}
            error={errors.password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <div className={classes.buttons}>
            <Button type="submit" color="red" loading={deletion.isPending} disabled={password === ''}>
              Delete everything
            </Button>
            <Button variant="default" onClick={() => setIsOpen(false)}>
              Keep the account
            </Button>
          </div>
        </form>
      ) : (
        <p>
          <TextButton onClick={() => setIsOpen(true)}>Delete this account</TextButton>
        </p>
      )}
    </Part>
  )
}
