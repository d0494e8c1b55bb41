import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { newPasswordSchema } from '../../src/accounts/contract.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { serverFieldErrors } from './field-errors.ts'
import classes from './form.module.css'
import { useLetterToken } from './letter-token.ts'
import { NewPasswordField } from './new-password-field.tsx'
import { useResetPassword } from './passwords.ts'

export function ResetPasswordPage() {
  const token = useLetterToken()
  const reset = useResetPassword()
  const [password, setPassword] = useState('')
  const [ownError, setOwnError] = useState<string>()
  const fromServer = serverFieldErrors(reset.error).password

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const checked = newPasswordSchema.safeParse(password)
    setOwnError(checked.success ? undefined : checked.error.issues[0]?.message)
    if (checked.success) reset.mutate({ token, password })
  }

  if (reset.isSuccess)
    return (
      <Page title="Your new password holds" width="narrow">
        <Notice kind="good" action={<Link to="/login">Log in</Link>}>
          {reset.data.message}
        </Notice>
      </Page>
    )
  if (token === '')
    return (
      <Page title="This link did not work" width="narrow">
        <Notice kind="warn" action={<Link to="/forgot-password">Ask for a new letter</Link>}>
          The link is incomplete. Open it from the letter again, or copy all of it.
        </Notice>
      </Page>
    )
  return (
    <Page
      title="Choose a new password"
      width="narrow"
      lead="Every login to your account ends when you save it."
    >
      <form className={classes.form} onSubmit={submit} noValidate>
        {reset.isError && fromServer === undefined && <ProblemNotice error={reset.error} />}
        <NewPasswordField
          label="New password"
          value={password}
          error={ownError ?? fromServer}
          email=""
          onChange={setPassword}
        />
        <Button type="submit" size="md" loading={reset.isPending}>
          Save the new password
        </Button>
      </form>
      <p className={classes.aside}>
        <Link to="/forgot-password">Ask for a new letter</Link>
      </p>
    </Page>
  )
}
