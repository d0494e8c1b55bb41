import type { LiveSet } from '../src/als/contract.ts'
import type { AudioMeasures } from '../src/audio/contract.ts'
import { measureTrack } from '../src/audio/measure.ts'
import { buildReport } from '../src/report/build-report.ts'
import type { EarlierSet } from '../src/report/foresee-change.ts'
import { profileTrack } from '../src/report/track-profile.ts'
import type { AnalyzeCommand } from './tracksensei-arguments.ts'
import { printFailure, printLine } from './tracksensei-output.ts'

/** Measures every file and prints its report. @returns whether all of them, and what they hang on, could be read */
export async function analyze({
  files,
  set,
  reference,
  since,
  setSince,
  codecs,
  kind,
  json,
}: AnalyzeCommand): Promise<boolean> {
  let good = true
  async function attempt<T>(file: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      clearProgress()
      printFailure(file, error, json)
      good = false
      return null
    }
  }
  const liveSet = set === null ? null : await attempt(set, () => loadSet(set))
  const other =
    reference === null ? null : await attempt(reference, async () => profileTrack(await measure(reference)))
  const earlier = since === null ? null : await attempt(since, () => measure(since))
  const olderSet = setSince === null ? null : await attempt(setSince, () => loadSet(setSince))
  const earlierSet = olderSet === null ? null : await placedSet(olderSet, earlier)
  for (const file of files) {
    await attempt(file, async () => {
      const measures = await measure(file)
      const whole = codecs ? await addCodecs(file, measures) : measures
      const report = await buildReport(whole, liveSet, {
        reference: other,
        earlier,
        earlierSet,
        purpose: { kind, genre: null, destination: null },
      })
      if (json) return printLine({ file, report })
      const { reportText } = await import('./tracksensei-text.ts')
      process.stdout.write(reportText(file, report))
    })
  }
  return good
}

async function loadSet(file: string): Promise<LiveSet> {
  const { readSet } = await import('./tracksensei-set.ts')
  return readSet(file)
}

/** The older set with the place where its bounce begins in it. */
async function placedSet(set: LiveSet, audio: AudioMeasures | null): Promise<EarlierSet> {
  if (audio === null) return { set, offsetSeconds: null }
  const { fusion } = await buildReport(audio, set)
  return { set, offsetSeconds: fusion?.timing?.offsetSeconds ?? null }
}

async function measure(file: string): Promise<AudioMeasures> {
  const measures = await measureTrack(file, {
    ...programs(),
    onProgress: (stage, percent) => showProgress(`${file}: ${stage} ${percent} %`),
  })
  clearProgress()
  return measures
}

async function addCodecs(file: string, measures: AudioMeasures): Promise<AudioMeasures> {
  const { measureCodecs } = await import('../src/audio/measure-codecs.ts')
  const codecs = await measureCodecs(file, measures, {
    ...programs(),
    onProgress: (percent) => showProgress(`${file}: codecs ${percent} %`),
  })
  clearProgress()
  return { ...measures, codecs }
}

function programs(): { ffmpegPath?: string; ffprobePath?: string } {
  const { FFMPEG_PATH, FFPROBE_PATH } = process.env
  return {
    ...(FFMPEG_PATH ? { ffmpegPath: FFMPEG_PATH } : {}),
    ...(FFPROBE_PATH ? { ffprobePath: FFPROBE_PATH } : {}),
  }
}

function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
