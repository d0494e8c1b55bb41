import { z } from 'zod'

const measured = z.number().nullable()

const profileStereo = {
  correlation: measured,
  widthDb: measured,
  balanceDb: measured,
  monoLossDb: measured,
}

export const profileSectionSchema = z.object({
  label: z.string(),
  confidence: z.number().describe('0…1, of the label'),
  startSeconds: z.number(),
  endSeconds: z.number(),
  energyDb: z.number().describe('relative to the loudest section'),
  loudnessLu: measured.describe('relative to the integrated loudness of the whole'),
  bandsDb: z.array(measured).describe('the seven bands, relative to the loudness of the whole'),
  psrDb: measured.describe('mean true peak to short-term loudness'),
  correlation: measured.describe('mean over time'),
})

/**
 * What of a track is kept to compare others with: numbers only, no curve, nothing that could be heard or drawn again.
 * Levels of bands and third octaves are relative to the K-weighted sum of the track's own spectrum: two tracks whose
 * levels are given this way are equally loud.
 */
export const trackProfileSchema = z
  .object({
    profileVersion: z.literal(1),
    engineVersion: z.string(),
    durationSeconds: z.number(),
    integratedLufs: measured,
    rangeLu: measured,
    shortTermMaxLufs: measured,
    truePeakDbtp: measured,
    crestDb: measured,
    plrDb: measured,
    psrMinDb: measured,
    drDb: measured,
    tiltDbPerOctave: measured,
    tempoBpm: measured,
    key: z.string().nullable(),
    bands: z.array(
      z.object({
        name: z.string(),
        fromHz: z.number(),
        toHz: z.number(),
        levelDb: measured,
        crestDb: measured,
      }),
    ),
    thirdOctaves: z.array(z.object({ centreHz: z.number(), levelDb: measured })),
    stereo: z.object(profileStereo),
    stereoBands: z.array(z.object({ name: z.string(), ...profileStereo })),
    sections: z.array(profileSectionSchema),
  })
  .meta({ id: 'TrackProfile' })

const difference = z
  .number()
  .nullable()
  .describe('track minus reference; null where one of them has no such number')

const bandDifference = z.object({
  name: z.string(),
  fromHz: z.number(),
  toHz: z.number(),
  differenceDb: difference.describe('at equal loudness'),
  crestDb: difference.optional(),
})

export const lowEndDifferenceSchema = z.object({
  levelDb: difference.describe('everything below 120 Hz, at equal loudness'),
  subToLowDb: difference.describe('how much more of the low end is sub (20–60 Hz) than low (60–200 Hz)'),
  crestDb: difference.describe('of the low band: how far hits stand out'),
  monoLossDb: difference.describe('of the low band'),
  trackPeakHz: measured.describe('strongest third octave below 200 Hz'),
  referencePeakHz: measured,
})

export const sectionPairSchema = z.object({
  trackSection: z.number().int().describe('index in structure.sections'),
  referenceSection: z.number().int().describe('index in comparison.reference.sections'),
  confidence: z.number().describe('0…1: how sure it is that these two belong together'),
  loudnessLu: difference.describe('each relative to the loudness of its own track'),
  psrDb: difference,
  correlation: difference,
  durationSeconds: difference,
  bandsDb: z.array(difference).describe('the seven bands, both tracks equally loud'),
})

export const sectionsDifferenceSchema = z.object({
  pairs: z.array(sectionPairSchema),
  unpairedTrack: z.array(z.number().int()),
  unpairedReference: z.array(z.number().int()),
  reason: z
    .enum(['track-has-no-sections', 'reference-has-no-sections', 'nothing-alike'])
    .nullable()
    .describe('why there is no pair at all'),
})

/** How the track differs from its reference. But for gainDb and the levels as they are, nothing depends on level. */
export const comparisonSchema = z
  .object({
    gainDb: difference.optional().describe('what makes the track as loud as the reference: + is up'),
    integratedLu: difference,
    rangeLu: difference,
    shortTermMaxLu: difference,
    truePeakDb: difference,
    crestDb: difference,
    plrDb: difference,
    psrMinDb: difference.optional(),
    drDb: difference.optional(),
    tiltDbPerOctave: difference.optional(),
    correlation: difference,
    widthDb: difference.optional(),
    monoLossDb: difference.optional(),
    bands: z.array(bandDifference),
    thirdOctaves: z.array(z.object({ centreHz: z.number(), differenceDb: difference })).optional(),
    stereoBands: z
      .array(
        z.object({
          name: z.string(),
          correlation: difference,
          widthDb: difference,
          balanceDb: difference,
          monoLossDb: difference,
        }),
      )
      .optional(),
    lowEnd: lowEndDifferenceSchema.optional(),
    sections: sectionsDifferenceSchema.optional(),
    reference: trackProfileSchema.optional().describe('the reference itself, as numbers'),
  })
  .meta({ id: 'Comparison' })

export type TrackProfile = z.infer<typeof trackProfileSchema>
export type ProfileSection = z.infer<typeof profileSectionSchema>
export type Comparison = z.infer<typeof comparisonSchema>
export type LowEndDifference = z.infer<typeof lowEndDifferenceSchema>
export type SectionPair = z.infer<typeof sectionPairSchema>
export type SectionsDifference = z.infer<typeof sectionsDifferenceSchema>
