import { z } from 'zod'
import { instantSchema } from '../core/contract.ts'

export const tierNameSchema = z.enum(['free', 'pro', 'studio'])
export type TierName = z.infer<typeof tierNameSchema>

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

/** Stripe's answer needs no body of ours beyond the fact that the event is durable. */
export const webhookAcceptedSchema = z.object({ received: z.literal(true) }).meta({ id: 'WebhookAccepted' })
