import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { countTry } from './check-password.ts'
import { plainCode, stepOf } from './one-time-code.ts'
import { digestOfCode, unseal } from './seal.ts'
import { findSecondFactor, spendStep, takeRecoveryCode } from './second-factor-queries.ts'
import { writeLetter } from './write-letter.ts'

const SIX_DIGITS = /^\d{6}$/

function codeNeeded(): AppError {
  const words = 'Write the six digits that your app shows, or a recovery code.'
  return new AppError('unauthenticated', 'accounts/second-factor-needed', words, { fields: { code: words } })
}

function wrongCode(): AppError {
  const words = 'That code does not open, or was used already. Wait for the next one in your app.'
  return new AppError('unauthenticated', 'accounts/wrong-code', words, { fields: { code: words } })
}

async function opensByApp(ctx: Context, userId: string, sealed: Uint8Array, code: string): Promise<boolean> {
  const step = stepOf(unseal(ctx.secrets, userId, sealed), code, ctx.clock.now())
  return step !== undefined && spendStep(ctx.db, userId, step)
}

/** A recovery code is good once, and its owner is told that it was used. */
async function opensByRecoveryCode(ctx: Context, userId: string, code: string): Promise<boolean> {
  const digest = digestOfCode(ctx.secrets, userId, plainCode(code))
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await takeRecoveryCode(tx, userId, digest, ctx.clock.now()))) return false
    await writeLetter(ctx, tx, { userId, kind: 'recovery-code-used' })
    return true
  })
}

/**
 * Where the account has a second factor, the code is right and was not used before. Called once the password is right.
 * @param tries whose tries are counted together
 * @throws AppError unauthenticated, or exhausted after ten wrong codes
 */
export async function checkSecondFactor(
  ctx: Context,
  userId: string,
  code: string | undefined,
  tries: string,
): Promise<void> {
  const factor = await findSecondFactor(ctx.db, userId)
  if (!factor?.confirmed_at) return
  if (code === undefined) throw codeNeeded()
  const forgetTries = await countTry(ctx, 'second-factor', tries)
  const plain = code.replaceAll(/\s/g, '')
  const isRight = SIX_DIGITS.test(plain)
    ? await opensByApp(ctx, userId, factor.sealed_secret, plain)
    : await opensByRecoveryCode(ctx, userId, plain)
  if (!isRight) throw wrongCode()
  await forgetTries()
}
