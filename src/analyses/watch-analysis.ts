import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { EventStream } from '../core/http/sse.ts'
import { describeProgress } from './describe-analysis.ts'
import { findProgress } from './queries.ts'

/**
 * Sends the analysis as it is now, then after every change, until it is done, failed or deleted. Changes made by other
 * processes arrive the same way.
 * @returns stops watching
 */
export function watchAnalysis(ctx: Context, actor: Actor, id: string, stream: EventStream): () => void {
  let isReading = false
  let isStale = false

  async function sendNow(): Promise<void> {
    const row = await findProgress(ctx.db, actor.userId, id)
    if (!row) return stream.end()
    stream.send('progress', await describeProgress(ctx, row))
    if (row.state === 'done' || row.state === 'failed') stream.end()
  }

  // One read at a time; notices that come meanwhile are answered by one more read.
  async function sendUntilFresh(): Promise<void> {
    isReading = true
    try {
      do {
        isStale = false
        await sendNow()
      } while (isStale && stream.isOpen)
    } catch (error) {
      ctx.log.warn('watch-failed', { analysisId: id, error })
      stream.end()
    } finally {
      isReading = false
    }
  }

  const onNotice = () => {
    isStale = true
    if (!isReading) void sendUntilFresh()
  }
  const stop = ctx.notices.watch(id, onNotice)
  onNotice()
  return stop
}
