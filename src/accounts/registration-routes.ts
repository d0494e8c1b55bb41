import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { type Operation, publicOperation } from '../core/http/operation.ts'
import {
  letterSentSchema,
  registerRequestSchema,
  tokenRequestSchema,
  verificationLetterRequestSchema,
} from './contract.ts'
import { getAccount } from './get-account.ts'
import { rateRules } from './rate-rules.ts'
import { register } from './register.ts'
import { requestVerificationLetter } from './request-verification-letter.ts'
import { verifyEmail } from './verify-email.ts'

const tag = 'Accounts'
const letterOnItsWay = { message: 'A letter is on its way. Open the link in it within 24 hours.' }

export function registrationRoutes(ctx: Context): Operation[] {
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
        rateRules: [rateRules.register, rateRules.registerAll],
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
        body: tokenRequestSchema,
        responses: { 200: { description: 'Confirmed', schema: letterSentSchema } },
        refusals: [410, 422],
        rateRules: [rateRules.tokens],
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
        body: verificationLetterRequestSchema,
        responses: {
          202: {
            description: 'If the address waits for it, a letter is on its way',
            schema: letterSentSchema,
          },
        },
        refusals: [422],
        rateRules: [rateRules.letters, rateRules.lettersAll],
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
  ]
}
