import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { AppError } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { checkPassword, countTry } from './check-password.ts'
import type { NewSecondFactor, SecondFactorState } from './contract.ts'
import { endSessions } from './end-sessions.ts'
import { describeSecret, makeRecoveryCodes, makeSecret, plainCode, stepOf } from './one-time-code.ts'
import { digestOfCode, seal, unseal } from './seal.ts'
import {
  countRecoveryCodes,
  deleteSecondFactor,
  findSecondFactor,
  insertSecondFactor,
  markConfirmed,
  replaceRecoveryCodes,
  spendStep,
} from './second-factor-queries.ts'
import { writeLetter } from './write-letter.ts'

export async function getSecondFactor(ctx: Context, actor: Actor): Promise<SecondFactorState> {
  const factor = await findSecondFactor(ctx.db, actor.userId)
  if (!factor?.confirmed_at) return { isOn: false, since: null, recoveryCodesLeft: 0 }
  const recoveryCodesLeft = await countRecoveryCodes(ctx.db, actor.userId)
  return { isOn: true, since: factor.confirmed_at.toISOString(), recoveryCodesLeft }
}

/** A secret for an app. Nothing changes at login before a code of it was given. @throws AppError invalid, conflict */
export async function beginSecondFactor(
  ctx: Context,
  actor: Actor,
  password: string,
): Promise<NewSecondFactor> {
  const user = await checkPassword(ctx, actor, password)
  const secret = makeSecret()
  const sealedSecret = seal(ctx.secrets, user.id, secret)
  const isNew = await ctx.db
    .transaction()
    .execute((tx) => insertSecondFactor(tx, { userId: user.id, sealedSecret, now: ctx.clock.now() }))
  if (!isNew)
    throw new AppError(
      'conflict',
      'accounts/second-factor-is-on',
      'A second factor is on already. Switch it off first to set up another app.',
    )
  return describeSecret(secret, user.email)
}

async function giveRecoveryCodes(ctx: Context, tx: Tx, userId: string): Promise<string[]> {
  const codes = makeRecoveryCodes()
  const digests = codes.map((code) => digestOfCode(ctx.secrets, userId, plainCode(code)))
  await replaceRecoveryCodes(tx, userId, digests)
  return codes
}

/**
 * From now on each login needs a code; other logins have ended, and a notice follows.
 * @returns the recovery codes, which are shown this once
 * @throws AppError invalid for a wrong code, conflict when none was begun
 */
export async function confirmSecondFactor(ctx: Context, actor: Actor, code: string): Promise<string[]> {
  const { userId } = actor
  const forgetTries = await countTry(ctx, 'second-factor-confirm', userId)
  const factor = await findSecondFactor(ctx.db, userId)
  if (!factor || factor.confirmed_at)
    throw new AppError('conflict', 'accounts/no-second-factor-begun', 'Begin with the picture for your app.')
  const step = stepOf(unseal(ctx.secrets, userId, factor.sealed_secret), code, ctx.clock.now())
  if (step === undefined || !(await spendStep(ctx.db, userId, step))) {
    const words = 'That is not the code of this moment. Check the clock of your device and try the next one.'
    throw new AppError('invalid', 'accounts/wrong-code', words, { fields: { code: words } })
  }
  await forgetTries()
  return ctx.db.transaction().execute(async (tx) => {
    await markConfirmed(tx, userId, ctx.clock.now())
    await endSessions(tx, userId, { except: actor.sessionId })
    await writeLetter(ctx, tx, { userId, kind: 'second-factor-on' })
    return giveRecoveryCodes(ctx, tx, userId)
  })
}

function notOn(): AppError {
  return new AppError('conflict', 'accounts/second-factor-is-off', 'There is no second factor to change.')
}

/** New recovery codes; the ones before open nothing any more. @throws AppError invalid, conflict */
export async function renewRecoveryCodes(ctx: Context, actor: Actor, password: string): Promise<string[]> {
  const { id } = await checkPassword(ctx, actor, password)
  if (!(await findSecondFactor(ctx.db, id))?.confirmed_at) throw notOn()
  return ctx.db.transaction().execute((tx) => giveRecoveryCodes(ctx, tx, id))
}

/** A login needs the password alone again; a notice follows. @throws AppError conflict */
export async function liftSecondFactor(ctx: Context, userId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteSecondFactor(tx, userId))) throw notOn()
    await writeLetter(ctx, tx, { userId, kind: 'second-factor-off' })
  })
}

/** @throws AppError invalid for a wrong password, conflict when there is none */
export async function removeSecondFactor(ctx: Context, actor: Actor, password: string): Promise<void> {
  const { id } = await checkPassword(ctx, actor, password)
  await liftSecondFactor(ctx, id)
}
