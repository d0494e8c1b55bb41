import type { Message } from '../../src/feedback/contract.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { TextButton } from '../ui/text-button.tsx'
import classes from './chat.module.css'
import { Markdown } from './markdown.tsx'

const ENDINGS: Record<Message['status'], string | undefined> = {
  streaming: 'Still answering…',
  complete: undefined,
  stopped: 'Stopped.',
  refused: 'Claude declined to answer this. It cost nothing.',
  failed: 'This answer broke off. It cost nothing.',
}

export function Question({ text }: { text: string }) {
  return (
    <article className={classes.question} aria-label="You asked">
      {text}
    </article>
  )
}

interface AnswerProps {
  trackNames: readonly string[]
  message: Message
  onRetry: (() => void) | undefined
}

export function Answer({ message, trackNames, onRetry }: AnswerProps) {
  const ending = ENDINGS[message.status]
  return (
    <article className={classes.answer} aria-label="Answer">
      <Markdown text={message.text} trackNames={trackNames} isStreaming={message.status === 'streaming'} />
      <footer className={classes.answerFoot}>
        {message.source === 'offline-coach' && <span>Offline coach</span>}
        {ending !== undefined && <span>{ending}</span>}
        {onRetry !== undefined && <TextButton onClick={onRetry}>Ask again</TextButton>}
        {message.text !== '' && <CopyButton text={message.text} label="Copy the answer" />}
      </footer>
    </article>
  )
}
