import { Button } from '@mantine/core'
import type { Message } from '../../src/feedback/contract.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './chat.module.css'
import { Markdown } from './markdown.tsx'
import { Answer, Question } from './message-view.tsx'
import { SpokenSentences } from './spoken-sentences.tsx'
import type { ChatFailure, LiveAnswer, SpokenAnswer } from './use-chat.ts'
import { useStickToBottom } from './use-stick-to-bottom.ts'

const AUDIO_STARTERS = [
  'What should I look at first?',
  'How loud is it, and what does that mean?',
  'Is there enough headroom?',
] as const
const SET_STARTERS = ['What is in this set?', 'Which tracks have no devices?'] as const

interface StartersProps {
  hasAudio: boolean
  isClosed: boolean
  onAsk: (question: string) => void
}

function Starters({ hasAudio, isClosed, onAsk }: StartersProps) {
  return (
    <ul className={classes.starters}>
      {(hasAudio ? AUDIO_STARTERS : SET_STARTERS).map((question) => (
        <li key={question}>
          <Button variant="default" size="xs" disabled={isClosed} onClick={() => onAsk(question)}>
            {question}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface IncomingProps {
  live: LiveAnswer
  trackNames: readonly string[]
  isQuestionStored: boolean
}

function Incoming({ live, trackNames, isQuestionStored }: IncomingProps) {
  return (
    <>
      {!isQuestionStored && <Question text={live.question} />}
      <article className={classes.answer} aria-label="Answer" aria-busy="true">
        {live.text === '' ? (
          <p className="muted">Reading the numbers…</p>
        ) : (
          <Markdown text={live.text} trackNames={trackNames} isStreaming />
        )}
      </article>
    </>
  )
}

interface ConversationProps {
  trackNames: readonly string[]
  hasAudio: boolean
  messages: readonly Message[]
  live: LiveAnswer | null
  spoken: SpokenAnswer
  failure: ChatFailure | null
  isClosed: boolean
  onAsk: (question: string) => void
}

/** The question an answer belongs to, when that answer broke off and can be asked for again. */
function retryQuestion(messages: readonly Message[], index: number): string | undefined {
  const message = messages[index]
  if (message === undefined || message.status !== 'failed' || index !== messages.length - 1) return undefined
  const before = messages[index - 1]
  return before?.role === 'user' ? before.text : undefined
}

export function Conversation({
  trackNames,
  hasAudio,
  messages,
  live,
  spoken,
  failure,
  isClosed,
  onAsk,
}: ConversationProps) {
  const { scroller, content, isAtBottom, toBottom } = useStickToBottom()
  const last = messages.at(-1)
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className={classes.scroller} ref={scroller} tabIndex={0} aria-label="Conversation">
        <div className={classes.messages} ref={content}>
          {messages.length === 0 && live === null && (
            <Starters hasAudio={hasAudio} onAsk={onAsk} isClosed={isClosed} />
          )}
          {messages.map((message, index) => {
            if (message.role === 'user') return <Question key={message.id} text={message.text} />
            if (message.id === live?.answerId) return null
            const again = failure === null ? retryQuestion(messages, index) : undefined
            return (
              <Answer
                key={message.id}
                message={message}
                trackNames={trackNames}
                onRetry={again === undefined || isClosed ? undefined : () => onAsk(again)}
              />
            )
          })}
          {live !== null && (
            <Incoming
              live={live}
              trackNames={trackNames}
              isQuestionStored={last?.role === 'user' && live.answerId !== null}
            />
          )}
          {failure !== null && (
            <ProblemNotice
              error={failure.error}
              {...(failure.question === undefined ? {} : { onRetry: () => onAsk(failure.question ?? '') })}
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
