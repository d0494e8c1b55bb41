import type { Context } from '../context.ts'
import { setProgress } from './queries.ts'
import { tellChange } from './tell-change.ts'

const LEAST_INTERVAL_MS = 250

export interface ProgressPublisher {
  /** Called as often as the engine likes; written a few times a second. */
  tell(stage: string, percent: number): void
  /** Everything told so far is written. */
  settle(): Promise<void>
}

/**
 * Writes progress to the row and tells whoever watches.
 * @param onGone called when the row is no longer running: deleted, or taken over
 */
export function publishProgress(ctx: Context, analysisId: string, onGone: () => void): ProgressPublisher {
  let latest: { stage: string; percent: number } | undefined
  let writing: Promise<void> | undefined
  let failure: unknown

  async function writeAll(): Promise<void> {
    while (latest) {
      const { stage, percent } = latest
      latest = undefined
      if (!(await setProgress(ctx.db, analysisId, stage, percent))) return onGone()
      await tellChange(ctx, analysisId)
      if (percent < 100) await new Promise((resolve) => setTimeout(resolve, LEAST_INTERVAL_MS))
    }
  }

  return {
    tell(stage, percent) {
      latest = { stage, percent: Math.min(99, Math.round(percent)) }
      writing ??= writeAll()
        .catch((error: unknown) => {
          failure = error
        })
        .finally(() => {
          writing = undefined
        })
    },
    async settle() {
      await writing
      if (failure) throw failure
    },
  }
}
