import { z } from 'zod'
import { setChangeSchema } from '../set-diff/contract.ts'

const likelihood = z.number().min(0).max(1)

/** One thing that was changed in the Live set, and what it did to the mix. */
export const setChangeEffectSchema = setChangeSchema
  .extend({
    words: z.string().describe('the change in words; holds names of the set, but not that of its track'),
    outcome: z
      .enum(['measured', 'nothing measured', 'silent by itself', 'cannot be told'])
      .describe(
        'measured: a difference of the mix fits it; nothing measured: any difference stays below the thresholds of changes; silent by itself: names, order, locators; cannot be told: there are no two mixes that could be laid over each other',
      ),
    did: z
      .array(
        z.object({
          rangeIndex: z.number().int().describe('place in changes.ranges'),
          likelihood: likelihood.describe('that this change is behind that difference'),
          expectedDb: z
            .number()
            .nullable()
            .describe('what arithmetic on its share of the sound foresees for the mix; null where none can'),
        }),
      )
      .describe('by falling likelihood'),
  })
  .meta({ id: 'SetChangeEffect' })

/** What was changed in the Live set since the earlier version, joined to what changed in the mix. */
export const setChangesSchema = z
  .object({
    changes: z.array(setChangeEffectSchema).describe('set first, then track by track'),
    more: z.number().int().describe('changes that are not listed'),
    matchedTracks: z.number().int(),
    idsKept: z.boolean(),
    unexplainedRanges: z
      .array(z.number().int())
      .describe(
        'places in changes.ranges that no change of the set explains: plug-ins, audio files, or the master',
      ),
  })
  .meta({ id: 'SetChanges' })

export type SetChangeEffect = z.infer<typeof setChangeEffectSchema>
export type SetChanges = z.infer<typeof setChangesSchema>
