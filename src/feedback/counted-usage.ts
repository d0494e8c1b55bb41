import type { ClaudeUsage } from '../platform/claude/claude.ts'
import type { Making } from './make-answer.ts'

const CHARACTERS_PER_TOKEN = 2.5
/**
 * How fast a model thinks before its first word; nobody counts that for us when an answer is broken off. Rather too fast
 * than too slow, since a ceiling stands on it.
 */
const THINKING_TOKENS_PER_SECOND = 80

const NOTHING: ClaudeUsage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadInputTokens: 0,
  cacheCreationInputTokens: 0,
}

/**
 * What an answer used. The vendor's own count for one that came whole; for one that broke off at least what was sent,
 * thought for as long as no word came, and written. Null when no model was asked.
 */
export function countedUsage(making: Making, text: string, isWhole: boolean): ClaudeUsage | null {
  const { facts, askedAtMs, firstWordAtMs } = making
  if (askedAtMs === null || isWhole) return facts.usage
  const thoughtSeconds = ((firstWordAtMs ?? performance.now()) - askedAtMs) / 1000
  const written = Math.ceil(text.length / CHARACTERS_PER_TOKEN + thoughtSeconds * THINKING_TOKENS_PER_SECOND)
  const counted = facts.usage ?? {
    ...NOTHING,
    inputTokens: Math.ceil(making.sentCharacters / CHARACTERS_PER_TOKEN),
  }
  return { ...counted, outputTokens: Math.max(counted.outputTokens, written) }
}
