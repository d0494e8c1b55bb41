import { Button } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import type { Message } from '../../src/feedback/contract.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './chat.module.css'
import { toExchanges } from './exchanges.ts'
import { Markdown } from './markdown.tsx'
import { ExchangeView, Question } from './message-view.tsx'
import { SpokenSentences } from './spoken-sentences.tsx'
import type { ChatFailure, LiveAnswer, SpokenAnswer } from './use-chat.ts'
import { useStickToBottom } from './use-stick-to-bottom.ts'

function Incoming({ live }: { live: LiveAnswer }) {
  return (
    <>
      {live.question !== null && <Question text={live.question} />}
      <article className={classes.answer} aria-label="Answer" aria-busy="true">
        {live.text === '' ? (
          <p className="muted">Reading the numbers…</p>
        ) : (
          <Markdown text={live.text} isStreaming verdict={null} />
        )}
      </article>
    </>
  )
}

interface ConversationProps {
  messages: readonly Message[]
  live: LiveAnswer | null
  spoken: SpokenAnswer
  failure: ChatFailure | null
  canAsk: boolean
  onAgain: (questionId: string) => void
  onEdit: (text: string, questionId: string) => void
}

export function Conversation(props: ConversationProps) {
  const { messages, live, spoken, failure, canAsk, onAgain, onEdit } = props
  const { scroller, content, isAtBottom, toBottom } = useStickToBottom()
  const exchanges = useMemo(() => toExchanges(messages), [messages])
  const newest = exchanges.at(-1)
  const isAnswering = live !== null
  // Whoever asks wants to see the answer come, wherever they had scrolled to.
  useEffect(() => {
    if (isAnswering) toBottom()
  }, [isAnswering, toBottom])
  const isNewestLive = live !== null && live.question === null
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={classes.scroller} ref={scroller} tabIndex={0} aria-label="Conversation">
        <div className={classes.messages} ref={content}>
          {exchanges.map((exchange) => (
            <ExchangeView
              key={exchange.question.id}
              exchange={exchange}
              hiddenId={isNewestLive && exchange === newest ? (live.answerId ?? '') : null}
              isNewest={exchange === newest}
              canAsk={canAsk && failure === null}
              onAgain={onAgain}
              onEdit={onEdit}
            />
          ))}
          {live !== null && <Incoming live={live} />}
          {failure !== null && (
            <ProblemNotice
              error={failure.error}
              {...(failure.retry === undefined ? {} : { onRetry: failure.retry })}
            />
          )}
        </div>
      </section>
      {!isAtBottom && (
        <Button className={classes.latest ?? ''} size="xs" variant="default" onClick={toBottom}>
          To the latest
        </Button>
      )}
      <SpokenSentences {...spoken} />
    </div>
  )
}
