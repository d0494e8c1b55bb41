import { z } from 'zod'

/** RFC 9457 problem details: every refusal of the API has this shape and a stable `code`. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('stable, such as billing/analyses-spent'),
    detail: z.string().describe('what happened and what to do, for the person who reads it'),
    requestId: z.string(),
    retryAfterSeconds: z.number().int().optional(),
    fields: z.record(z.string(), z.string()).optional().describe('field name → what is wrong with it'),
    limit: z.number().int().optional(),
    resetsAt: z.string().optional(),
  })
  .meta({ id: 'Problem' })

export type Problem = z.infer<typeof problemSchema>

/** An instant on the wire: ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime()
