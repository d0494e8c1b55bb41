import { z } from 'zod'
import { adviceSchema, areaSchema, evidenceSchema, ruleIdSchema, severitySchema } from './contract.ts'

const measured = z.number().nullable()

/** The advice of the earlier version, and what was done about it. */
export const followedSchema = adviceSchema
  .extend({
    made: measured.describe('newer minus earlier, in the unit of the advice; null where one has no number'),
    verdict: z.enum([
      'as advised',
      'less than advised',
      'more than advised',
      'the other way',
      'not made',
      'cannot be told',
    ]),
  })
  .meta({ id: 'FollowedAdvice' })

/** One rule, in the earlier version and in this one. */
export const findingChangeSchema = z
  .object({
    rule: ruleIdSchema,
    area: areaSchema,
    title: z.string(),
    state: z
      .enum(['fixed', 'still there', 'new', 'cannot be told'])
      .describe('cannot be told: one of the two versions could not be judged by this rule'),
    trend: z.enum(['better', 'worse', 'same']).nullable().describe('of what is still there'),
    isMarginal: z
      .boolean()
      .describe('fixed or new only because a number that hardly moved crossed its limit'),
    isIntended: z
      .boolean()
      .optional()
      .describe('true where the owner of the track says that it is meant to be so'),
    severity: z.object({ earlier: severitySchema.nullable(), now: severitySchema.nullable() }),
    confidence: z.number().min(0).max(1).describe('of the finding: now, or where it was last there'),
    under: ruleIdSchema.nullable().describe('the finding of the same cause that it is told under'),
    number: evidenceSchema
      .pick({ path: true, what: true, unit: true, target: true })
      .extend({ earlier: measured, now: measured })
      .nullable()
      .describe('the number that decides, in both versions'),
    advice: followedSchema.nullable(),
    words: z.string(),
  })
  .meta({ id: 'FindingChange' })

/** Findings of an earlier version against those of this one; both judged by the rules of today, and as the same thing. */
export const findingChangesSchema = z
  .object({
    version: z.string().describe('of the rules'),
    judgedAs: z.enum(['mix', 'master', 'not stated']),
    findings: z
      .array(findingChangeSchema)
      .describe('what is still there, by weight; then new; then fixed; then what cannot be told'),
    scores: z
      .array(
        z.object({ area: areaSchema.nullable().describe('null: overall'), earlier: measured, now: measured }),
      )
      .describe('0…100; overall first'),
  })
  .meta({ id: 'FindingChanges' })

export type FollowedAdvice = z.infer<typeof followedSchema>
export type FindingChange = z.infer<typeof findingChangeSchema>
export type FindingChanges = z.infer<typeof findingChangesSchema>
