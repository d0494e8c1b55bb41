import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { usageSchema, webhookAcceptedSchema } from './contract.ts'
import { getUsage } from './get-usage.ts'
import { receiveStripeEvent } from './receive-stripe-event.ts'

const tag = 'Plan'

export function billingRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/usage',
        summary: 'What is used and what is left this month.',
        tag,
        responses: { 200: { description: 'Usage of the running month', schema: usageSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getUsage(ctx, actor.userId) }),
    ),
    publicOperation(
      {
        method: 'post',
        path: '/api/stripe/webhook',
        summary: "Stripe's events; the signature over the raw body is the only key.",
        tag,
        bodyKind: 'raw',
        responses: { 200: { description: 'Recorded', schema: webhookAcceptedSchema } },
        refusals: [400, 413, 503],
      },
      async ({ request }) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        await receiveStripeEvent(ctx, rawBody, request.get('stripe-signature'))
        return { status: 200, body: { received: true } }
      },
    ),
  ]
}
