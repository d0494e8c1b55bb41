const SENTENCE_END = /[.!?…:](?=\s)|\n/g

/** The part of a growing text that ends with a finished sentence. */
export function finishedSentences(text: string): string {
  let end = 0
  for (const match of text.matchAll(SENTENCE_END)) end = match.index + match[0].length
  return text.slice(0, end)
}
