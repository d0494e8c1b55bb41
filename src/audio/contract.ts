import { z } from 'zod'

/** A measured number, or null when it does not apply (silence, too short, not measured): never a default. */
const measured = z.number().nullable()

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

export const peaksSchema = z
  .object({ samplePeakDbfs: measured, truePeakDbtp: measured })
  .meta({ id: 'Peaks' })

export const dynamicsSchema = z.object({ crestDb: measured, plrDb: measured }).meta({ id: 'Dynamics' })

export const bandSchema = z
  .object({
    name: z.string(),
    fromHz: z.number(),
    toHz: z.number(),
    shareDb: measured.describe('energy of the band relative to the energy of all bands, dB'),
  })
  .meta({ id: 'Band' })

export const spectrumSchema = z.object({ bands: z.array(bandSchema) }).meta({ id: 'Spectrum' })

export const stereoSchema = z
  .object({ correlation: measured.describe('−1…+1; null for mono sources and silence') })
  .meta({ id: 'Stereo' })

export const waveformSchema = z
  .object({
    secondsPerPoint: z.number(),
    min: z.array(z.number()),
    max: z.array(z.number()),
  })
  .meta({ id: 'Waveform' })

/** Everything measured on one audio file. Paths are a contract: command line, API, chat and tests use them. */
export const audioMeasuresSchema = z.object({
  source: sourceSchema,
  loudness: loudnessSchema,
  peaks: peaksSchema,
  dynamics: dynamicsSchema,
  spectrum: spectrumSchema,
  stereo: stereoSchema,
  waveform: waveformSchema,
})

export type Source = z.infer<typeof sourceSchema>
export type Loudness = z.infer<typeof loudnessSchema>
export type Peaks = z.infer<typeof peaksSchema>
export type Dynamics = z.infer<typeof dynamicsSchema>
export type Band = z.infer<typeof bandSchema>
export type Stereo = z.infer<typeof stereoSchema>
export type Waveform = z.infer<typeof waveformSchema>
export type AudioMeasures = z.infer<typeof audioMeasuresSchema>
