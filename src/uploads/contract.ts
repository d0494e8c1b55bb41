import { z } from 'zod'

const words = (what: string, maxCharacters: number) =>
  z
    .string('Write it as text, or leave it out.')
    .trim()
    .min(1, `Say something about the ${what}, or leave it out.`)
    .max(maxCharacters, `Say it in at most ${maxCharacters} characters.`)

/** What the track is meant to be; every judgement depends on it. */
export const intentSchema = z
  .strictObject(
    {
      kind: z.enum(['mix', 'master'], 'Say mix or master.'),
      genre: words('genre', 60).optional(),
      destination: words('destination', 60).optional().describe('such as Spotify, club, vinyl'),
      notes: words('track', 2000).optional(),
      codecs: z
        .boolean('Say true or false.')
        .optional()
        .describe('also encode the track as platforms do and measure what they play; left out: no'),
    },
    'Send an object such as {"kind":"mix"}.',
  )
  .meta({ id: 'Intent' })

/** The multipart fields of POST /api/uploads; at least one of audio and set is needed. */
export const uploadFormSchema = z
  .object({
    audio: z.file().optional().describe('WAV, MP3, FLAC, AIFF or OGG (Vorbis, Opus, FLAC)'),
    set: z.file().optional().describe('an Ableton Live set, .als'),
    reference: z.file().optional().describe('a track to compare with; the same formats and limits as audio'),
    intent: z.string().optional().describe('JSON of Intent; a mix when left out'),
    referenceId: z.uuid().optional().describe('a kept reference instead of a file'),
    newVersionOf: z
      .uuid()
      .optional()
      .describe('the analysis of an earlier version of the same track or Live set'),
  })
  .meta({ id: 'UploadForm' })

export const uploadAcceptedSchema = z
  .object({ analysisId: z.uuid(), location: z.string() })
  .meta({ id: 'UploadAccepted' })

export type Intent = z.infer<typeof intentSchema>
export type UploadAccepted = z.infer<typeof uploadAcceptedSchema>
