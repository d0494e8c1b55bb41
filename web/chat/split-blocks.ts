export interface TextBlock {
  /** Offset in the whole text: stable while text is only appended. */
  startsAt: number
  text: string
}

const FENCE = /^ {0,3}(```|~~~)/
const LIST_ITEM = /^(?:[-*+]|\d+[.)]) /
const CONTINUES_LIST = /^(?: {2,}|\t|[-*+] |\d+[.)] )/

/**
 * Cuts Markdown at blank lines, but not inside fenced code nor between the items of a list: those belong together.
 * Joining the blocks' texts gives the whole text again.
 */
export function splitBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = []
  let startsAt = 0
  let offset = 0
  let inFence = false
  let afterBlank = false
  for (const line of text.split(/(?<=\n)/)) {
    const isOfList = CONTINUES_LIST.test(line) && LIST_ITEM.test(text.slice(startsAt))
    if (!inFence && afterBlank && line.trim() !== '' && !isOfList) {
      blocks.push({ startsAt, text: text.slice(startsAt, offset) })
      startsAt = offset
    }
    if (FENCE.test(line)) inFence = !inFence
    afterBlank = line.trim() === ''
    offset += line.length
  }
  if (startsAt < text.length) blocks.push({ startsAt, text: text.slice(startsAt) })
  return blocks
}
