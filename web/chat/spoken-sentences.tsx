import { VisuallyHidden } from '@mantine/core'
import { finishedSentences } from './finished-sentences.ts'
import { withoutReferences } from './references.ts'
import type { SpokenAnswer } from './use-chat.ts'

/** Reads a streaming answer out sentence by sentence, never in the middle of one. */
export function SpokenSentences({ text, isComplete }: SpokenAnswer) {
  const words = withoutReferences(isComplete ? text : finishedSentences(text))
  const sentences = words.split(/(?<=[.!?…:])\s|\n+/).filter((sentence) => sentence.trim() !== '')
  return (
    <VisuallyHidden>
      <div aria-live="polite" aria-relevant="additions">
        {sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever appended
          <p key={index}>{sentence}</p>
        ))}
      </div>
    </VisuallyHidden>
  )
}
