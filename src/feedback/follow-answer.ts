import { getUsage } from '../billing/get-usage.ts'
import type { Context } from '../context.ts'
import type { EventStream } from '../core/http/sse.ts'
import { findFlight } from './answers-in-flight.ts'
import { describeMessage } from './describe-message.ts'
import { wordsOf } from './failure-words.ts'
import { findMessage } from './queries.ts'

type Row = NonNullable<Awaited<ReturnType<typeof findMessage>>>

async function sendEnd(ctx: Context, userId: string, row: Row, stream: EventStream): Promise<void> {
  const message = describeMessage(row)
  const { messages: quota, resetsAt } = await getUsage(ctx, userId)
  if (row.status === 'failed' || row.status === 'refused') {
    const { code, detail, canRetry } = wordsOf(row.error_code)
    stream.send('failed', { message, code, detail, canRetry, quota, resetsAt })
  } else stream.send('done', { message, quota, resetsAt })
  stream.end()
}

/**
 * Sends an answer from a character on: what is there at once, the rest as it is written, and how it ended. Text comes
 * straight from the run when this process makes it, else from the database whenever the other process has stored more.
 */
export function followAnswer(
  ctx: Context,
  answer: { userId: string; analysisId: string; answerId: string; fromCharacter: number },
  stream: EventStream,
): void {
  const { userId, analysisId, answerId } = answer
  const flight = findFlight(answerId)
  let sentLength = answer.fromCharacter
  let isReading = false
  let isStale = false

  const sendText = (text: string) => {
    if (text.length <= sentLength) return
    const more = text.slice(sentLength)
    sentLength = text.length
    stream.send('delta', { text: more }, String(sentLength))
  }

  async function sendRow(): Promise<void> {
    const row = await findMessage(ctx.db, userId, analysisId, answerId)
    if (!row) return stream.end()
    if (row.status !== 'refused') sendText(row.text)
    if (row.status !== 'streaming') await sendEnd(ctx, userId, row, stream)
  }

  // One read at a time; notices that come meanwhile are answered by one more read.
  async function readUntilFresh(): Promise<void> {
    isStale = true
    if (isReading) return
    isReading = true
    try {
      while (isStale && stream.isOpen) {
        isStale = false
        await sendRow()
      }
    } catch (error) {
      ctx.log.warn('follow-failed', { error })
      stream.end()
    } finally {
      isReading = false
    }
  }

  const leaveFlight = flight?.listen({ onText: () => sendText(flight.text()), onEnd: readUntilFresh })
  // While this process makes it, its notices say nothing new; when its end could not be stored here, another stores one.
  const unwatch = ctx.notices.watch(answerId, () => {
    if (!findFlight(answerId)) void readUntilFresh()
  })
  stream.whenClosed(() => {
    leaveFlight?.()
    unwatch()
  })
  if (flight) sendText(flight.text())
  else void readUntilFresh()
}
