import { PasswordInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { PASSWORD_MIN_CHARACTERS } from '../../src/accounts/contract.ts'
import {
  LEAST_GUESSES_LOG10,
  type PasswordEstimate,
  passwordComplaint,
} from '../../src/accounts/password-contract.ts'
import classes from './new-password-field.module.css'

const RULE = `At least ${PASSWORD_MIN_CHARACTERS} characters of any kind; a few words in a row are fine.`
/** Guesses, as a power of ten, at which the meter is full. */
const FULL_LOG10 = 16
const SETTLE_MS = 150

interface NewPasswordFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  /** What the estimate takes for easily guessed. */
  email: string
  displayName?: string
}

/** The estimate of what was typed, a moment after the last key; null before. Its dictionary is loaded when needed. */
function useEstimate(password: string, email: string, displayName: string): PasswordEstimate | null {
  const [estimate, setEstimate] = useState<PasswordEstimate | null>(null)
  useEffect(() => {
    if (password === '') {
      setEstimate(null)
      return
    }
    let isStale = false
    const timer = setTimeout(() => {
      import('./estimate-password.ts').then(
        ({ estimatePassword }) => isStale || setEstimate(estimatePassword(password, email, displayName)),
        () => undefined,
      )
    }, SETTLE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [password, email, displayName])
  return estimate
}

function Meter({ estimate, length }: { estimate: PasswordEstimate; length: number }) {
  const complaint = passwordComplaint(estimate)
  const missing = PASSWORD_MIN_CHARACTERS - length
  const isGood = complaint === undefined && missing <= 0
  const share = Math.min(1, estimate.guessesLog10 / FULL_LOG10)
  const words =
    complaint ??
    (missing > 0
      ? `${missing} more ${missing === 1 ? 'character' : 'characters'}.`
      : estimate.guessesLog10 >= LEAST_GUESSES_LOG10 + 3
        ? 'Strong.'
        : 'Good enough.')
  return (
    <div className={classes.meter}>
      <div className={classes.track} aria-hidden="true">
        <div className={classes.fill} data-good={isGood} style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      <p className={classes.words} role="status">
        {words}
      </p>
    </div>
  )
}

/** Where a new password is chosen: the rule, a meter, and the reason when it is too easy. */
export function NewPasswordField({
  label,
  value,
  onChange,
  error,
  email,
  displayName = '',
}: NewPasswordFieldProps) {
  const estimate = useEstimate(value, email, displayName)
  return (
    <div>
      <PasswordInput
        label={label}
        description={RULE}
        name="new-password"
        autoComplete="new-password"
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {estimate !== null && value !== '' && <Meter estimate={estimate} length={Array.from(value).length} />}
    </div>
  )
}
