import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { z } from 'zod'
import { loginRequestSchema } from '../../src/accounts/contract.ts'
import { ApiProblem } from '../api/problem.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { type FieldErrors, fieldErrors, serverFieldErrors } from './field-errors.ts'
import classes from './form.module.css'
import { useLogin, useMe } from './session.ts'

const cameFromSchema = z.object({ from: z.string().startsWith('/') })

/** Whether the password was right and a code is missing. */
function needsCode(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'accounts/second-factor-needed'
}

export function LoginPage() {
  const me = useMe()
  const login = useLogin()
  const location = useLocation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [asksForCode, setAsksForCode] = useState(false)
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({})
  const cameFrom = cameFromSchema.safeParse(location.state)

  if (me.data !== null && me.data !== undefined) {
    return <Navigate to={cameFrom.success ? cameFrom.data.from : '/tracks'} replace />
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = loginRequestSchema.safeParse({ email, password, ...(asksForCode ? { code } : {}) })
    setOwnErrors(body.success ? {} : fieldErrors(body.error))
    if (!body.success) return
    login.mutate(body.data, { onError: (error) => needsCode(error) && setAsksForCode(true) })
  }
  const fromServer = needsCode(login.error) ? {} : serverFieldErrors(login.error)
  const errors = { ...fromServer, ...ownErrors }

  return (
    <Page title="Log in" width="narrow">
      <form className={classes.form} onSubmit={submit} noValidate>
        {cameFrom.success && !login.isError && <p className="muted">Log in to open that page.</p>}
        {login.isError && !needsCode(login.error) && fromServer.code === undefined && (
          <ProblemNotice error={login.error} />
        )}
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
        {asksForCode && (
          <TextInput
            label="Code of your app, or a recovery code"
            description="Your password is right. This account also asks for a code."
            name="one-time-code"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            error={errors.code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
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
