import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Secrets } from '../core/config.ts'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

function keyFor(secrets: Secrets, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secrets.passwordPepper, Buffer.alloc(0), purpose, KEY_BYTES))
}

/** Bytes that only we can read again, and only for the same account. */
export function seal(secrets: Secrets, userId: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, keyFor(secrets, 'second-factor'), iv)
  cipher.setAAD(Buffer.from(userId))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** @throws when a byte was changed or the bytes belong to another account */
export function unseal(secrets: Secrets, userId: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv(
    ALGORITHM,
    keyFor(secrets, 'second-factor'),
    bytes.subarray(0, IV_BYTES),
    { authTagLength: TAG_BYTES },
  )
  decipher.setAAD(Buffer.from(userId))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
}

/** The same for the same code of the same account; says nothing to anybody without our secret. */
export function digestOfCode(secrets: Secrets, userId: string, code: string): string {
  return createHmac('sha256', keyFor(secrets, 'recovery-code'))
    .update(`${userId}:${code}`)
    .digest('base64url')
}
