import { z } from 'zod'
import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { accountSchema, loginRequestSchema, loginSessionListSchema } from './contract.ts'
import { endSession } from './end-sessions.ts'
import { listSessions } from './list-sessions.ts'
import { logIn } from './log-in.ts'
import { logOut, logOutEverywhere } from './log-out.ts'
import { rateRules } from './rate-rules.ts'
import { clearedSessionCookie } from './session-cookie.ts'

const tag = 'Login sessions'
const leaveNothing = () => ({
  'Set-Cookie': clearedSessionCookie(),
  'Clear-Site-Data': '"cache", "storage"',
})

/** As many as the hash threads and their queue take. */
const LOGINS_AT_ONCE = 20

export function sessionRoutes(ctx: Context): Operation[] {
  return [
    publicOperation(
      {
        method: 'post',
        path: '/api/session',
        summary: 'Log in: sets the session cookie.',
        tag,
        body: loginRequestSchema,
        responses: { 200: { description: 'Logged in', schema: accountSchema } },
        refusals: [401, 422, 503],
        rateRules: [rateRules.logIn, rateRules.logInNetwork, rateRules.logInAll],
        atOnce: LOGINS_AT_ONCE,
      },
      async ({ body, request }) => {
        const visitor = { ip: request.ip, userAgent: request.get('user-agent') }
        const { account, cookie } = await logIn(ctx, body, visitor)
        return { status: 200, body: account, headers: { 'Set-Cookie': cookie } }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/session',
        summary: 'Log out here: the session ends at once.',
        tag,
        responses: { 204: { description: 'Logged out' } },
      },
      async ({ actor }) => {
        await logOut(ctx, actor)
        return { status: 204, headers: leaveNothing() }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/sessions',
        summary: 'Where this account is logged in, the latest seen first.',
        tag,
        responses: { 200: { description: 'The login sessions', schema: loginSessionListSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await listSessions(ctx, actor) }),
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/sessions',
        summary: 'Log out everywhere, here too.',
        tag,
        responses: { 204: { description: 'Logged out everywhere' } },
      },
      async ({ actor }) => {
        await logOutEverywhere(ctx, actor)
        return { status: 204, headers: leaveNothing() }
      },
    ),
    accountOperation(
      'session',
      {
        method: 'delete',
        path: '/api/sessions/{id}',
        summary: 'End one login session of this account.',
        tag,
        params: z.object({ id: z.uuid() }),
        responses: { 204: { description: 'Ended' } },
        refusals: [404],
      },
      async ({ actor, params }) => {
        await endSession(ctx, actor, params.id)
        return { status: 204 }
      },
    ),
  ]
}
