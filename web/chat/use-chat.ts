import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../../src/feedback/contract.ts'
import { ApiProblem, isLost } from '../api/problem.ts'
import { refreshUsage } from '../plan/usage.ts'
import { type AnswerListener, beginAnswer, followAnswer, stopAnswer } from './answer-stream.ts'
import { answerAgain, askForReview, askWith, type Beginning, hasArrived, toBeginning } from './beginning.ts'
import { deleteMessages, dropFrom, noteMessages, refreshMessages, useMessages } from './messages.ts'

/** An answer that is coming in: before `started` it has no id yet. */
export interface LiveAnswer {
  answerId: string | null
  /** The question as it was typed; null when it stands in the conversation already. */
  question: string | null
  text: string
}

/** What is read out of the newest answer: all of it once it is complete, finished sentences until then. */
export interface SpokenAnswer {
  text: string
  isComplete: boolean
}

export interface ChatFailure {
  /** Tries again; undefined when that makes no sense. */
  retry: (() => void) | undefined
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

/** The conversation about one analysis: what is stored, what is coming in, and everything that can be done with it. */
export function useChat(analysisId: string) {
  const [live, setLive] = useState<LiveAnswer | null>(null)
  const [failure, setFailure] = useState<ChatFailure | null>(null)
  const [complete, setComplete] = useState('')
  const [draft, setDraft] = useState('')
  const list = useMessages(analysisId)
  const reading = useRef<AbortController | null>(null)
  /** Sent, and not known to have begun. */
  const unanswered = useRef<Beginning | null>(null)
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
    reading.current = null
    refreshUsage()
  }

  const listenerFor = (beginning: Beginning | undefined): AnswerListener => ({
    started: (event) => {
      unanswered.current = null
      if (beginning?.replaces !== undefined) dropFrom(analysisId, beginning.replaces)
      noteMessages(analysisId, [event.question])
      setLive((now) => (now === null ? now : { ...now, question: null, answerId: event.answerId }))
    },
    delta: perFrame.push,
    done: (event) => close([event.message]),
    failed: (event) => {
      const { parentId } = event.message
      const retry = event.canRetry && parentId !== null ? () => again(parentId) : undefined
      close([event.message])
      setFailure({ retry, error: failedProblem(event.code, event.detail) })
    },
  })

  /** It is known now that it had begun: its question stands in the conversation, and its answer is followed there. */
  const settle = ({ question }: Beginning) => {
    unanswered.current = null
    setFailure(null)
    setDraft((now) => (now.trim() === question ? '' : now))
  }

  const fail = (error: unknown, beginning: Beginning | undefined) => {
    const code = error instanceof ApiProblem ? error.code : undefined
    if (code === 'feedback/asked-already' && beginning !== undefined) {
      settle(beginning)
      return
    }
    const { question = null } = beginning ?? {}
    if (beginning !== undefined && unanswered.current === beginning && question !== null)
      setDraft((now) => (now.trim() === '' ? question : now))
    if (!isLost(error)) unanswered.current = null
    const isGone = error instanceof ApiProblem && error.status === 404
    if (!isGone) setFailure({ retry: beginning && (() => void retry(beginning)), error })
  }

  /** Reads an answer to its end; what cannot be read any more is asked for once more as it is stored. */
  const read = async (work: (signal: AbortSignal) => Promise<void>, beginning?: Beginning) => {
    const controller = new AbortController()
    reading.current = controller
    try {
      await work(controller.signal)
    } catch (error) {
      if (controller.signal.aborted) return
      close([])
      fail(error, beginning)
      await refreshMessages(analysisId)
      if (beginning !== undefined && isLost(error) && hasArrived(analysisId, beginning)) settle(beginning)
    }
  }

  const start = (beginning: Beginning) => {
    unanswered.current = beginning
    setFailure(null)
    setComplete('')
    setDraft((now) => (now.trim() === beginning.question ? '' : now))
    setLive({ answerId: null, question: beginning.question, text: '' })
    void read((signal) => beginAnswer(analysisId, beginning, listenerFor(beginning), signal), beginning)
  }
  const retry = async (beginning: Beginning) => {
    // A question is told apart by its key at the server; an answer anew has none there, so it is looked for first.
    if (beginning.question === null) {
      await refreshMessages(analysisId)
      if (hasArrived(analysisId, beginning)) return settle(beginning)
    }
    start(beginning)
  }
  const begin = (wanted: Parameters<typeof toBeginning>[1]) =>
    start(toBeginning(analysisId, wanted, unanswered.current))
  const ask = (question: string, replaces?: string) => begin(askWith(question, replaces))
  const again = (questionId: string) => begin(answerAgain(questionId))
  const review = () => begin(askForReview(navigator.language))

  const running = list.data?.messages.find((message) => message.status === 'streaming')
  const follow = (message: Message) => {
    setLive({ answerId: message.id, question: null, text: message.text })
    const answer = { id: message.id, characters: message.text.length }
    void read((signal) => followAnswer(analysisId, answer, listenerFor(undefined), signal))
  }
  const toFollow = live === null && running !== undefined && reading.current === null ? running : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is taken up once, when it is first seen
  useEffect(() => {
    if (toFollow !== undefined) follow(toFollow)
  }, [toFollow?.id])
  useEffect(() => () => reading.current?.abort(), [])

  const stop = () => {
    const id = live?.answerId
    if (id !== null && id !== undefined) void stopAnswer(analysisId, id)
  }
  const clear = async () => {
    reading.current?.abort()
    reading.current = null
    setLive(null)
    setFailure(null)
    await deleteMessages(analysisId).catch((error: unknown) => setFailure({ retry: undefined, error }))
    refreshUsage()
  }
  const spoken: SpokenAnswer =
    live === null ? { text: complete, isComplete: true } : { text: live.text, isComplete: false }
  const isRunning = live !== null
  return { list, live, spoken, failure, draft, setDraft, ask, again, review, stop, clear, isRunning }
}
