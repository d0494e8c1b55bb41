import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { changeDisplayName } from './change-display-name.ts'
import { confirmEmailChange, requestEmailChange } from './change-email.ts'
import {
  accountSchema,
  changeAccountRequestSchema,
  changeEmailRequestSchema,
  letterSentSchema,
  tokenRequestSchema,
} from './contract.ts'
import { getAccount } from './get-account.ts'
import { passwordRoutes } from './password-routes.ts'
import { rateRules } from './rate-rules.ts'
import { registrationRoutes } from './registration-routes.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { sessionRoutes } from './session-routes.ts'

const tag = 'Accounts'

export function accountRoutes(ctx: Context): Operation[] {
  return [
    ...registrationRoutes(ctx),
    ...sessionRoutes(ctx),
    ...passwordRoutes(ctx),
    ...secondFactorRoutes(ctx),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/me',
        summary: 'Who am I?',
        tag,
        responses: { 200: { description: 'The account of this session', schema: accountSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getAccount(ctx, actor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'patch',
        path: '/api/me',
        summary: 'Change the name the account is shown under, or clear it with null.',
        tag,
        body: changeAccountRequestSchema,
        responses: { 200: { description: 'The account as it is now', schema: accountSchema } },
        refusals: [422],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => ({
        status: 200,
        body: await changeDisplayName(ctx, actor, body.displayName),
      }),
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/email',
        summary:
          'Ask for another address: a letter goes there, and nothing changes before its link is opened.',
        tag,
        body: changeEmailRequestSchema,
        responses: { 202: { description: 'A letter is on its way', schema: letterSentSchema } },
        refusals: [422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        await requestEmailChange(ctx, actor, body)
        const message = 'A letter is on its way to the new address. Open its link within 24 hours.'
        return { status: 202, body: { message } }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/accounts/confirm-email',
        summary: 'Use the new address from now on, with the token of the letter sent there.',
        tag,
        body: tokenRequestSchema,
        responses: { 200: { description: 'The address is changed', schema: letterSentSchema } },
        refusals: [410, 422],
        rateRules: [rateRules.tokens],
      },
      async ({ body }) => {
        await confirmEmailChange(ctx, body.token)
        return { status: 200, body: { message: 'Your account has this address now.' } }
      },
    ),
  ]
}
