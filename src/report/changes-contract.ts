import { z } from 'zod'
import { findingChangesSchema } from '../findings/changes-contract.ts'

const change = z.number().nullable().describe('newer minus earlier; null where one has no such number')

export const changeRangeSchema = z.object({
  kind: z
    .enum(['level', 'bands', 'stereo', 'inserted', 'removed', 'later-start', 'earlier-start'])
    .describe('level: all bands alike; bands: beyond that level'),
  startSeconds: z.number().describe('in the newer version'),
  endSeconds: z.number(),
  earlierStartSeconds: z.number(),
  earlierEndSeconds: z.number(),
  bands: z.array(z.string()).describe('which of the seven; empty for other kinds'),
  change: z.number().describe('dB; correlation for stereo; seconds for what was inserted, removed or moved'),
  bars: z.number().nullable().describe('the same in bars, when it is a whole number of them'),
  atBars: z
    .object({ from: z.number().int(), to: z.number().int() })
    .nullable()
    .optional()
    .describe('where it is in the newer version, in bars; null without any'),
  isThroughout: z.boolean().describe('nearly the whole of what both have in common'),
})

/** What changed against an earlier version of the same track. */
export const changesSchema = z
  .object({
    confidence: z.number().describe('0…1: how sure it is which moment belongs to which'),
    reason: z
      .enum(['not-alike', 'nothing-to-align'])
      .nullable()
      .describe('why the two could not be laid over each other'),
    isUnchanged: z.boolean().describe('laid over each other, and nothing exceeds a threshold'),
    thresholds: z.object({ levelDb: z.number(), bandDb: z.number(), correlation: z.number() }),
    durationSeconds: change,
    integratedLu: change,
    rangeLu: change,
    truePeakDb: change,
    plrDb: change,
    correlation: change,
    clips: change,
    ranges: z.array(changeRangeSchema).describe('in order of time'),
    findings: findingChangesSchema
      .nullable()
      .optional()
      .describe('what became of the findings of the earlier version; null where the two are not alike'),
  })
  .meta({ id: 'Changes' })

export type ChangeRange = z.infer<typeof changeRangeSchema>
export type Changes = z.infer<typeof changesSchema>
