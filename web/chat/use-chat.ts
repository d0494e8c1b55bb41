import { useCallback, useRef, useState } from 'react'
import type { Message } from '../../src/feedback/contract.ts'
import { ApiProblem } from '../api/problem.ts'
import { refreshUsage } from '../plan/usage.ts'
import { askQuestion, stopAnswer } from './answer-stream.ts'
import { noteMessages, refreshMessages, useMessages } from './messages.ts'

/** An answer that is coming in: before `started` it has no id yet. */
export interface LiveAnswer {
  answerId: string | null
  question: string
  text: string
}

/** What is read out of the newest answer: all of it once it is complete, finished sentences until then. */
export interface SpokenAnswer {
  text: string
  isComplete: boolean
}

export interface ChatFailure {
  /** The question again, for another try; undefined when trying again makes no sense. */
  question: string | undefined
  error: unknown
}

/** Collects text until the next frame is drawn, so that fast answers do not redraw per token. */
function useTextPerFrame(append: (text: string) => void) {
  const pending = useRef('')
  const frame = useRef(0)
  const flush = useCallback(() => {
    cancelAnimationFrame(frame.current)
    frame.current = 0
    if (pending.current === '') return
    const text = pending.current
    pending.current = ''
    append(text)
  }, [append])
  const push = useCallback(
    (text: string) => {
      pending.current += text
      if (frame.current === 0) frame.current = requestAnimationFrame(flush)
    },
    [flush],
  )
  return { push, flush }
}

const failedProblem = (code: string, detail: string) =>
  new ApiProblem({
    type: 'about:blank',
    title: 'The answer broke off',
    status: 503,
    code,
    detail,
    requestId: '',
  })

const isCut = (error: unknown) => error instanceof ApiProblem && error.code === 'web/unreachable'

/** The conversation about one analysis: what is stored, what is coming in, and asking, stopping, trying again. */
export function useChat(analysisId: string) {
  const [live, setLive] = useState<LiveAnswer | null>(null)
  const [failure, setFailure] = useState<ChatFailure | null>(null)
  const [complete, setComplete] = useState('')
  const list = useMessages(analysisId, live !== null)
  const append = useCallback(
    (text: string) => setLive((now) => (now === null ? now : { ...now, text: now.text + text })),
    [],
  )
  const perFrame = useTextPerFrame(append)

  const close = (messages: readonly Message[]) => {
    perFrame.flush()
    noteMessages(analysisId, messages)
    setComplete(messages[0]?.text ?? '')
    setLive(null)
    refreshUsage()
  }

  const ask = async (question: string) => {
    setFailure(null)
    setComplete('')
    setLive({ answerId: null, question, text: '' })
    let isStarted = false
    try {
      await askQuestion(analysisId, question, {
        started: (event) => {
          isStarted = true
          noteMessages(analysisId, [event.question])
          setLive((now) => (now === null ? now : { ...now, answerId: event.answerId }))
        },
        delta: perFrame.push,
        done: (event) => close([event.message]),
        failed: (event) => {
          close([event.message])
          setFailure({
            question: event.canRetry ? question : undefined,
            error: failedProblem(event.code, event.detail),
          })
        },
      })
    } catch (error) {
      close([])
      // A line that breaks in the middle stops nothing: the stored answer is followed until it is complete.
      if (!isStarted || !isCut(error)) setFailure({ question, error })
      refreshMessages(analysisId)
    }
  }

  const runningId =
    live?.answerId ?? list.data?.messages.find((message) => message.status === 'streaming')?.id ?? null
  const stop = () => {
    if (runningId !== null) void stopAnswer(analysisId, runningId).then(() => refreshMessages(analysisId))
  }
  const spoken: SpokenAnswer =
    live === null ? { text: complete, isComplete: true } : { text: live.text, isComplete: false }
  return { list, live, spoken, failure, ask, stop, isRunning: live !== null || runningId !== null }
}
