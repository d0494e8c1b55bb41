import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { resetLetterRequestSchema } from '../../src/accounts/contract.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { DevelopmentMail } from './development-mail.tsx'
import { type FieldErrors, fieldErrors } from './field-errors.ts'
import classes from './form.module.css'
import { useResetLetter } from './passwords.ts'

export function ForgotPasswordPage() {
  const letter = useResetLetter()
  const [email, setEmail] = useState('')
  const [errors, setErrors] = useState<FieldErrors>({})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = resetLetterRequestSchema.safeParse({ email })
    setErrors(body.success ? {} : fieldErrors(body.error))
    if (body.success) letter.mutate(body.data)
  }
  return (
    <Page
      title="Forgot your password?"
      width="narrow"
      lead="Write the address of your account. A letter with a link to choose a new password goes there."
    >
      {letter.isSuccess ? (
        <div className={classes.form}>
          <Notice kind="good">{letter.data.message}</Notice>
          <DevelopmentMail />
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate>
          {letter.isError && <ProblemNotice error={letter.error} />}
          <TextInput
            label="E-mail"
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            error={errors.email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={letter.isPending}>
            Send the letter
          </Button>
        </form>
      )}
      <p className={classes.aside}>
        Remembered it? <Link to="/login">Log in</Link>
      </p>
    </Page>
  )
}
