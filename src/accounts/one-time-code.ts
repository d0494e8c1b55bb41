import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
/** Clocks of telephones are off by a little: one step before and after is taken as well. */
const WINDOW_STEPS = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
const RECOVERY_GROUPS = 4
const GROUP_CHARACTERS = 6
/** No letter that looks like a digit: 32 characters, five bits each. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

function totpOf(secret: Uint8Array, label = ''): TOTP {
  return new TOTP({
    issuer: 'TrackSensei',
    label,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  })
}

export function makeSecret(): Buffer {
  return randomBytes(SECRET_BYTES)
}

/** What an app reads from the picture, and the same for typing. */
export function describeSecret(secret: Uint8Array, email: string): { uri: string; secret: string } {
  const totp = totpOf(secret, email)
  return { uri: totp.toString(), secret: totp.secret.base32 }
}

/** Which 30 seconds a code of six digits stands for; undefined when it stands for none of these. */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW_STEPS })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta
}

function makeRecoveryCode(): string {
  const letters = [...randomBytes(RECOVERY_GROUPS * GROUP_CHARACTERS)].map(
    (byte) => ALPHABET[byte % 32] ?? '',
  )
  const groups = Array.from({ length: RECOVERY_GROUPS }, (_, group) =>
    letters.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS).join(''),
  )
  return groups.join('-')
}

/** Ten codes of 120 random bits each. */
export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, makeRecoveryCode)
}

/** As it is digested: whoever types one may leave out hyphens and capitals. */
export function plainCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}
