import { z } from 'zod'

/** A measured number, or null when it does not apply (silence, too short, not measured): never a default. */
const measured = z.number().nullable()

const likely = z.number().describe('0…1: how sure')

export const sourceSchema = z
  .object({
    container: z.enum(['wav', 'mp3', 'flac', 'aiff', 'ogg']),
    codec: z.string().describe('as ffprobe names it, e.g. pcm_s24le, vorbis'),
    sampleRateHz: z.number().int(),
    channels: z.number().int(),
    bitDepth: z.number().int().nullable().describe('bits per sample of PCM and FLAC; null for lossy codecs'),
    durationSeconds: z.number(),
  })
  .meta({ id: 'Source' })

export const loudnessSchema = z
  .object({
    integratedLufs: measured,
    rangeLu: measured,
    shortTermMaxLufs: measured,
    momentaryMaxLufs: measured,
    curve: z.object({
      stepSeconds: z.number(),
      momentaryLufs: z.array(measured),
      shortTermLufs: z.array(measured),
    }),
  })
  .meta({ id: 'Loudness' })

/** Something that happened at a place; the list stops after 100, the count goes on. */
export const trackEventSchema = z.object({ startSeconds: z.number(), durationSeconds: z.number() })

export const eventListSchema = z
  .object({
    count: z.number().int(),
    firstSeconds: measured,
    longestSeconds: measured,
    events: z.array(trackEventSchema),
  })
  .meta({ id: 'EventList' })

export const peaksSchema = z
  .object({
    samplePeakDbfs: measured,
    truePeakDbtp: measured,
    truePeakSeconds: measured.optional().describe('where the highest true peak stands'),
    channels: z
      .array(z.object({ samplePeakDbfs: measured, truePeakDbtp: measured }))
      .optional()
      .describe('in file order'),
    clips: eventListSchema
      .extend({
        samples: z.number().int().describe('samples at full scale'),
        longestSamples: z.number().int().describe('longest run at full scale'),
      })
      .optional()
      .describe('three or more neighbouring samples at full scale; an event ends after 100 ms without'),
    overs: eventListSchema.optional().describe('true peak above 0 dBTP although no sample clips'),
  })
  .meta({ id: 'Peaks' })

export const pumpingSchema = z.object({
  depthDb: z.number().describe('by how much the gain goes down'),
  rateHz: z.number().describe('how often a second: once a beat'),
  confidence: likely,
})

export const dynamicsSchema = z
  .object({
    crestDb: measured,
    plrDb: measured,
    rmsDbfs: measured.optional().describe('of all samples of all channels; a full-scale sine has −3.01'),
    drDb: measured.optional().describe('TT dynamic range'),
    psrMinDb: measured.optional().describe('lowest true peak minus short-term loudness of any 3 s'),
    psrCurve: z.object({ stepSeconds: z.number(), psrDb: z.array(measured) }).optional(),
    crestCurve: z
      .object({ stepSeconds: z.number(), crestDb: z.array(measured) })
      .optional()
      .describe('peak minus RMS over time'),
    bandCrestCurve: z
      .object({
        stepSeconds: z.number(),
        bands: z.array(z.object({ name: z.string(), crestDb: z.array(measured) })),
      })
      .optional()
      .describe('highest over mean power of the seven bands over time, at most 60 points'),
    sections: z
      .array(
        z.object({
          startSeconds: z.number(),
          endSeconds: z.number(),
          psrDb: measured.describe('median of the 3 s windows inside'),
          psrMinDb: measured,
          crestDb: measured,
          rangeLu: measured,
        }),
      )
      .optional()
      .describe('the same inside each section of the structure'),
    pumping: pumpingSchema
      .nullable()
      .optional()
      .describe('gain that goes down with every beat in all bands above the kick; null without'),
    transientsPerSecond: measured.optional().describe('how many sounds begin per second'),
    transientCurve: z.object({ stepSeconds: z.number(), perSecond: z.array(z.number()) }).optional(),
  })
  .meta({ id: 'Dynamics' })

export const bandSchema = z
  .object({
    name: z.string(),
    fromHz: z.number(),
    toHz: z.number(),
    shareDb: measured.describe('energy of the band relative to the energy of all bands, dB'),
    crestDb: measured.optional().describe('95th percentile over the mean of the band over time, dB'),
  })
  .meta({ id: 'Band' })

export const resonanceSchema = z.object({
  frequencyHz: z.number(),
  overDb: z.number().describe('above its neighbourhood of a third octave either side'),
  presentShare: measured.optional().describe('0…1: share of the time that its surroundings sound'),
  steady: z
    .boolean()
    .nullable()
    .optional()
    .describe('nearly always there; else it comes and goes with notes'),
  ranges: z
    .array(z.object({ startSeconds: z.number(), endSeconds: z.number() }))
    .optional()
    .describe('where it is there: the longest twelve stretches, in order'),
})

export const lowEndSchema = z
  .object({
    subDb: measured.describe('20–60 Hz, relative to the energy of all bands, like the next two'),
    kickDb: measured.describe('strokes under 200 Hz; null without'),
    bassDb: measured.describe('what is held under 200 Hz'),
    strokesPerMinute: measured,
    overlap: measured.describe(
      '0…1: part of the strokes that held bass matches at that moment and frequency',
    ),
    notes: z
      .array(
        z.object({
          note: z.string().describe('like "A1" (55 Hz); C4 is middle C'),
          frequencyHz: z.number(),
          cents: z.number().int().describe('beside the note at A4 = 440 Hz'),
          share: z.number().describe('0…1 of the time that the bass holds a note'),
        }),
      )
      .describe('what the bass plays, by falling share; at most 8'),
    noteShare: measured.describe('0…1: part of the time that the low end sounds in which a note is held'),
    noteConfidence: likely.nullable(),
  })
  .meta({ id: 'LowEnd' })

export const spectrumSchema = z
  .object({
    bands: z.array(bandSchema),
    thirdOctaves: z
      .array(z.object({ centreHz: z.number(), levelDb: measured }))
      .optional()
      .describe('relative to all thirty together'),
    octavesOverTime: z
      .object({ meanDb: z.array(z.number()), quietDb: z.array(z.number()), loudDb: z.array(z.number()) })
      .nullable()
      .optional()
      .describe(
        'the thirty third octaves, pauses left out, dB of full scale (floor −100): mean of the decibels over time, level exceeded 90 % and 10 % of the time',
      ),
    tiltDbPerOctave: measured.optional().describe('of the power density, 100 Hz–10 kHz; pink noise has −3'),
    cutoffHz: measured.optional().describe('above it there is next to nothing'),
    lossySource: z
      .object({ suspected: z.boolean(), edgeHz: measured, dropDb: measured })
      .nullable()
      .optional()
      .describe('a brick wall in the highs of a file that is not lossy itself; null for lossy files'),
    upsampledFrom: z
      .object({ sampleRateHz: z.number().int(), edgeHz: z.number(), dropDb: z.number(), confidence: likely })
      .nullable()
      .optional()
      .describe(
        'the lower sample rate that the content seems to come from; null without, and for lossy files',
      ),
    resonances: z.array(resonanceSchema).optional(),
    lowEnd: lowEndSchema.nullable().optional().describe('null in silence'),
    spectrogram: z
      .object({
        stepSeconds: z.number(),
        bandsHz: z.array(z.number()),
        levelsDb: z
          .array(z.array(z.number().int()))
          .describe('per step, per band: dB of full scale, floor −120'),
      })
      .optional(),
  })
  .meta({ id: 'Spectrum' })

export const stereoBandSchema = z.object({
  name: z.string(),
  correlation: measured,
  widthDb: measured.describe('side over mid; null for mono'),
  balanceDb: measured.describe('left over right'),
  monoLossDb: measured.describe('≤ 0: what is lost when both sides are added'),
})

export const stereoDelaySchema = z.object({
  milliseconds: z.number(),
  leads: z.enum(['left', 'right']).describe('the side that is heard first'),
  fromHz: z.number().describe('where it was found'),
  toHz: z.number(),
  confidence: likely,
})

export const stereoSchema = z
  .object({
    correlation: measured.describe('−1…+1; null for mono sources and silence'),
    widthDb: measured.optional(),
    balanceDb: measured.optional(),
    monoLossDb: measured.optional(),
    bands: z.array(stereoBandSchema).optional(),
    curve: z
      .object({
        stepSeconds: z.number(),
        correlation: z.array(measured),
        widthDb: z.array(measured).optional(),
        balanceDb: z.array(measured).optional(),
      })
      .optional(),
    bandCurve: z
      .object({
        stepSeconds: z.number(),
        bands: z.array(
          z.object({ name: z.string(), widthDb: z.array(measured), balanceDb: z.array(measured) }),
        ),
      })
      .optional()
      .describe('width and balance of the seven bands over time, at most 60 points'),
    lowSideDb: measured.optional().describe('side over mid from 20 to 120 Hz'),
    delays: z
      .array(stereoDelaySchema)
      .optional()
      .describe('one side later than the other (Haas effect, spaced microphones)'),
    dualMono: z.boolean().optional().describe('two channels that are the same'),
    inverted: z.boolean().optional().describe('one channel is the other upside down'),
  })
  .meta({ id: 'Stereo' })

export const faultsSchema = z
  .object({
    dcOffsets: z.array(z.number()).describe('mean of each channel, full scale = 1'),
    silentChannels: z
      .array(z.number().int())
      .describe('indices of channels without sound beside others with sound'),
    headSilenceSeconds: z.number(),
    tailSilenceSeconds: z.number(),
    endsAbruptly: z.boolean().nullable().describe('still loud in its last 20 ms; null in silence'),
    noiseFloorDbfs: measured.describe('RMS of the quietest twentieth that is not exact silence'),
    usedBits: z.number().int().nullable().describe('bits that are ever used; null for lossy and float files'),
    clicks: eventListSchema.describe('single samples out of line'),
    dropouts: eventListSchema.describe('holes of exact silence in the middle of sound'),
    hum: z
      .object({
        frequencyHz: z.number(),
        levelDbfs: z.number(),
        harmonics: z.array(z.number()),
        evidenceDb: z
          .number()
          .optional()
          .describe('how far its tones together stand over what music does beside them; found from 10 on'),
      })
      .nullable()
      .describe('a steady mains tone with harmonics'),
  })
  .meta({ id: 'Faults' })

const feelSchema = z
  .object({ percent: z.number().describe('50 = straight, 66.7 = triplet'), confidence: likely })
  .nullable()
  .describe('null when such notes are not played')

export const rhythmSchema = z
  .object({
    tempoBpm: z.number().describe('of the whole; the middle one when it changes'),
    confidence: likely,
    alternatives: z
      .array(z.object({ tempoBpm: z.number(), confidence: likely }))
      .describe('by falling confidence'),
    steady: z.boolean().describe('never strays by more than about 1 %'),
    tempoCurve: z.object({ stepSeconds: z.number(), tempoBpm: z.array(z.number()) }),
    beatsPerBar: z
      .number()
      .describe('quarter notes: 3, 4, 5, or 3.5 for 7/8; a guess, or that of the Live set'),
    meter: z
      .object({ name: z.string().regex(/^\d{1,2}\/\d{1,2}$/), confidence: likely })
      .optional()
      .describe('a guess, or that of the Live set'),
    beatsSeconds: z.array(z.number()),
    downbeatsSeconds: z.array(z.number()),
    onsets: z
      .object({
        rowsPerSecond: z.number(),
        offsetSeconds: z.number(),
        strength: z.string().describe('base64, one byte per row'),
      })
      .optional()
      .describe('how strongly a beat is expected: lets beats of another tempo be found without the audio'),
    swing: z
      .object({ eighths: feelSchema, sixteenths: feelSchema })
      .optional()
      .describe('where the off-beat notes stand between their neighbours'),
  })
  .meta({ id: 'Rhythm' })

export const sectionSchema = z.object({
  startSeconds: z.number(),
  endSeconds: z.number(),
  label: z
    .enum(['intro', 'verse', 'build', 'drop', 'chorus', 'breakdown', 'outro', 'section'])
    .describe('a guess'),
  confidence: likely.describe('of the label'),
  energyDb: z.number().describe('relative to the loudest section'),
})

export const structureSchema = z
  .object({
    sections: z.array(sectionSchema).describe('in order, from 0 to the end'),
    contrastDb: measured.describe('loudest minus quietest section, intro and outro left out'),
  })
  .meta({ id: 'Structure' })

const keyName = z.string().describe('like "F# minor"')

export const tonalitySchema = z
  .object({
    key: keyName.nullable().describe('null when there is no clear key'),
    camelot: z.string().nullable().describe('the DJ wheel, like "11A"'),
    confidence: likely,
    alternatives: z.array(z.object({ key: keyName, camelot: z.string(), confidence: likely })),
    tuningCents: measured.describe('against A = 440 Hz'),
    segments: z
      .array(
        z.object({
          startSeconds: z.number(),
          endSeconds: z.number(),
          key: keyName,
          camelot: z.string(),
          confidence: likely,
        }),
      )
      .optional()
      .describe('which key holds when; one for steady music, none without a clear key'),
    shares: z
      .array(z.object({ key: keyName, share: z.number() }))
      .optional()
      .describe('0…1 of the time, the longest first'),
    modulations: z
      .array(z.object({ atSeconds: z.number(), from: keyName, to: keyName, confidence: likely }))
      .optional()
      .describe('where the key changes for 18 s and more'),
  })
  .meta({ id: 'Tonality' })

export const platformSchema = z.object({
  name: z.string(),
  targetLufs: measured,
  gainDb: measured.describe('what the platform turns the track up (+) or down (−) by'),
  truePeakAfterDbtp: measured,
  peakAdviceDbtp: measured,
  headroomDb: measured.describe('peak advice minus true peak of the file; negative = above the advice'),
  status: z.enum(['official', 'third-party', 'practice', 'not published']),
})

export const deliverySchema = z.object({ platforms: z.array(platformSchema) }).meta({ id: 'Delivery' })

export const waveformSchema = z
  .object({
    secondsPerPoint: z.number(),
    min: z.array(z.number()),
    max: z.array(z.number()),
  })
  .meta({ id: 'Waveform' })

/** What a codec leaves of the peaks. */
export const encodedPeaksSchema = z.object({
  truePeakDbtp: measured.describe('after encoding and decoding to floating point'),
  truePeakSeconds: measured,
  overshootDb: measured.describe('true peak after the codec minus true peak of the file'),
  clips: eventListSchema
    .extend({ samples: z.number().int().describe('decoded samples at full scale or above') })
    .nullable()
    .describe('what a player that delivers integers cuts off'),
})

export const codecsSchema = z
  .object({
    ffmpegVersion: z.string().describe('these numbers depend on the encoders of this build'),
    encodes: z.array(
      encodedPeaksSchema.extend({
        id: z.string(),
        name: z.string(),
        sampleRateHz: z.number().int().nullable().describe('rate the codec was given'),
        playedBy: z.array(
          z.object({
            platform: z.string(),
            status: platformSchema.shape.status.describe('how sure it is that they use this codec'),
            gainDb: measured,
            truePeakAfterDbtp: measured.describe('after the codec and the platform’s own gain'),
          }),
        ),
        missing: z
          .enum(['not-stereo', 'sample-rate-too-low', 'codec-failed', 'timed-out'])
          .nullable()
          .describe('why there are no numbers'),
      }),
    ),
  })
  .meta({ id: 'Codecs' })

/** What is known while a track is still being measured; never the result. */
export const partialMeasuresSchema = z
  .object({
    coveredSeconds: z.number().describe('how much of the track these numbers speak of'),
    durationSeconds: measured.describe('null when the file does not tell'),
    integratedLufs: measured,
    truePeakDbtp: measured,
    shortTerm: z.object({ stepSeconds: z.number(), shortTermLufs: z.array(measured) }),
    waveform: waveformSchema,
    tempoBpm: measured.describe('known once the whole track is measured'),
    key: keyName.nullable().describe('known once the whole track is measured'),
  })
  .meta({ id: 'PartialMeasures' })

/** Everything measured on one audio file. Paths are a contract: command line, API, chat and tests use them. */
export const audioMeasuresSchema = z.object({
  source: sourceSchema,
  loudness: loudnessSchema,
  peaks: peaksSchema,
  dynamics: dynamicsSchema,
  spectrum: spectrumSchema,
  stereo: stereoSchema,
  waveform: waveformSchema,
  rhythm: rhythmSchema.nullable().optional().describe('null when nothing repeats'),
  tonality: tonalitySchema.nullable().optional(),
  structure: structureSchema.nullable().optional().describe('null without bars'),
  faults: faultsSchema.nullable().optional(),
  delivery: deliverySchema.nullable().optional(),
  codecs: codecsSchema.nullable().optional().describe('null when it was not asked for'),
})

export type Source = z.infer<typeof sourceSchema>
export type Loudness = z.infer<typeof loudnessSchema>
export type Peaks = z.infer<typeof peaksSchema>
export type Pumping = z.infer<typeof pumpingSchema>
export type Dynamics = z.infer<typeof dynamicsSchema>
export type Band = z.infer<typeof bandSchema>
export type Stereo = z.infer<typeof stereoSchema>
export type StereoDelay = z.infer<typeof stereoDelaySchema>
export type Resonance = z.infer<typeof resonanceSchema>
export type LowEnd = z.infer<typeof lowEndSchema>
export type Spectrum = z.infer<typeof spectrumSchema>
export type Rhythm = z.infer<typeof rhythmSchema>
export type Tonality = z.infer<typeof tonalitySchema>
export type Section = z.infer<typeof sectionSchema>
export type Structure = z.infer<typeof structureSchema>
export type Faults = z.infer<typeof faultsSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type EventList = z.infer<typeof eventListSchema>
export type Waveform = z.infer<typeof waveformSchema>
export type EncodedPeaks = z.infer<typeof encodedPeaksSchema>
export type Codecs = z.infer<typeof codecsSchema>
export type PartialMeasures = z.infer<typeof partialMeasuresSchema>
export type AudioMeasures = z.infer<typeof audioMeasuresSchema>
