import { Worker } from 'node:worker_threads'
import { AudioError, type AudioErrorCode } from './audio-error.ts'
import type { AudioMeasures, PartialMeasures } from './contract.ts'
import type { AudioLimits } from './limits.ts'
import type { MeasureStage } from './measure.ts'

export interface MeasureInThreadOptions {
  limits?: Partial<AudioLimits>
  ffmpegPath?: string
  ffprobePath?: string
  signal?: AbortSignal
  onProgress?: (stage: MeasureStage, percent: number) => void
  onPartial?: (partial: PartialMeasures) => void
}

/** What the thread is given; it sees no environment of ours. */
export interface MeasureJob {
  path: string
  limits?: Partial<AudioLimits>
  ffmpegPath?: string
  ffprobePath?: string
  tellsPartials: boolean
}

/** What the thread says. */
export type MeasureMessage =
  | { kind: 'progress'; stage: MeasureStage; percent: number }
  | { kind: 'partial'; partial: PartialMeasures }
  | { kind: 'measured'; measures: AudioMeasures }
  | { kind: 'refused'; code: AudioErrorCode; message: string }

/**
 * Measures a file in a thread of its own, so that the process keeps answering. Once the promise settles, thread and
 * decoder are gone: the decoder dies with the thread that started it.
 * @throws AudioError as measureTrack does; audio/aborted when the signal fires
 */
export async function measureInThread(
  path: string,
  options: MeasureInThreadOptions = {},
): Promise<AudioMeasures> {
  const { signal, onProgress, onPartial, ...rest } = options
  if (signal?.aborted) throw aborted()
  const job: MeasureJob = { path, tellsPartials: onPartial !== undefined, ...rest }
  const thread = new Worker(new URL('./measure-thread.ts', import.meta.url), {
    workerData: job,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  })
  let abort: () => void = () => undefined
  try {
    return await new Promise<AudioMeasures>((resolve, reject) => {
      abort = () => reject(aborted())
      signal?.addEventListener('abort', abort, { once: true })
      thread.on('message', (message: MeasureMessage) => {
        if (message.kind === 'progress') onProgress?.(message.stage, message.percent)
        else if (message.kind === 'partial') onPartial?.(message.partial)
        else if (message.kind === 'measured') resolve(message.measures)
        else reject(new AudioError(message.code, message.message))
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`the measuring thread ended early with code ${code}`)))
    })
  } finally {
    signal?.removeEventListener('abort', abort)
    await thread.terminate()
  }
}

function aborted(): AudioError {
  return new AudioError('audio/aborted', 'The analysis was cancelled.')
}
