import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What an independent reader found in a real set; see the data folder. */
const amount = z.number().nullable()
const parameter = z.union([z.number(), z.boolean(), z.string(), z.null()])
const band = z.object({
  band: z.number(),
  mode: z.number(),
  freq_hz: z.number(),
  gain_db: z.number(),
  q: z.number(),
})

export const truthDeviceSchema = z.object({
  type: z.string(),
  on: z.boolean(),
  user_name: z.string().optional(),
  plugin: z
    .object({
      format: z.string(),
      name: z.string(),
      vendor: z.string().nullish(),
      instrument: z.boolean().nullable(),
      unusable: z.boolean().nullish(),
      placeholder: z.boolean().nullish(),
    })
    .optional(),
  max_patch: z.string().optional(),
  sidechain: z
    .object({ source_id: z.string(), source_track: z.string(), display: z.string(), target: z.string() })
    .optional(),
  params: z.record(z.string(), z.union([parameter, z.array(band)])).optional(),
  get chains() {
    return z.array(truthChainSchema).default([])
  },
  get return_chains() {
    return z.array(truthChainSchema).default([])
  },
})

export const truthChainSchema = z.object({
  name: z.string(),
  volume_db: amount,
  on: z.boolean(),
  midi_note: z.number().optional(),
  get devices() {
    return z.array(truthDeviceSchema).default([])
  },
})

const mainSchema = z.object({
  id: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
  color: z.string(),
  volume_db: amount,
  volume_automation: z
    .object({ points: z.number(), first_db: z.number(), min_db: z.number(), max_db: z.number() })
    .optional(),
  pan: z.number(),
  pan_mode: z.string().nullable(),
  muted: z.boolean(),
  soloed: z.boolean(),
  output: z.string(),
  sends_db: z.record(z.string(), z.number()),
  devices: z.array(truthDeviceSchema),
  automated_parameters: z.number(),
})

const trackSchema = mainSchema.extend({
  group_id: z.string().nullable(),
  frozen: z.boolean(),
  clips_arrangement: z.number(),
  clips_session: z.number(),
  clips_take_lanes: z.number(),
  clips_freeze: z.number(),
  clips_deactivated: z.number(),
  take_lanes: z.number(),
  arrangement_end: z.number(),
  warp_modes: z.record(z.string(), z.number()),
})

export const truthSchema = z.object({
  creator: z.string(),
  major_version: z.number(),
  tempo: z.number(),
  tempo_at_start: z.number(),
  tempo_automation: z.object({
    points: z.number(),
    min: amount,
    max: amount,
    first: z.array(z.tuple([z.number(), z.number()])),
  }),
  time_signature: z.string(),
  time_signature_changes: z.array(z.tuple([z.number(), z.string()])),
  scale: z
    .object({
      root: z.number(),
      root_name: z.string(),
      name: z.string().nullable(),
      in_key: z.boolean().nullable(),
      looks_default: z.boolean(),
    })
    .nullable(),
  loop: z.object({ on: z.boolean(), start: z.number(), length: z.number() }),
  track_counts: z.record(z.string(), z.number()),
  scenes: z.number(),
  scene_tempos: z.array(z.unknown()),
  locators: z.array(z.object({ beat: z.number(), name: z.string(), seconds: z.number() })),
  arrangement_length_beats: z.number(),
  arrangement_length_seconds: z.number(),
  clips: z.object({
    arrangement: z.number(),
    session: z.number(),
    take_lanes: z.number(),
    freeze: z.number(),
  }),
  frozen_tracks: z.array(z.string()),
  tracks: z.array(trackSchema),
  returns: z.array(trackSchema),
  main: mainSchema,
  prehear_volume_db: amount,
  plugins: z.array(
    z.object({
      format: z.string(),
      name: z.string(),
      vendor: z.string().nullable(),
      instrument: z.boolean().nullable(),
      count: z.number(),
      disabled: z.number(),
    }),
  ),
  devices_total: z.number(),
  devices_off: z.number(),
  device_histogram: z.record(z.string(), z.number()),
  sample_refs: z.object({
    total: z.number(),
    unique: z.number(),
    unnamed: z.number(),
    by_relative_path_type: z.record(z.string(), z.number()),
    absolute_or_outside_project: z.number(),
  }),
  tuning_systems: z.number().nullable(),
})

export type Truth = z.infer<typeof truthSchema>
export type TruthTrack = z.infer<typeof mainSchema> & Partial<z.infer<typeof trackSchema>>
export type TruthDevice = z.infer<typeof truthDeviceSchema>
export type TruthChain = z.infer<typeof truthChainSchema>

export function readTruth(path: string): Truth {
  return truthSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}
