import { VisuallyHidden } from '@mantine/core'

const SENTENCE_END = /[.!?…:](?=\s)|\n/g

/** The part of a growing text that ends with a finished sentence. */
export function finishedSentences(text: string): string {
  let end = 0
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length
  return text.slice(0, end)
}

/** Reads a streaming answer out sentence by sentence, never in the middle of one. */
export function SpokenSentences({ text, isDone }: { text: string; isDone: boolean }) {
  const sentences = (isDone ? text : finishedSentences(text)).split(/(?<=[.!?…:])\s|\n+/).filter(Boolean)
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
