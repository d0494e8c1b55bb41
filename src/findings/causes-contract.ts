import { z } from 'zod'
import { ROLES } from '../fusion/vocabulary.ts'

const setting = z.union([z.number(), z.boolean()]).nullable()

/**
 * A knob to turn: which, where it stands, where to try it. Nothing in it is text from the set: tracks and devices are
 * told by their places, so that causes may leave as they are.
 */
export const causeChangeSchema = z
  .object({
    deviceNumber: z
      .number()
      .int()
      .nullable()
      .describe(
        'D1, D2, …: place among all devices of the set, track by track, those in racks right behind their rack, from 1; null for the mixer of the track, or for a device that is not there yet',
      ),
    device: z.string().describe('the kind of device, in the words of Live: "EQ Eight", "Mixer"'),
    isNew: z.boolean().describe('true: the device is not there yet'),
    parameter: z.string().describe('in words'),
    present: setting.describe('null when the set does not show it'),
    proposed: setting.describe('where to try it; null when only the knob can be named'),
    unit: z.enum(['dB', 'Hz', '%', 'switch']).nullable(),
  })
  .meta({ id: 'CauseChange' })

/** A track, group, return or the main track of the Live set that may be behind a finding. */
export const causeSchema = z
  .object({
    trackIndex: z
      .number()
      .int()
      .describe('place in set.tracks, where its name stands; T1, T2, … are one higher'),
    kind: z.enum(['audio', 'midi', 'group', 'return', 'main']),
    role: z.enum(ROLES).nullable().describe('what it seems to play: a guess; null when nothing tells'),
    likelihood: z
      .number()
      .min(0)
      .max(1)
      .describe('all suspects together make 1; those hardly likely are left out'),
    likelihoodFrom: z
      .enum(['generated songs', 'estimate'])
      .describe(
        'weighed by how often such evidence was right on generated songs, or by share of the sound alone',
      ),
    reasons: z.array(z.string()).describe('with numbers; without names of the set'),
    bars: z
      .array(z.object({ from: z.number().int(), to: z.number().int() }))
      .describe("where it plays within the finding's times, in bars of the set; empty for buses"),
    change: causeChangeSchema.nullable().describe('null when its settings offer nothing that fits'),
  })
  .meta({ id: 'Cause' })

export type Cause = z.infer<typeof causeSchema>
export type CauseChange = z.infer<typeof causeChangeSchema>
