import type { ClaudeUsage } from './claude.ts'

interface Price {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
}

/** US dollars per million tokens, as the vendor's price list said in November 2026; cache entries live five minutes. */
const prices: Record<string, Price> = {
  'claude-haiku-5-5': { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
}

/** For a model that is not listed: rather too dear than too cheap, since a ceiling stands on it. */
const DEAREST: Price = { input: 8, output: 40, cacheRead: 0.8, cacheWrite: 10 }

/** What an answer cost, in millionths of a US dollar, rounded up. */
export function costMicroDollars(model: string, usage: ClaudeUsage): number {
  const price = prices[model] ?? DEAREST
  return Math.ceil(
    usage.inputTokens * price.input +
      usage.outputTokens * price.output +
      usage.cacheReadInputTokens * price.cacheRead +
      usage.cacheCreationInputTokens * price.cacheWrite,
  )
}
