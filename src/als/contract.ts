import { z } from 'zod'

/**
 * What a Live set says about itself. Three rules hold everywhere: a value the file does not hold is null, never a
 * default; −∞ dB is null (`volumeDb: null` beside a stored volume is a closed fader); every name is untrusted text,
 * already cleaned of control and direction characters, normalised (NFC) and at most 255 characters long.
 * Beats are quarter notes counted from the start of the arrangement.
 */
const db = z.number().nullable().describe('dB; null for −∞ or when the file does not hold it')
const stored = z.number().nullable()
const flag = z.boolean().nullable()
const name = z.string().describe('untrusted text from the file, cleaned, at most 255 characters')
const info = z.string().nullable().describe('text the user left there, cleaned, at most 1,000 characters')
const beat = z.number().describe('quarter notes from the start of the arrangement')
const color = z.number().int().nullable().describe('palette index as the file stores it')
const colorHex = z
  .string()
  .nullable()
  .describe('"#rrggbb" of the palette of Live 11 and newer; null in older sets')

/** Where a sample lies, as the file says: it cannot say whether the sample still exists. */
export const samplePlaceSchema = z.enum([
  'project',
  'outside-project',
  'old-library',
  'live-pack',
  'user-library',
  'built-in',
  'not-stored',
])

export const sampleReferenceSchema = z
  .object({
    name: name.nullable().describe('file name alone: folders and user names never leave the file'),
    place: samplePlaceSchema,
    outsideProject: z.boolean().describe('may be missing on another machine: not collected with the set'),
    pack: name.nullable(),
    durationSeconds: stored,
    sampleRateHz: stored,
  })
  .meta({ id: 'SetSampleReference' })

export const clipLoopSchema = z.object({
  on: flag,
  start: stored,
  end: stored,
  startRelative: stored,
  unit: z.enum(['beats', 'seconds']).describe('seconds in audio clips that are not warped'),
})

export const audioClipSchema = z.object({
  warped: flag,
  warpMode: z
    .enum(['Beats', 'Tones', 'Texture', 'Re-Pitch', 'Complex', 'REX', 'Complex Pro'])
    .nullable()
    .describe('null when the clip is not warped or the mode is not known'),
  sampleBpm: stored
    .optional()
    .describe("the sample's own tempo after its warp markers, first to last; null when not warped"),
  gainDb: db,
  transposeSemitones: stored,
  detuneCents: stored,
  fadesOn: flag,
  fadeInLength: stored.describe('as stored'),
  fadeOutLength: stored.describe('as stored'),
  highQuality: flag,
  tempoLeader: flag,
  sample: sampleReferenceSchema.nullable(),
})

export const noteSchema = z.object({
  key: z.number().int().describe('MIDI note, 60 = C3 in Live'),
  beat: z.number().describe("quarter notes in the clip's own time"),
  durationBeats: z.number(),
  velocity: z.number().describe('0–127'),
  on: z.boolean(),
  probability: z.number().nullable().describe('0–1; null when not stored'),
})

export const midiClipSchema = z.object({
  noteCount: z.number().int(),
  lowestKey: stored,
  highestKey: stored,
  meanVelocity: stored,
  notes: z.array(noteSchema),
})

export const scaleSchema = z
  .object({
    root: z.number().int().describe('0 = C … 11 = B'),
    rootName: z.string(),
    name: z.string().describe("Live's name of the scale, e.g. Minor, Dorian"),
  })
  .meta({ id: 'SetScale' })

export const clipSchema = z
  .object({
    view: z.enum(['arrangement', 'session', 'take-lane']),
    kind: z.enum(['audio', 'midi']),
    name,
    color,
    colorHex,
    startBeat: stored,
    endBeat: stored,
    slot: z.number().int().nullable().describe('scene index of a session clip, from 0'),
    takeLane: z.number().int().nullable().describe('index of the take lane, from 0'),
    disabled: flag,
    loop: clipLoopSchema,
    timeSignature: z.string().nullable(),
    scale: scaleSchema.nullable().describe('the scale stored with the clip, when the clip is in key'),
    envelopes: z.number().int().describe('number of clip envelopes'),
    audio: audioClipSchema.nullable(),
    midi: midiClipSchema.nullable(),
  })
  .meta({ id: 'SetClip' })

export const eqBandSchema = z.object({
  band: z.number().int().describe('1–8'),
  side: z.enum(['A', 'B']).describe('A: stereo, left or mid; B: right or side'),
  on: flag,
  type: z
    .string()
    .nullable()
    .describe('low-cut-48, low-cut-12, low-shelf, bell, notch, high-shelf, high-cut-12 …'),
  mode: stored.describe("the type's number as stored"),
  freqHz: stored,
  gainDb: stored.describe('without meaning for cuts and notches; Scale is not applied'),
  q: stored,
})

/** Keys carry their unit last (thresholdDb, attackMs, freqHz); docs/live-sets.md lists them by device. */
export const parametersSchema = z.record(
  z.string(),
  z.union([z.number(), z.boolean(), z.string(), z.null(), z.array(eqBandSchema)]),
)

export const pluginSchema = z
  .object({
    format: z.enum(['VST2', 'VST3', 'AU', 'Max']),
    name: name.nullable(),
    vendor: name.nullable(),
    instrument: flag,
    missing: flag.describe('true when Live itself noted that it could not load it'),
  })
  .meta({ id: 'SetPlugin' })

export const sidechainSchema = z
  .object({
    trackId: z.string().nullable().describe('null when the source is not a track of the set'),
    trackName: name.nullable(),
    point: z.enum(['pre-fx', 'post-fx', 'post-mixer', 'chain']).nullable(),
    chainId: z.string().nullable(),
    source: name.describe("the source as Live's menu showed it, or external / main"),
  })
  .meta({ id: 'SetSidechain' })

export const macroSchema = z.object({
  name,
  value: stored.describe('0–127'),
})

export const deviceSchema = z
  .object({
    id: z.string().describe('unique in the set: track id, then position by position, e.g. "12:0/2/1"'),
    liveId: z
      .string()
      .nullable()
      .describe("id of the device's switch: the same in later versions of one set"),
    class: z.string().describe("Live's element name, e.g. Eq8"),
    classLabel: z.string().describe('as Live calls it, e.g. EQ Eight; the class itself when unknown'),
    name: name.describe('what the title bar shows: user title, plug-in, patch or class label'),
    userName: name.nullable(),
    info,
    on: flag,
    effectivelyOn: flag.describe('false also inside a rack or chain that is off'),
    preset: name.nullable(),
    plugin: pluginSchema.nullable(),
    sidechain: sidechainSchema.nullable().describe('only an active one: switched on and with a source'),
    parameters: parametersSchema.describe('what a mix engineer asks for, in real units'),
    storedParameters: z
      .record(z.string(), z.union([z.number(), z.boolean()]))
      .describe("the device's other parameters, as stored: Live's own scale"),
    macros: z.array(macroSchema),
    get chains() {
      return z.array(chainSchema)
    },
    get returnChains() {
      return z.array(chainSchema)
    },
  })
  .meta({ id: 'SetDevice' })

export const chainSchema = z
  .object({
    id: z.string().nullable(),
    name,
    color,
    colorHex,
    on: flag,
    soloed: flag,
    volumeDb: db,
    pan: stored.describe('−1 left … 1 right'),
    midiNote: stored.describe('note that plays this pad of a drum rack; 36 = C1'),
    chokeGroup: stored.describe('null when none'),
    sends: z.array(z.object({ chainIndex: z.number().int(), db })),
    get devices() {
      return z.array(deviceSchema)
    },
  })
  .meta({ id: 'SetChain' })

export const routingSchema = z
  .object({
    kind: z.enum(['main', 'group', 'track', 'external', 'none', 'other']),
    trackId: z.string().nullable(),
    point: z.enum(['pre-fx', 'post-fx', 'post-mixer', 'chain', 'track-in', 'device-in']).nullable(),
    target: z.string().describe('as stored'),
  })
  .meta({ id: 'SetRouting' })

export const automationSchema = z
  .object({
    deviceId: z.string().nullable().describe("null for the track's own mixer"),
    deviceName: name.nullable(),
    parameter: z
      .string()
      .describe('key in parameters or storedParameters of the device, or volumeDb, pan, …'),
    pointCount: z.number().int(),
    points: z
      .array(z.object({ beat, value: stored }))
      .describe('breakpoints in the unit of the parameter; switches as 0 and 1; null is −∞ dB'),
    initial: stored.describe('value before the first breakpoint, null when not stored'),
  })
  .meta({ id: 'SetAutomation' })

export const sendSchema = z.object({
  returnId: z.string().nullable().describe('null when the file has fewer return tracks than sends'),
  returnName: name.nullable(),
  db,
  on: flag,
  preFader: flag,
})

export const trackSchema = z
  .object({
    id: z.string().nullable().describe('null on the main track and when not stored'),
    name: name.describe('as shown; "" when Live 8 shows a name that it does not store'),
    userName: name.nullable().describe('null when the track still has the name Live gave it'),
    info,
    kind: z.enum(['audio', 'midi', 'group', 'return', 'main']),
    color,
    colorHex,
    groupId: z.string().nullable(),
    volumeDb: db,
    pan: stored.describe('−1 left … 1 right'),
    splitPan: z.object({ left: stored, right: stored }).nullable().describe('only in split stereo pan mode'),
    muted: flag,
    soloed: flag,
    frozen: flag,
    armed: flag,
    monitor: z.enum(['in', 'auto', 'off']).nullable(),
    crossfade: z.enum(['A', 'none', 'B']).nullable(),
    delayMs: stored,
    delaySamples: stored,
    output: routingSchema.nullable(),
    input: routingSchema.nullable(),
    sends: z.array(sendSchema),
    devices: z.array(deviceSchema),
    clips: z
      .object({
        arrangement: z.number().int(),
        session: z.number().int(),
        takeLanes: z.number().int(),
        frozen: z.number().int().describe('renders of a freeze; they stay behind after unfreezing'),
      })
      .describe('how many clips of each view'),
    clipList: z.array(clipSchema).describe('the clips of arrangement, session and take lanes'),
    takeLaneNames: z.array(name),
    automation: z.array(automationSchema),
    automatedParameters: z.number().int(),
    arrangementEndBeats: z.number().describe('end of the last arrangement clip, 0 without clips'),
  })
  .meta({ id: 'SetTrack' })

export const usedPluginSchema = pluginSchema
  .extend({ count: z.number().int(), disabled: z.number().int() })
  .meta({ id: 'SetUsedPlugin' })

export const notUnderstoodSchema = z
  .object({
    kind: z.enum(['device', 'element', 'value', 'version', 'limit']),
    name: z.string().describe('class, element or limit'),
    where: z.string().describe('path of elements in the file'),
    count: z.number().int(),
  })
  .meta({ id: 'SetNotUnderstood' })

export const liveSetSchema = z
  .object({
    creator: name.nullable().describe('e.g. "Ableton Live 12.3.2"; null in sets of Live 8.0'),
    liveMajor: z.number().int().nullable(),
    tempoBpm: z
      .number()
      .nullable()
      .describe('the tempo field; with automation only where it stood at saving'),
    tempoAtStartBpm: z.number().nullable().describe('the tempo that plays at beat 0'),
    tempoChanges: z
      .array(z.object({ beat, bpm: z.number() }))
      .describe('breakpoints; linear ramps between them'),
    timeSignature: z.string().nullable().describe('at the start, e.g. "7/8"'),
    timeSignatureChanges: z.array(z.object({ beat, timeSignature: z.string() })),
    scale: scaleSchema
      .nullable()
      .describe('null when not set: C Major is the untouched default of every version'),
    inKey: flag,
    tuning: z.object({ name: name.nullable(), referenceHz: stored }).nullable(),
    loop: z.object({ on: flag, startBeat: stored, lengthBeats: stored }).nullable(),
    tracks: z.array(trackSchema).describe('display order, returns after the others, the main track last'),
    cueVolumeDb: db,
    scenes: z.array(
      z.object({ name, color, tempoBpm: z.number().nullable(), timeSignature: z.string().nullable() }),
    ),
    locators: z
      .array(
        z.object({
          beat,
          name,
          info,
          seconds: z.number().nullable().describe('from the start, along the tempo automation'),
          songStart: flag,
        }),
      )
      .describe('sorted by beat'),
    arrangementLengthBeats: z.number().describe('end of the last arrangement clip, 0 without clips'),
    arrangementLengthSeconds: z.number().nullable(),
    plugins: z.array(usedPluginSchema),
    samples: z.object({
      total: z.number().int().describe('references, not files'),
      unique: z.number().int(),
      unnamed: z.number().int(),
      outsideProject: z.number().int(),
      byPlace: z.record(z.string(), z.number().int()),
      files: z.array(z.object({ name, place: samplePlaceSchema, count: z.number().int() })),
    }),
    notUnderstood: z.array(notUnderstoodSchema),
  })
  .meta({ id: 'LiveSet' })

/** From its beat on, bars have this length; `bar` is the number of the first of them, counted from 1 as in Live. */
export const barStretchSchema = z
  .object({
    beat,
    bar: z.number().int(),
    barBeats: z.number().describe('length of a bar in quarter notes'),
    timeSignature: z.string().nullable().describe('null when not stored: counted in 4/4'),
  })
  .meta({ id: 'SetBarStretch' })

export const timePointSchema = z.object({ beat, seconds: z.number() })

/** The axes of the arrangement: beats to bars, and beats to seconds along the tempo automation. */
export const arrangementSchema = z
  .object({
    bars: z.array(barStretchSchema),
    timeMap: z.object({
      points: z
        .array(timePointSchema)
        .describe('straight lines between them; the last line goes on; empty when the set holds no tempo'),
      withinSeconds: z.number().describe('no beat lies further from where Live plays it'),
    }),
  })
  .meta({ id: 'SetArrangement' })

export type BarStretch = z.infer<typeof barStretchSchema>
export type TimePoint = z.infer<typeof timePointSchema>
export type Arrangement = z.infer<typeof arrangementSchema>
export type LiveSet = z.infer<typeof liveSetSchema>
export type SetTrack = z.infer<typeof trackSchema>
export type SetDevice = z.infer<typeof deviceSchema>
export type SetChain = z.infer<typeof chainSchema>
export type SetClip = z.infer<typeof clipSchema>
export type SetNote = z.infer<typeof noteSchema>
export type SetAutomation = z.infer<typeof automationSchema>
export type SetRouting = z.infer<typeof routingSchema>
export type SetSidechain = z.infer<typeof sidechainSchema>
export type SetPlugin = z.infer<typeof pluginSchema>
export type SetScale = z.infer<typeof scaleSchema>
export type SetSampleReference = z.infer<typeof sampleReferenceSchema>
export type SamplePlace = z.infer<typeof samplePlaceSchema>
export type SetParameters = z.infer<typeof parametersSchema>
export type SetEqBand = z.infer<typeof eqBandSchema>
export type NotUnderstood = z.infer<typeof notUnderstoodSchema>
