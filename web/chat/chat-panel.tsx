import { Button } from '@mantine/core'
import { type KeyboardEvent, lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Report } from '../../src/report/contract.ts'
import { UpgradeOffer } from '../plan/upgrade-offer.tsx'
import { useUsage } from '../plan/usage.ts'
import type { Timeline } from '../report/timeline.ts'
import { formatDay } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextButton } from '../ui/text-button.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './chat.module.css'
import { Composer } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { createPlaces, PlaceContext } from './place-context.ts'
import { readyQuestions } from './ready-questions.ts'
import { useChat } from './use-chat.ts'

const ClaudeViewPanel = lazy(async () => ({ default: (await import('./claude-view.tsx')).ClaudeViewPanel }))

interface CoachLineProps {
  coach: 'claude' | 'offline-coach'
  onShowSeen: () => void
}

function CoachLine({ coach, onShowSeen }: CoachLineProps) {
  return (
    <p className={classes.coach}>
      {coach === 'claude'
        ? 'Claude answers from the measured numbers. It gets no audio and no file or track names. '
        : 'Offline coach: fixed rules over the measured numbers, no language model. '}
      <TextButton onClick={onShowSeen}>
        {coach === 'claude' ? 'What the AI saw' : 'What an AI would see'}
      </TextButton>
    </p>
  )
}

function MessagesLeft() {
  const usage = useUsage()
  if (usage.data === undefined) return null
  const { messages, resetsAt } = usage.data
  return (
    <span>
      {messages.remaining > 0 ? (
        <span className="tabular">
          {messages.remaining} of {messages.limit} messages left until {formatDay(resetsAt)}
        </span>
      ) : (
        <>
          No messages left until {formatDay(resetsAt)}. <Link to="/plan">Plan and usage</Link>
        </>
      )}
    </span>
  )
}

/** Asks once more before the conversation goes for good. */
function ClearChat({ onClear }: { onClear: () => void }) {
  const [isAsking, setIsAsking] = useState(false)
  if (!isAsking) return <TextButton onClick={() => setIsAsking(true)}>Delete this chat</TextButton>
  return (
    <span className={classes.sure}>
      <span>Delete all of it?</span>
      <TextButton
        onClick={() => {
          setIsAsking(false)
          onClear()
        }}
      >
        Delete
      </TextButton>
      <TextButton onClick={() => setIsAsking(false)}>Keep</TextButton>
    </span>
  )
}

interface ReadyQuestionsProps {
  questions: readonly string[]
  isFirst: boolean
  onAsk: (question: string) => void
  onReview: () => void
}

function ReadyQuestions({ questions, isFirst, onAsk, onReview }: ReadyQuestionsProps) {
  return (
    <ul className={classes.ready} aria-label="Ready questions">
      {isFirst && (
        <li>
          <Button size="xs" onClick={onReview}>
            Review this track
          </Button>
        </li>
      )}
      {questions.map((question) => (
        <li key={question}>
          <Button variant="default" size="xs" onClick={() => onAsk(question)}>
            {question}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface ChatPanelProps {
  analysisId: string
  report: Report
  timeline: Timeline
}

/** The chat beside the report. */
export function ChatPanel({ analysisId, report, timeline }: ChatPanelProps) {
  const chat = useChat(analysisId)
  const usage = useUsage()
  const [isSeenOpen, setIsSeenOpen] = useState(false)
  const places = useMemo(() => createPlaces(report, timeline), [report, timeline])
  const messages = chat.list.data?.messages
  const questions = useMemo(() => {
    const asked = (messages ?? []).filter(({ role }) => role === 'user').map(({ text }) => text)
    return readyQuestions(report, new Set(asked))
  }, [report, messages])
  const isClosed = usage.data !== undefined && usage.data.messages.remaining <= 0 && !chat.isRunning
  const canAsk = !isClosed && !chat.isRunning
  // The same function for the life of the panel: two hundred messages are not drawn again for each word.
  const latest = useRef(chat)
  latest.current = chat
  const onAgain = useCallback((questionId: string) => latest.current.again(questionId), [])
  const onEdit = useCallback((text: string, questionId: string) => latest.current.ask(text, questionId), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && chat.isRunning) chat.stop()
  }
  return (
    <section className={classes.panel} aria-labelledby="chat-title" onKeyDown={onKeyDown}>
      <header className={classes.panelHead}>
        <h2 id="chat-title">Ask about this track</h2>
        {chat.list.data !== undefined && (
          <CoachLine coach={chat.list.data.coach} onShowSeen={() => setIsSeenOpen(true)} />
        )}
      </header>
      {chat.list.isPending && <Waiting />}
      {chat.list.isError && (
        <ProblemNotice error={chat.list.error} onRetry={() => void chat.list.refetch()} />
      )}
      {messages !== undefined && (
        <PlaceContext value={places}>
          <Conversation
            messages={messages}
            live={chat.live}
            spoken={chat.spoken}
            failure={chat.failure}
            canAsk={canAsk}
            onAgain={onAgain}
            onEdit={onEdit}
          />
        </PlaceContext>
      )}
      <div className={classes.foot}>
        <Composer
          text={chat.draft}
          onText={chat.setDraft}
          isRunning={chat.isRunning}
          isClosed={isClosed}
          onAsk={(question) => chat.ask(question)}
          onStop={chat.stop}
        />
        {messages !== undefined && canAsk && (
          <ReadyQuestions
            questions={questions}
            isFirst={messages.length === 0}
            onAsk={(question) => chat.ask(question)}
            onReview={chat.review}
          />
        )}
        {isClosed && <UpgradeOffer kept="Your question stays here" />}
        <p className={classes.left}>
          <MessagesLeft />
          {messages !== undefined && messages.length > 0 && <ClearChat onClear={() => void chat.clear()} />}
        </p>
      </div>
      {isSeenOpen && (
        <Suspense fallback={null}>
          <ClaudeViewPanel analysisId={analysisId} onClose={() => setIsSeenOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}
