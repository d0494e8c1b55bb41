import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { DevelopmentMail } from './development-mail.tsx'
import { serverFieldErrors } from './field-errors.ts'
import { Part } from './part.tsx'
import { useCopyState, useRequestExport } from './privacy.ts'

const standing = {
  none: undefined,
  making: { kind: 'info', words: 'A copy is being made. A letter with its link follows.' },
  ready: { kind: 'good', words: 'A copy is waiting for you: use the link in the last letter.' },
  fetched: { kind: 'info', words: 'You have fetched a copy. The next one can be made a day after the last.' },
  failed: {
    kind: 'warn',
    words: 'The last copy could not be made or broke off. You can ask for another one now.',
  },
} as const

/** How far the copy of these last 24 hours got. */
function CopyStanding() {
  const { data } = useCopyState()
  const words = data && standing[data.state]
  return words ? <Notice kind={words.kind}>{words.words}</Notice> : null
}

/** Asks for a copy of everything. */
export function CopyOfData() {
  const wish = useRequestExport()
  const [password, setPassword] = useState('')
  const errors = serverFieldErrors(wish.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    wish.mutate(password)
  }
  return (
    <Part
      title="A copy of your data"
      lead="Everything we hold of you, as JSON and as tables for a spreadsheet. A letter with a link follows, once a day at most."
    >
      {wish.isSuccess ? (
        <div className={classes.form}>
          <Notice kind="good">{wish.data.message}</Notice>
          <DevelopmentMail />
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit} noValidate>
          <CopyStanding />
          {wish.isError && errors.password === undefined && <ProblemNotice error={wish.error} />}
          <PasswordInput
            label="Your password, for the copy"
            name="password-for-copy"
            autoComplete="current-password"
            value={password}
            error={errors.password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={wish.isPending} disabled={password === ''}>
            Ask for the copy
          </Button>
        </form>
      )}
    </Part>
  )
}
