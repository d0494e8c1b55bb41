import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { hashToken, makeToken, VERIFICATION_TOKEN_LIFE_MS } from './email-token.ts'
import { alreadyRegisteredWords, renderLetter, verifyEmailWords } from './letters.ts'
import { findUnsentLetter, insertToken, markLetterSent } from './queries.ts'

type Letter = NonNullable<Awaited<ReturnType<typeof findUnsentLetter>>>

/** The token is made here, while the letter is written: nothing but the letter ever holds it. */
async function composeLetter(ctx: Context, letter: Letter) {
  const { baseUrl } = ctx.config
  if (letter.kind === 'already-registered') return renderLetter(alreadyRegisteredWords(`${baseUrl}/login`))
  const token = makeToken()
  const now = ctx.clock.now()
  await insertToken(ctx.db, {
    sha256: hashToken(token),
    userId: letter.user_id,
    registration: { password_hash: letter.password_hash, display_name: letter.display_name },
    now,
    expiresAt: after(now, VERIFICATION_TOKEN_LIFE_MS),
  })
  return renderLetter(verifyEmailWords(`${baseUrl}/verify#token=${token}`))
}

/** The letter has been handed to the mail server and is marked as sent. Nothing happens for one that was sent. */
export async function deliverLetter(ctx: Context, letterId: string): Promise<void> {
  const letter = await findUnsentLetter(ctx.db, letterId)
  if (!letter || (letter.kind === 'verify-email' && letter.verified_at)) return
  await ctx.mail.send({ id: letter.id, to: letter.email, ...(await composeLetter(ctx, letter)) })
  await markLetterSent(ctx.db, letter.id, ctx.clock.now())
}
