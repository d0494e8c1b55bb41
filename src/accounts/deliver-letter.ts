import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { periods } from '../privacy/periods.ts'
import { hashToken, makeToken } from './email-token.ts'
import {
  deleteLetter,
  deleteTokens,
  findUnsentLetter,
  insertToken,
  markLetterSent,
  type TokenPurpose,
} from './letter-queries.ts'
import { letterWords, renderLetter } from './letters.ts'
import { findLatestRegistration, findUser, findUserByEmail, type Registration } from './queries.ts'

type Letter = NonNullable<Awaited<ReturnType<typeof findUnsentLetter>>>
type User = NonNullable<Awaited<ReturnType<typeof findUser>>>

interface Composed {
  to: string
  kind: Letter['kind']
  url: string
}

const whenFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

interface NewToken {
  userId: string
  purpose: TokenPurpose
  lifeMs: number
  registration?: Registration
  newEmail?: string
}

/** The token is made here, while the letter is written: nothing but the letter ever holds it. */
async function makeLink(ctx: Context, page: string, { lifeMs, ...token }: NewToken): Promise<string> {
  const secret = makeToken()
  const now = ctx.clock.now()
  await insertToken(ctx.db, { ...token, sha256: hashToken(secret), now, expiresAt: after(now, lifeMs) })
  return `${ctx.config.baseUrl}/${page}#token=${secret}`
}

async function composeVerification(ctx: Context, letter: Letter, user: User): Promise<Composed | undefined> {
  if (user.verified_at) return undefined
  // A letter that was asked for again confirms the latest registration.
  const registration =
    letter.user_id === null ? ((await findLatestRegistration(ctx.db, user.id)) ?? user) : letter
  const { password_hash, display_name } = registration
  const url = await makeLink(ctx, 'verify', {
    userId: user.id,
    purpose: 'verify-email',
    lifeMs: periods.verificationTokenMs,
    registration: { password_hash, display_name },
  })
  return { to: user.email, kind: letter.kind, url }
}

/** The newest letter counts: links of earlier ones are worth nothing from now on. */
async function composeReset(ctx: Context, letter: Letter, user: User): Promise<Composed> {
  await deleteTokens(ctx.db, user.id, 'reset-password')
  const url = await makeLink(ctx, 'reset-password', {
    userId: user.id,
    purpose: 'reset-password',
    lifeMs: periods.resetTokenMs,
  })
  return { to: user.email, kind: letter.kind, url }
}

/** An address that has an account already is told so, and only there. */
async function composeNewAddress(ctx: Context, letter: Letter, user: User): Promise<Composed | undefined> {
  if (letter.address === null) return undefined
  const { baseUrl } = ctx.config
  const holder = await findUserByEmail(ctx.db, letter.address)
  if (holder) return { to: letter.address, kind: 'already-registered', url: `${baseUrl}/login` }
  await deleteTokens(ctx.db, user.id, 'change-email')
  const url = await makeLink(ctx, 'confirm-email', {
    userId: user.id,
    purpose: 'change-email',
    lifeMs: periods.verificationTokenMs,
    newEmail: letter.address,
  })
  return { to: letter.address, kind: letter.kind, url }
}

async function composeExport(ctx: Context, letter: Letter, user: User): Promise<Composed> {
  const url = await makeLink(ctx, 'fetch-copy', {
    userId: user.id,
    purpose: 'fetch-export',
    lifeMs: periods.exportMs,
  })
  return { to: user.email, kind: letter.kind, url }
}

/** Where a letter without a token leads; to the login page if not said here. */
const pageOf: Partial<Record<Letter['kind'], string>> = {
  'new-login': 'account',
  'second-factor-on': 'account',
  'second-factor-off': 'account',
  'recovery-code-used': 'account',
  'policy-changed': 'privacy',
  'payment-failed': 'plan',
  'trial-ending': 'plan',
  'plan-ended': 'plan',
}

async function addresseeOf(ctx: Context, letter: Letter): Promise<User | undefined> {
  if (letter.user_id !== null) return findUser(ctx.db, letter.user_id)
  return letter.address === null ? undefined : findUserByEmail(ctx.db, letter.address)
}

/** Undefined when there is nobody to write to, or nothing to say any more. */
async function compose(ctx: Context, letter: Letter): Promise<Composed | undefined> {
  const { baseUrl } = ctx.config
  const user = await addresseeOf(ctx, letter)
  const to = letter.address ?? user?.email
  if (letter.kind === 'account-deleted' || letter.kind === 'email-changed')
    return to === undefined ? undefined : { to, kind: letter.kind, url: baseUrl }
  if (!user) return undefined
  if (letter.kind === 'verify-email') return composeVerification(ctx, letter, user)
  if (letter.kind === 'reset-password') return composeReset(ctx, letter, user)
  if (letter.kind === 'confirm-new-email') return composeNewAddress(ctx, letter, user)
  if (letter.kind === 'export-ready') return composeExport(ctx, letter, user)
  return { to: user.email, kind: letter.kind, url: `${baseUrl}/${pageOf[letter.kind] ?? 'login'}` }
}

/**
 * The letter has been handed to the mail server and is marked as sent. Nothing happens for one that was sent; one that
 * nobody is to get is forgotten.
 */
export async function deliverLetter(ctx: Context, letterId: string): Promise<void> {
  const letter = await findUnsentLetter(ctx.db, letterId)
  if (!letter) return
  const composed = await compose(ctx, letter)
  if (!composed) return deleteLetter(ctx.db, letter.id)
  const when = `${whenFormat.format(letter.created_at)} UTC`
  const words = letterWords[composed.kind]({ url: composed.url, when, detail: letter.detail ?? '' })
  await ctx.mail.send({ id: letter.id, to: composed.to, ...renderLetter(words) })
  await markLetterSent(ctx.db, letter.id, ctx.clock.now())
}
