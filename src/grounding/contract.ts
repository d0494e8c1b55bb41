import { z } from 'zod'

export const unmatchedReasonSchema = z
  .enum([
    'no-such-value',
    'other-value',
    'other-unit',
    'other-measure',
    'no-such-reference',
    'no-such-time',
    'no-such-bar',
    'no-such-track',
    'no-such-device',
    'other-track',
    'no-such-key',
  ])
  .describe('why it is not from the analysis')

/** A piece of the answer that the analysis does not bear out. */
export const unmatchedSchema = z.object({
  start: z.number().int().describe('first character in the text of the answer (UTF-16 units)'),
  end: z.number().int().describe('the character after the last'),
  text: z.string(),
  reason: unmatchedReasonSchema,
})

/** What became of every number, time, bar, track, device and key of an answer. */
export const verdictSchema = z
  .object({
    version: z.string(),
    grounded: z.number().int().describe('borne out by the analysis'),
    advice: z.number().int().describe('amounts that are proposed, not measured'),
    said: z.number().int().describe('repeated from what the person wrote'),
    unmatched: z.array(unmatchedSchema),
  })
  .meta({ id: 'GroundingVerdict' })

export type UnmatchedReason = z.infer<typeof unmatchedReasonSchema>
export type Unmatched = z.infer<typeof unmatchedSchema>
export type Verdict = z.infer<typeof verdictSchema>
