import { createHmac } from 'node:crypto'
import type { Secrets } from '../core/config.ts'

/** An opaque tag for abuse reports: the same for one user, and not traceable without our secret. */
export function userTag(secrets: Secrets, userId: string): string {
  return createHmac('sha256', secrets.passwordPepper)
    .update(`claude-user:${userId}`)
    .digest('hex')
    .slice(0, 32)
}
