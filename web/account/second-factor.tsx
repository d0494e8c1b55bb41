import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { NewSecondFactor } from '../../src/accounts/contract.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatDate } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { serverFieldErrors } from './field-errors.ts'
import { Part } from './part.tsx'
import { QrCode } from './qr-code.tsx'
import styles from './second-factor.module.css'
import {
  useBeginSecondFactor,
  useConfirmSecondFactor,
  useRemoveSecondFactor,
  useRenewRecoveryCodes,
  useSecondFactor,
} from './second-factors.ts'

interface PasswordStepProps {
  label: string
  /** What the button of each step says. */
  actions: { words: string; isPending: boolean; run: (password: string) => void }[]
  error: unknown
}

/** The password again, and what may be done with it. */
function PasswordStep({ label, actions, error }: PasswordStepProps) {
  const [password, setPassword] = useState('')
  const { password: complaint } = serverFieldErrors(error)
  const [first] = actions
  const submit = (event: FormEvent) => {
    event.preventDefault()
    first?.run(password)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {error !== null && complaint === undefined && <ProblemNotice error={error} />}
      <PasswordInput
        label={label}
        name="password-for-second-factor"
        autoComplete="current-password"
        value={password}
        error={complaint}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {actions.map(({ words, isPending, run }, index) => (
          <Button
            key={words}
            type={index === 0 ? 'submit' : 'button'}
            variant="default"
            loading={isPending}
            disabled={password === ''}
            onClick={index === 0 ? undefined : () => run(password)}
          >
            {words}
          </Button>
        ))}
      </div>
    </form>
  )
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <Notice kind="warn" title="Keep these recovery codes now: they are not shown again">
      <p>Each opens your account once in place of the app, for when it is out of reach.</p>
      <ul className={styles.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} label="Copy the recovery codes" />
    </Notice>
  )
}

interface ConfirmStepProps {
  begun: NewSecondFactor
  confirm: ReturnType<typeof useConfirmSecondFactor>
}

/** The picture for the app, and the code that proves it was read. */
function ConfirmStep({ begun, confirm }: ConfirmStepProps) {
  const [code, setCode] = useState('')
  const { code: complaint } = serverFieldErrors(confirm.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate(code)
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {confirm.isError && complaint === undefined && <ProblemNotice error={confirm.error} />}
      <p>Read this picture with your authenticator app, then write the six digits that it shows.</p>
      <QrCode text={begun.uri} label="QR code for an authenticator app" />
      <p>
        Or type this secret into the app: <span className={styles.secret}>{begun.secret}</span>
      </p>
      <TextInput
        label="Six digits of the app"
        name="one-time-code"
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        error={complaint}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={confirm.isPending} disabled={code === ''}>
        Switch it on
      </Button>
    </form>
  )
}

function WhenOff({ confirm }: { confirm: ReturnType<typeof useConfirmSecondFactor> }) {
  const begin = useBeginSecondFactor()
  if (begin.isSuccess) return <ConfirmStep begun={begin.data} confirm={confirm} />
  const action = { words: 'Set up an app', isPending: begin.isPending, run: begin.mutate }
  return <PasswordStep label="Your password, for the second factor" actions={[action]} error={begin.error} />
}

function WhenOn({ since, left }: { since: string; left: number }) {
  const renew = useRenewRecoveryCodes()
  const remove = useRemoveSecondFactor()
  return (
    <>
      <Notice kind="good">
        On since {formatDate(since)}. Unused recovery codes: {left}.
      </Notice>
      {renew.isSuccess && <RecoveryCodes codes={renew.data.recoveryCodes} />}
      <PasswordStep
        label="Your password, for the second factor"
        error={remove.error ?? renew.error}
        actions={[
          { words: 'Make new recovery codes', isPending: renew.isPending, run: renew.mutate },
          { words: 'Switch it off', isPending: remove.isPending, run: remove.mutate },
        ]}
      />
    </>
  )
}

/** A code of an app beside the password. */
export function SecondFactor() {
  const factor = useSecondFactor()
  const confirm = useConfirmSecondFactor()
  if (factor.isError) return <ProblemNotice error={factor.error} />
  if (factor.data === undefined) return null
  const { isOn, since, recoveryCodesLeft } = factor.data
  return (
    <Part
      title="Second factor"
      lead="With it, each login also needs six digits of an authenticator app: a stolen password alone opens nothing."
    >
      {isOn && confirm.isSuccess && <RecoveryCodes codes={confirm.data.recoveryCodes} />}
      {isOn ? <WhenOn since={since ?? ''} left={recoveryCodesLeft} /> : <WhenOff confirm={confirm} />}
    </Part>
  )
}
