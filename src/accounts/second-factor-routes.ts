import type { Context } from '../context.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import {
  confirmSecondFactorSchema,
  newSecondFactorSchema,
  passwordAgainSchema,
  recoveryCodesSchema,
  secondFactorStateSchema,
} from './contract.ts'
import { rateRules } from './rate-rules.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  getSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from './second-factor.ts'

const tag = 'Second factor'

export function secondFactorRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/me/second-factor',
        summary: 'Whether a login needs a code beside the password, and how many recovery codes are left.',
        tag,
        responses: { 200: { description: 'The second factor', schema: secondFactorStateSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getSecondFactor(ctx, actor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/second-factor',
        summary: 'Begin a second factor: a secret for an app. It counts once a code of it was given.',
        tag,
        body: passwordAgainSchema,
        responses: { 201: { description: 'The secret, shown this once', schema: newSecondFactorSchema } },
        refusals: [409, 422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => ({
        status: 201,
        body: await beginSecondFactor(ctx, actor, body.password),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/second-factor/confirm',
        summary: 'Switch it on with the code of the moment. Every other login ends.',
        tag,
        body: confirmSecondFactorSchema,
        responses: { 200: { description: 'Recovery codes, shown this once', schema: recoveryCodesSchema } },
        refusals: [409, 422],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        const recoveryCodes = await confirmSecondFactor(ctx, actor, body.code)
        return { status: 200, body: { recoveryCodes } }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/second-factor/recovery-codes',
        summary: 'Make new recovery codes; the ones before open nothing any more.',
        tag,
        body: passwordAgainSchema,
        responses: { 200: { description: 'Recovery codes, shown this once', schema: recoveryCodesSchema } },
        refusals: [409, 422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        const recoveryCodes = await renewRecoveryCodes(ctx, actor, body.password)
        return { status: 200, body: { recoveryCodes } }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/second-factor/removal',
        summary: 'Switch it off: the password alone opens again.',
        tag,
        body: passwordAgainSchema,
        responses: { 204: { description: 'Off' } },
        refusals: [409, 422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        await removeSecondFactor(ctx, actor, body.password)
        return { status: 204 }
      },
    ),
  ]
}
