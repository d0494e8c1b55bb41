import type { Context } from '../context.ts'
import { recordConsent } from './consents.ts'
import type { RegisterRequest } from './contract.ts'
import { normalizeEmail } from './email-address.ts'
import { mayWriteTo } from './may-write-to.ts'
import { requireGoodPassword } from './password-rule.ts'
import { findUserByEmail, insertUser } from './queries.ts'
import { writeLetter } from './write-letter.ts'

/**
 * A new address has an account that waits for confirmation, and a letter is on its way. An address that waits already
 * gets another letter, whose link confirms this registration and not the earlier one; a confirmed one gets a letter
 * that says so. The caller cannot tell which: same work, same answer.
 */
export async function register(ctx: Context, request: RegisterRequest): Promise<void> {
  const email = normalizeEmail(request.email)
  requireGoodPassword(request.password, { email, display_name: request.displayName ?? null })
  const passwordHash = await ctx.passwords.hash(request.password)
  const displayName = request.displayName ?? null
  const registration = { password_hash: passwordHash, display_name: displayName }
  if (!(await mayWriteTo(ctx, email))) return
  const known = await findUserByEmail(ctx.db, email)
  await ctx.db.transaction().execute(async (tx) => {
    if (known?.verified_at) return writeLetter(ctx, tx, { userId: known.id, kind: 'already-registered' })
    const now = ctx.clock.now()
    const userId = known?.id ?? (await insertUser(tx, { email, displayName, passwordHash, now }))
    if (!known && userId) await recordConsent(ctx, tx, userId, ['privacy-policy', 'age-16'], true)
    // Nothing was inserted when the same address came twice at once: the other request wrote the letter.
    if (userId) await writeLetter(ctx, tx, { userId, kind: 'verify-email', registration })
  })
}
