import { z } from 'zod'

const value = z.union([z.number(), z.string(), z.boolean()]).nullable()

/** One thing that differs between two versions of a set. Names are the user's own, cleaned. */
export const setChangeSchema = z
  .object({
    kind: z.enum([
      'tempo',
      'time-signature',
      'scale',
      'locator-added',
      'locator-removed',
      'locator-moved',
      'track-added',
      'track-removed',
      'track-renamed',
      'track-regrouped',
      'track-moved',
      'mixer',
      'send',
      'device-added',
      'device-removed',
      'device-moved',
      'device-switched',
      'parameter',
      'side-chain',
      'clip-added',
      'clip-removed',
      'clip-moved',
      'clip-length',
      'clip-changed',
      'automation',
    ]),
    trackName: z.string().nullable().describe('as in the newer set; null for the set as a whole'),
    trackIndex: z.number().int().nullable().describe('in the newer set; null where it is gone'),
    deviceName: z.string().nullable(),
    deviceId: z.string().nullable().describe('in the newer set; null where it is gone'),
    clipName: z.string().nullable(),
    what: z.string().nullable().describe('the key that changed, as in docs/live-sets.md'),
    before: value,
    after: value,
    unit: z.string().describe('"" where the values have none'),
    bar: z.number().int().nullable().describe('of the newer set, of the older where it is gone'),
    count: z.number().int().describe('so many alike, such as clips of one track moved by as many bars'),
  })
  .meta({ id: 'SetChange' })

export const setDiffSchema = z
  .object({
    changes: z
      .array(setChangeSchema)
      .describe('set first, then track by track in the order of the newer set'),
    more: z.number().int().describe('changes beyond the first 1,000, which are not listed'),
    matchedTracks: z.number().int(),
    idsKept: z
      .boolean()
      .describe('false when the file was numbered anew: matched by names and contents alone'),
  })
  .meta({ id: 'SetDiff' })

export type SetChange = z.infer<typeof setChangeSchema>
export type SetDiff = z.infer<typeof setDiffSchema>
export type ChangeValue = SetChange['before']
