import { passwordAgainSchema } from '../accounts/contract.ts'
import { rateRules } from '../accounts/rate-rules.ts'
import { clearedSessionCookie } from '../accounts/session-cookie.ts'
import type { Context } from '../context.ts'
import { accountOperation, type Operation } from '../core/http/operation.ts'
import { deleteAccount } from './delete-account.ts'

const tag = 'Privacy'

export function privacyRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'post',
        path: '/api/me/deletion',
        summary: 'Delete the account and everything made in it, at once and for good.',
        tag,
        body: passwordAgainSchema,
        responses: { 204: { description: 'Gone' } },
        refusals: [422, 503],
        rateRules: [rateRules.changes],
      },
      async ({ actor, body }) => {
        await deleteAccount(ctx, actor, body.password)
        const headers = {
          'Set-Cookie': clearedSessionCookie(),
          'Clear-Site-Data': '"cache", "storage"',
        }
        return { status: 204, headers }
      },
    ),
  ]
}
