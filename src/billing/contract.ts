import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

export const tierNameSchema = z.enum(['free', 'pro', 'studio'])
export type TierName = z.infer<typeof tierNameSchema>

export const billingIntervalSchema = z.enum(['month', 'year'])
export type BillingInterval = z.infer<typeof billingIntervalSchema>

export const meterSchema = z
  .object({
    used: z.number().int(),
    reserved: z.number().int().describe('held by work in progress'),
    limit: z.number().int(),
    remaining: z.number().int(),
  })
  .meta({ id: 'Meter' })

export const usageSchema = z
  .object({
    tier: tierNameSchema,
    tierTitle: z.string(),
    analyses: meterSchema,
    messages: meterSchema,
    periodStart: instantSchema,
    resetsAt: instantSchema,
    maxFileBytes: z.number().int(),
    maxTrackSeconds: z.number().int(),
    maxKeptReferences: z.number().int(),
  })
  .meta({ id: 'Usage' })

export type Usage = z.infer<typeof usageSchema>
export type Meter = z.infer<typeof meterSchema>

export const offerSchema = z
  .object({
    tier: tierNameSchema,
    title: z.string(),
    words: z.string(),
    analysesPerMonth: z.number().int(),
    messagesPerMonth: z.number().int(),
    maxFileBytes: z.number().int(),
    maxTrackSeconds: z.number().int(),
    maxKeptReferences: z.number().int(),
    trialDays: z.number().int().describe('before the first payment, once for each account'),
    prices: z
      .object({ month: z.number().int(), year: z.number().int() })
      .nullable()
      .describe('in hundredths of the currency; null: costs nothing'),
  })
  .meta({ id: 'Offer' })

export const planSchema = z
  .object({
    canBeBought: z.boolean().describe('false: this installation runs without payments'),
    currency: z.string().describe('ISO 4217, lower case'),
    offers: z.array(offerSchema).describe('from the smallest to the largest'),
    tier: tierNameSchema.describe('the plan that holds now'),
    interval: billingIntervalSchema.nullable().describe('how the plan is paid; null: it is not'),
    isTrial: z.boolean(),
    renewsAt: instantSchema.nullable().describe('when it is paid for next'),
    endsAt: instantSchema.nullable().describe('when it ends for good; null while it renews'),
    paymentFailed: z
      .object({ keptUntil: instantSchema.describe('the plan holds until then; afterwards the free one') })
      .nullable(),
    isDisputed: z.boolean().describe('a payment is disputed at the bank; the free plan holds meanwhile'),
    next: z
      .object({ tier: tierNameSchema, interval: billingIntervalSchema, at: instantSchema })
      .nullable()
      .describe('what it changes to at the end of the period'),
    hasSubscription: z.boolean().describe('changes, invoices and cards are managed at Stripe'),
    awaitsPayment: z
      .boolean()
      .describe('there is a subscription that gives nothing until its open invoice is paid'),
  })
  .meta({ id: 'Plan' })

export type Offer = z.infer<typeof offerSchema>
export type Plan = z.infer<typeof planSchema>

/** What somebody wants; what it costs is never taken from a request. */
export const planChangeSchema = z
  .strictObject({ tier: tierNameSchema, interval: billingIntervalSchema })
  .meta({ id: 'PlanChange' })

export const hostedPageSchema = z
  .object({ url: z.url().describe("a page at Stripe's; it can be opened once") })
  .meta({ id: 'HostedPage' })

export const ledgerEntrySchema = z
  .object({
    id: z.number().int(),
    unit: z.enum(['analysis', 'message']),
    unitId: z.uuid().describe('the analysis, or the answer'),
    change: z
      .enum(['held', 'counted', 'given-back'])
      .describe('held while the work runs; then it counts, or is given back'),
    reason: z.string().nullable().describe('why it was given back'),
    periodStart: instantSchema.describe('the period it counts in'),
    happenedAt: instantSchema,
  })
  .meta({ id: 'LedgerEntry' })

export const ledgerSchema = z
  .object({
    entries: z.array(ledgerEntrySchema).describe('newest first'),
    nextBefore: z.number().int().nullable().describe('give it as `before` for older ones'),
  })
  .meta({ id: 'Ledger' })

export type Ledger = z.infer<typeof ledgerSchema>
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>

/** Stripe's answer needs no body of ours beyond the fact that the event is durable. */
export const webhookAcceptedSchema = z.object({ received: z.literal(true) }).meta({ id: 'WebhookAccepted' })
