import { Button, Textarea } from '@mantine/core'
import { memo, useState } from 'react'
import { MESSAGE_MAX_CHARACTERS, type Message } from '../../src/feedback/contract.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { countOf } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './chat.module.css'
import type { Exchange } from './exchanges.ts'
import { Markdown } from './markdown.tsx'

const ENDINGS: Record<Message['status'], string | undefined> = {
  streaming: 'Still answering…',
  complete: undefined,
  stopped: 'Stopped.',
  refused: 'Claude declined to answer this. It cost nothing.',
  failed: 'This answer broke off. It cost nothing.',
}

function endingOf({ status, errorCode }: Message): string | undefined {
  if (errorCode === 'feedback/answer-too-long' && status === 'stopped')
    return 'Cut here: the answer grew longer than an answer may be. It counts as one. Ask for less at once.'
  return ENDINGS[status]
}

interface EditFormProps {
  text: string
  onSend: (text: string) => void
  onCancel: () => void
}

/** The question anew; says what will be lost before it is sent. */
function EditForm({ text, onSend, onCancel }: EditFormProps) {
  const [draft, setDraft] = useState(text)
  const trimmed = draft.trim()
  return (
    <form
      className={classes.edit}
      onSubmit={(event) => {
        event.preventDefault()
        onSend(trimmed)
      }}
    >
      <Textarea
        aria-label="The question anew"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={MESSAGE_MAX_CHARACTERS}
        data-autofocus
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <p className={classes.editNote}>Asking it anew deletes its answer and everything after it.</p>
      <div className={classes.editButtons}>
        <Button variant="default" size="xs" onClick={onCancel}>
          Keep as it is
        </Button>
        <Button type="submit" size="xs" disabled={trimmed === ''}>
          Delete and ask anew
        </Button>
      </div>
    </form>
  )
}

interface QuestionProps {
  text: string
  onEdit?: ((text: string) => void) | undefined
}

export function Question({ text, onEdit }: QuestionProps) {
  const [isEditing, setIsEditing] = useState(false)
  if (isEditing && onEdit !== undefined) {
    const send = (anew: string) => {
      setIsEditing(false)
      onEdit(anew)
    }
    return <EditForm text={text} onSend={send} onCancel={() => setIsEditing(false)} />
  }
  return (
    <div className={classes.asked}>
      <article className={classes.question} aria-label="You asked">
        {text}
      </article>
      {onEdit !== undefined && (
        <p className={classes.askedFoot}>
          <TextButton onClick={() => setIsEditing(true)}>Edit</TextButton>
        </p>
      )}
    </div>
  )
}

function VersionSwitch({ at, of, onShow }: { at: number; of: number; onShow: (at: number) => void }) {
  return (
    <span className={classes.versions}>
      <button type="button" aria-label="Earlier version" disabled={at === 0} onClick={() => onShow(at - 1)}>
        ‹
      </button>
      <span className="tabular">
        {at + 1} of {of}
      </span>
      <button
        type="button"
        aria-label="Later version"
        disabled={at === of - 1}
        onClick={() => onShow(at + 1)}
      >
        ›
      </button>
    </span>
  )
}

interface AnswerProps {
  message: Message
  versions: { at: number; of: number; onShow: (at: number) => void }
  onAgain: (() => void) | undefined
}

function Answer({ message, versions, onAgain }: AnswerProps) {
  const ending = endingOf(message)
  const isUnchecked = message.verdict === null && message.text !== '' && message.status !== 'streaming'
  const unmatched = message.verdict?.unmatched.length ?? 0
  const hasFailed = message.status === 'failed' || message.status === 'refused'
  return (
    <article className={classes.answer} aria-label="Answer">
      <Markdown text={message.text} isStreaming={message.status === 'streaming'} verdict={message.verdict} />
      {unmatched > 0 && (
        <p className={classes.unmatchedNote}>
          {countOf(unmatched, 'place is', 'places are')} not from your analysis, and marked.
        </p>
      )}
      {isUnchecked && <p className={classes.unmatchedNote}>Not checked against your analysis.</p>}
      <footer className={classes.answerFoot}>
        {versions.of > 1 && <VersionSwitch {...versions} />}
        {message.source === 'offline-coach' && <span>Offline coach</span>}
        {ending !== undefined && <span>{ending}</span>}
        {onAgain !== undefined && (
          <TextButton onClick={onAgain}>{hasFailed ? 'Ask again' : 'Answer anew'}</TextButton>
        )}
        {message.text !== '' && <CopyButton text={message.text} label="Copy the answer" />}
      </footer>
    </article>
  )
}

interface ExchangeViewProps {
  exchange: Exchange
  /** The answer that is coming in is shown elsewhere. */
  hiddenId: string | null
  isNewest: boolean
  canAsk: boolean
  onAgain: (questionId: string) => void
  onEdit: (text: string, questionId: string) => void
}

/** A question with its answer; earlier versions of the answer are one step away. */
export const ExchangeView = memo(function ExchangeView(props: ExchangeViewProps) {
  const { exchange, hiddenId, isNewest, canAsk, onAgain, onEdit } = props
  const answers = exchange.answers.filter((answer) => answer.id !== hiddenId)
  const [chosen, setChosen] = useState<{ at: number; of: number } | null>(null)
  const at = chosen !== null && chosen.of === answers.length ? chosen.at : answers.length - 1
  const shown = answers[at]
  const { id, kind, text } = exchange.question
  return (
    <div className={classes.exchange}>
      <Question text={text} onEdit={canAsk && kind === 'question' ? (anew) => onEdit(anew, id) : undefined} />
      {shown !== undefined && hiddenId === null && (
        <Answer
          message={shown}
          versions={{ at, of: answers.length, onShow: (next) => setChosen({ at: next, of: answers.length }) }}
          onAgain={isNewest && canAsk ? () => onAgain(id) : undefined}
        />
      )}
    </div>
  )
})
