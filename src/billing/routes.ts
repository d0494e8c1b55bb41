import { z } from 'zod'
import type { Context } from '../context.ts'
import { accountOperation, type Operation, publicOperation } from '../core/http/operation.ts'
import { changePlan, keepPlan, openPortal } from './change-plan.ts'
import {
  hostedPageSchema,
  ledgerSchema,
  planChangeSchema,
  planSchema,
  usageSchema,
  webhookAcceptedSchema,
} from './contract.ts'
import { getPlan } from './get-plan.ts'
import { getUsage } from './get-usage.ts'
import { listLedger } from './list-ledger.ts'
import { receiveMeterError, receiveStripeEvent } from './receive-stripe-event.ts'

const tag = 'Plan'
const nothing = z.strictObject({})
const changeRules = [{ name: 'plan', hits: 30, windowSeconds: 3600, per: 'account' as const }]

function usageRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/usage',
        summary: 'What is used and what is left in this period.',
        tag,
        responses: { 200: { description: 'Usage of the running period', schema: usageSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getUsage(ctx, actor.userId) }),
    ),
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/usage/ledger',
        summary: 'Why each analysis and message was counted or given back, newest first.',
        tag,
        query: z.object({
          before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
        }),
        responses: { 200: { description: 'Fifty entries at most', schema: ledgerSchema } },
        refusals: [422],
      },
      async ({ actor, query }) => ({ status: 200, body: await listLedger(ctx, actor.userId, query.before) }),
    ),
  ]
}

function planRoutes(ctx: Context): Operation[] {
  return [
    accountOperation(
      'session',
      {
        method: 'get',
        path: '/api/plan',
        summary: 'The plan that holds, what becomes of it, and what else there is.',
        tag,
        responses: { 200: { description: 'The plan', schema: planSchema } },
      },
      async ({ actor }) => ({ status: 200, body: await getPlan(ctx, actor.userId) }),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/plan/change',
        summary:
          "A page at Stripe's where this plan is bought, changed to, or cancelled. Nothing changes here yet.",
        tag,
        body: planChangeSchema,
        responses: { 200: { description: 'Where to go', schema: hostedPageSchema } },
        refusals: [409, 422, 503],
        rateRules: changeRules,
      },
      async ({ actor, body }) => ({ status: 200, body: { url: await changePlan(ctx, actor.userId, body) } }),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/plan/portal',
        summary: "A page at Stripe's with invoices, cards and cancelling.",
        tag,
        body: nothing.meta({ id: 'PortalRequest' }),
        responses: { 200: { description: 'Where to go', schema: hostedPageSchema } },
        refusals: [409, 422, 503],
        rateRules: changeRules,
      },
      async ({ actor }) => ({ status: 200, body: { url: await openPortal(ctx, actor.userId) } }),
    ),
    accountOperation(
      'verified',
      {
        method: 'post',
        path: '/api/plan/keep',
        summary: 'What was to end or change at the end of the period does not.',
        tag,
        body: nothing.meta({ id: 'KeepRequest' }),
        responses: { 200: { description: 'The plan, as it goes on', schema: planSchema } },
        refusals: [409, 422, 503],
        rateRules: changeRules,
      },
      async ({ actor }) => {
        await keepPlan(ctx, actor.userId)
        return { status: 200, body: await getPlan(ctx, actor.userId) }
      },
    ),
  ]
}

interface Endpoint {
  path: string
  summary: string
  receive: (ctx: Context, rawBody: Buffer, signature: string | undefined) => Promise<void>
}

const endpoints: Endpoint[] = [
  {
    path: '/api/stripe/webhook',
    summary: "Stripe's events; the signature over the raw body is the only key.",
    receive: receiveStripeEvent,
  },
  {
    path: '/api/stripe/meter-errors',
    summary: "Stripe's thin events about usage it could not count; signed with a secret of their own.",
    receive: receiveMeterError,
  },
]

function stripeRoutes(ctx: Context): Operation[] {
  return endpoints.map(({ path, summary, receive }) =>
    publicOperation(
      {
        method: 'post',
        path,
        summary,
        tag,
        bodyKind: 'raw',
        responses: { 200: { description: 'Recorded', schema: webhookAcceptedSchema } },
        refusals: [400, 413, 503],
      },
      async ({ request }) => {
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        await receive(ctx, rawBody, request.get('stripe-signature'))
        return { status: 200, body: { received: true } }
      },
    ),
  )
}

export function billingRoutes(ctx: Context): Operation[] {
  return [...usageRoutes(ctx), ...planRoutes(ctx), ...stripeRoutes(ctx)]
}
