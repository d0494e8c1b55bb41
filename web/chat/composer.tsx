import { ActionIcon, Textarea } from '@mantine/core'
import type { FormEvent, KeyboardEvent } from 'react'
import { MESSAGE_MAX_CHARACTERS } from '../../src/feedback/contract.ts'
import { SendIcon, StopIcon } from '../ui/icons.tsx'
import classes from './chat.module.css'

interface ComposerProps {
  text: string
  onText: (text: string) => void
  isRunning: boolean
  /** Nothing can be sent now; what is written stays. */
  isClosed: boolean
  onAsk: (question: string) => void
  onStop: () => void
}

/**
 * Enter sends, Shift and Enter break the line, Escape stops; the focus stays here throughout. What is written is held
 * where it is asked: what could not be asked is back in the field.
 */
export function Composer({ text, onText, isRunning, isClosed, onAsk, onStop }: ComposerProps) {
  const question = text.trim()
  const tooMany = question.length - MESSAGE_MAX_CHARACTERS
  const canAsk = question !== '' && tooMany <= 0 && !isRunning && !isClosed

  const submit = () => {
    if (!canAsk) return
    onAsk(question)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isRunning) onStop()
    else submit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <form className={classes.composer} onSubmit={onSubmit}>
      <Textarea
        className={classes.field ?? ''}
        aria-label="Your question"
        placeholder="Ask about this track"
        name="question"
        autosize
        minRows={1}
        maxRows={6}
        error={
          tooMany > 0 && `Too long by ${tooMany}: a question may have ${MESSAGE_MAX_CHARACTERS} characters.`
        }
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ActionIcon
        type="submit"
        size={38}
        disabled={!isRunning && !canAsk}
        aria-label={isRunning ? 'Stop the answer' : 'Ask'}
      >
        {isRunning ? <StopIcon /> : <SendIcon />}
      </ActionIcon>
    </form>
  )
}
