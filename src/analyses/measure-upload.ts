import { createReadStream } from 'node:fs'
import type { LiveSet } from '../als/contract.ts'
import { parseLiveSet } from '../als/parse-live-set.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import type { Context } from '../context.ts'
import { buildReportInThread } from '../report/build-in-thread.ts'
import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'
import type { RawFileFacts } from '../uploads/list-raw-files.ts'
import type { Compared } from './load-compared.ts'
import { addCodecs, type MeasureFileOptions, measureFile, measureReference } from './measure-file.ts'

const SET_PERCENT = 10
const DONE_PERCENT = 99
/** How the rest is shared: what the parts take, roughly. */
const MIX_WEIGHT = 1
const CODECS_WEIGHT = 2
const REFERENCE_WEIGHT = 1

export interface MeasureUploadOptions extends MeasureFileOptions {
  /** What the track is meant to be, and whether it is also played through platforms' codecs. */
  intent: Intent
}

/** Where measuring the mix and playing it through codecs end, in percent of the whole. */
function bordersOf(withCodecs: boolean, withReference: boolean) {
  const codecs = withCodecs ? CODECS_WEIGHT : 0
  const all = MIX_WEIGHT + codecs + (withReference ? REFERENCE_WEIGHT : 0)
  const at = (weight: number) => SET_PERCENT + ((DONE_PERCENT - SET_PERCENT) * weight) / all
  return { mixPercent: at(MIX_WEIGHT), codecsPercent: at(MIX_WEIGHT + codecs) }
}

/**
 * The report of the raw files, read where they lie.
 * @throws AudioError, LiveSetError for files that cannot be measured
 */
export async function measureUpload(
  ctx: Context,
  files: RawFileFacts[],
  compared: Compared,
  options: MeasureUploadOptions,
): Promise<Report> {
  const setFile = files.find((file) => file.role === 'set')
  const audioFile = files.find((file) => file.role === 'audio')
  // A retry may leave out the reference; then its file is gone, and that is no fault.
  const referenceFile = files.find((file) => file.role === 'reference' && file.deletedAt === null)
  const withCodecs = options.intent.codecs ?? false
  const { mixPercent, codecsPercent } = bordersOf(withCodecs, referenceFile !== undefined)
  let set: LiveSet | null = null
  let audio: AudioMeasures | null = null
  let { reference } = compared
  if (setFile) {
    options.onProgress('reading the Live set', 1)
    set = await ctx.storage.withFile(setFile.key, (path) =>
      parseLiveSet(createReadStream(path), { signal: options.signal }),
    )
  }
  if (audioFile) {
    const mix = { stage: 'the mix', fromPercent: SET_PERCENT, toPercent: mixPercent }
    const codecs = {
      stage: 'playing it through codecs',
      fromPercent: mixPercent,
      toPercent: codecsPercent,
    }
    audio = await ctx.storage.withFile(audioFile.key, async (path) => {
      const measured = await measureFile(ctx, path, options, mix)
      return withCodecs ? addCodecs(ctx, path, measured, options, codecs) : measured
    })
  }
  if (referenceFile) {
    const share = { stage: 'the reference', fromPercent: codecsPercent, toPercent: DONE_PERCENT }
    reference = await measureReference(ctx, referenceFile, options, share)
  }
  const { kind, genre = null, destination = null } = options.intent
  const { earlier, earlierSet } = compared
  const job = { audio, set, reference, earlier, earlierSet, purpose: { kind, genre, destination } }
  return await buildReportInThread(job, options.signal)
}
