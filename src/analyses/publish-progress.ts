import type { PartialMeasures } from '../audio/contract.ts'
import type { Context } from '../context.ts'
import { setProgress } from './queries.ts'
import { tellChange } from './tell-change.ts'

const LEAST_INTERVAL_MS = 250

export interface ProgressPublisher {
  /** Called as often as the engine likes; written a few times a second. */
  tell(stage: string, percent: number): void
  /** What is measured so far; goes along with the next progress that is written. */
  tellPartial(partial: PartialMeasures): void
  /** Everything told so far is written. */
  settle(): Promise<void>
}

interface News {
  stage: string
  percent: number
  partial?: PartialMeasures
}

/**
 * Writes progress to the row and tells whoever watches.
 * @param onGone called when the row is no longer running: deleted, or taken over
 */
export function publishProgress(ctx: Context, analysisId: string, onGone: () => void): ProgressPublisher {
  let known: News = { stage: 'waiting', percent: 0 }
  let news: News | undefined
  let writing: Promise<void> | undefined
  let failure: unknown
  let endPause: () => void = () => undefined
  let isSettling = false
  let hasPartial = false

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LEAST_INTERVAL_MS)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function writeAll(): Promise<void> {
    while (news) {
      const { partial, ...progress } = news
      news = undefined
      const row = { ...progress, partial: partial && JSON.stringify(partial) }
      if (!(await setProgress(ctx.db, analysisId, row))) return onGone()
      await tellChange(ctx, analysisId)
      if (!isSettling) await pause()
    }
  }

  function write(part: Partial<News>): void {
    news = { ...(news ?? known), ...part }
    known = { stage: news.stage, percent: news.percent }
    writing ??= writeAll()
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        writing = undefined
      })
  }

  return {
    tell: (stage, percent) => write({ stage, percent: Math.min(99, Math.round(percent)) }),
    tellPartial(partial) {
      write({ partial })
      // The first numbers are worth more than an even pace.
      if (!hasPartial) endPause()
      hasPartial = true
    },
    async settle() {
      isSettling = true
      endPause()
      await writing
      if (failure) throw failure
    },
  }
}
