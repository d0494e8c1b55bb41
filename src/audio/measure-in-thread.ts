import type { AudioMeasures, PartialMeasures } from './contract.ts'
import type { AudioLimits } from './limits.ts'
import type { MeasureStage } from './measure.ts'
import { runInThread } from './run-in-thread.ts'

export interface MeasureInThreadOptions {
  limits?: Partial<AudioLimits>
  ffmpegPath?: string
  ffprobePath?: string
  signal?: AbortSignal
  onProgress?: (stage: MeasureStage, percent: number) => void
  onPartial?: (partial: PartialMeasures) => void
}

/** What the thread is given. */
export interface MeasureJob {
  path: string
  limits?: Partial<AudioLimits>
  ffmpegPath?: string
  ffprobePath?: string
  tellsPartials: boolean
}

/** What the thread says while it works. */
export type MeasureNews = { stage: MeasureStage; percent: number } | { partial: PartialMeasures }

/**
 * Measures a file in a thread of its own. Once the promise settles, thread and decoder are gone.
 * @throws AudioError as measureTrack does; audio/aborted when the signal fires
 */
export function measureInThread(path: string, options: MeasureInThreadOptions = {}): Promise<AudioMeasures> {
  const { signal, onProgress, onPartial, ...rest } = options
  const job: MeasureJob = { path, tellsPartials: onPartial !== undefined, ...rest }
  return runInThread<MeasureNews, AudioMeasures>(new URL('./measure-thread.ts', import.meta.url), job, {
    signal,
    onNews: (news) => {
      if ('partial' in news) onPartial?.(news.partial)
      else onProgress?.(news.stage, news.percent)
    },
  })
}
