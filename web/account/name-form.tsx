import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Account } from '../../src/accounts/contract.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { serverFieldErrors } from './field-errors.ts'
import { Part } from './part.tsx'
import { useChangeName } from './profile.ts'

export function NameForm({ me }: { me: Account }) {
  const change = useChangeName()
  const [name, setName] = useState(me.displayName ?? '')
  const errors = serverFieldErrors(change.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(name.trim() === '' ? null : name.trim())
  }
  return (
    <Part title="Name" lead="Shown to you alone. Leave it empty to have none.">
      <form className={classes.form} onSubmit={submit} noValidate>
        {change.isError && errors.displayName === undefined && <ProblemNotice error={change.error} />}
        {change.isSuccess && <Notice kind="good">Saved.</Notice>}
        <TextInput
          label="Name"
          name="display-name"
          autoComplete="nickname"
          maxLength={60}
          value={name}
          error={errors.displayName}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={change.isPending}>
          Save the name
        </Button>
      </form>
    </Part>
  )
}
