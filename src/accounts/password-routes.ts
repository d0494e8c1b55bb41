import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { changePassword } from './change-password.ts'
import {
  changePasswordRequestSchema,
  letterSentSchema,
  resetLetterRequestSchema,
  resetPasswordRequestSchema,
} from './contract.ts'
import { rateRules } from './rate-rules.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { clearedSessionCookie } from './session-cookie.ts'

const tag = 'Passwords'

export function passwordRoutes(ctx: Context): Operation[] {
  return [
    publicOperation(
      {
        method: 'post',
        path: '/api/password-resets',
        summary: 'Ask for a letter to choose a new password. The answer is the same for every address.',
        tag,
        body: resetLetterRequestSchema,
        responses: {
          202: {
            description: 'If the address has an account, a letter is on its way',
            schema: letterSentSchema,
          },
        },
        refusals: [422],
        rateRules: [rateRules.letters, rateRules.lettersAll],
      },
      async ({ body }) => {
        await requestPasswordReset(ctx, body.email)
        const message =
          'If this address has an account, a letter is on its way. Its link works for 30 minutes.'
        return { status: 202, body: { message } }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/password-resets/complete',
        summary:
          'Choose a new password with the token of the letter. Every login ends; nobody is logged in by it.',
        tag,
        body: resetPasswordRequestSchema,
        responses: { 200: { description: 'The new password holds', schema: letterSentSchema } },
        refusals: [410, 422, 503],
        rateRules: [rateRules.tokens],
      },
      async ({ body }) => {
        await resetPassword(ctx, body.token, body.password)
        return {
          status: 200,
          body: { message: 'Your new password holds, and every login has ended. Log in with it now.' },
          headers: { 'Set-Cookie': clearedSessionCookie() },
        }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/password',
        summary: 'Change the password. Every other login ends.',
        tag,
        body: changePasswordRequestSchema,
        responses: { 200: { description: 'The new password holds', schema: letterSentSchema } },
        refusals: [422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body, request }) => {
        const visitor = { ip: request.ip, userAgent: request.get('user-agent') }
        const cookie = await changePassword(ctx, actor, body, visitor)
        return {
          status: 200,
          body: { message: 'Your new password holds. Every other login has ended.' },
          headers: { 'Set-Cookie': cookie },
        }
      },
    ),
  ]
}
