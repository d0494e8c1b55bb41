import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { useUsage } from '../plan/usage.ts'
import { formatDay } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './chat.module.css'
import { Composer } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { useChat } from './use-chat.ts'

function CoachLine({ coach }: { coach: 'claude' | 'offline-coach' }) {
  return (
    <p className={classes.coach}>
      {coach === 'claude'
        ? 'Claude answers from the measured numbers. It gets no audio and no file or track names.'
        : 'Offline coach: fixed rules over the measured numbers, no language model.'}
    </p>
  )
}

function MessagesLeft() {
  const usage = useUsage()
  if (usage.data === undefined) return null
  const { messages, resetsAt } = usage.data
  return (
    <p className={classes.left}>
      {messages.remaining > 0 ? (
        <span className="tabular">
          {messages.remaining} of {messages.limit} messages left until {formatDay(resetsAt)}
        </span>
      ) : (
        <>
          No messages left until {formatDay(resetsAt)}. <Link to="/plan">Plan and usage</Link>
        </>
      )}
    </p>
  )
}

interface ChatPanelProps {
  analysisId: string
  trackNames: readonly string[]
  hasAudio: boolean
}

/** The chat beside the report. */
export function ChatPanel({ analysisId, trackNames, hasAudio }: ChatPanelProps) {
  const chat = useChat(analysisId)
  const usage = useUsage()
  const isClosed = usage.data !== undefined && usage.data.messages.remaining <= 0 && !chat.isRunning
  const ask = (question: string) => void chat.ask(question)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chat.isRunning) chat.stop()
  }
  return (
    <section className={classes.panel} aria-labelledby="chat-title" onKeyDown={onKeyDown}>
      <header className={classes.panelHead}>
        <h2 id="chat-title">Ask about this track</h2>
        {chat.list.data !== undefined && <CoachLine coach={chat.list.data.coach} />}
      </header>
      {chat.list.isPending && <Waiting />}
      {chat.list.isError && (
        <ProblemNotice error={chat.list.error} onRetry={() => void chat.list.refetch()} />
      )}
      {chat.list.data !== undefined && (
        <Conversation
          trackNames={trackNames}
          hasAudio={hasAudio}
          messages={chat.list.data.messages}
          live={chat.live}
          spoken={chat.spoken}
          failure={chat.failure}
          isClosed={isClosed}
          onAsk={ask}
        />
      )}
      <div className={classes.foot}>
        <Composer isRunning={chat.isRunning} isClosed={isClosed} onAsk={ask} onStop={chat.stop} />
        <MessagesLeft />
      </div>
    </section>
  )
}
