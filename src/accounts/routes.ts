import { z } from 'zod'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { accountOperation, type Operation, publicOperation, type RateRule } from '../core/http/operation.ts'
import {
  accountSchema,
  letterSentSchema,
  loginRequestSchema,
  registerRequestSchema,
  verifyEmailRequestSchema,
} from './contract.ts'
import { getAccount } from './get-account.ts'
import { logIn } from './log-in.ts'
import { logOut } from './log-out.ts'
import { register } from './register.ts'
import { requestVerificationLetter } from './request-verification-letter.ts'
import { clearedSessionCookie } from './session-cookie.ts'
import { verifyEmail } from './verify-email.ts'

const tag = 'Accounts'
const letterOnItsWay = { message: 'A letter is on its way. Open the link in it within 24 hours.' }

const limits = {
  register: { name: 'register', hits: 20, windowSeconds: 3600, per: 'network' },
  registerAll: { name: 'register-all', hits: 2000, windowSeconds: 3600, per: 'everybody' },
  logIn: { name: 'log-in', hits: 60, windowSeconds: 900, per: 'network' },
  letters: { name: 'letters', hits: 10, windowSeconds: 3600, per: 'network' },
  tokens: { name: 'tokens', hits: 60, windowSeconds: 3600, per: 'network' },
} as const satisfies Record<string, RateRule>

export function accountRoutes(ctx: Context): Operation[] {
  return [
    publicOperation(
      {
        method: 'post',
        path: '/api/accounts',
        summary: 'Register. The answer is the same whether the address was known or not.',
        tag,
        body: registerRequestSchema,
        responses: { 201: { description: 'A letter is on its way', schema: letterSentSchema } },
        refusals: [422, 503],
        rateRules: [limits.register, limits.registerAll],
      },
      async ({ body }) => {
        await register(ctx, body)
        return { status: 201, body: letterOnItsWay }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/accounts/verify',
        summary: 'Confirm the address with the token of the letter.',
        tag,
        body: verifyEmailRequestSchema,
        responses: { 200: { description: 'Confirmed', schema: letterSentSchema } },
        refusals: [410, 422],
        rateRules: [limits.tokens],
      },
      async ({ body }) => {
        await verifyEmail(ctx, body.token)
        return { status: 200, body: { message: 'Your address is confirmed. You can log in now.' } }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/accounts/verification-letters',
        summary: 'Ask for the confirmation letter again. The answer is the same for every address.',
        tag,
        body: z
          .strictObject({ email: loginRequestSchema.shape.email.optional() })
          .meta({ id: 'VerificationLetterRequest' }),
        responses: {
          202: {
            description: 'If the address waits for it, a letter is on its way',
            schema: letterSentSchema,
          },
        },
        refusals: [422],
        rateRules: [limits.letters],
      },
      async ({ body, actor }) => {
        const email = body.email ?? (actor ? (await getAccount(ctx, actor)).email : undefined)
        if (!email)
          throw new AppError('invalid', 'invalid-request', 'Which address?', {
            fields: { email: 'Write the address.' },
          })
        await requestVerificationLetter(ctx, email)
        return { status: 202, body: letterOnItsWay }
      },
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/session',
        summary: 'Log in: sets the session cookie.',
        tag,
        body: loginRequestSchema,
        responses: { 200: { description: 'Logged in', schema: accountSchema } },
        refusals: [401, 422, 503],
        rateRules: [limits.logIn],
      },
      async ({ body }) => {
        const { account, cookie } = await logIn(ctx, body)
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
        return {
          status: 204,
          headers: { 'Set-Cookie': clearedSessionCookie(), 'Clear-Site-Data': '"cache", "storage"' },
        }
      },
    ),
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
  ]
}
