import { createHash } from 'node:crypto'
import type { RequestHandler } from 'express'
import { rateLimit, type Store } from 'express-rate-limit'
import { AppError } from '../errors.ts'
import { addressKey, networkKey } from './network.ts'
import type { RateRule } from './operation.ts'
import { waitingWords } from './waiting-words.ts'

/** Counts hits where every process sees them. `hit` counts one more and tells the total of the running window. */
export interface HitCounter {
  hit(key: string, windowSeconds: number): Promise<{ hits: number; resetsAt: Date }>
  forgive(key: string): Promise<void>
  clear(key: string): Promise<void>
}

/** Counts outlive the account for a while; its id does not. */
function accountDigest(userId: string): string {
  return createHash('sha256').update(userId).digest('base64url')
}

function createStore(counter: HitCounter, rule: RateRule): Store {
  const keyOf = (key: string) => `${rule.name}:${key}`
  return {
    localKeys: false,
    async increment(key) {
      const { hits, resetsAt } = await counter.hit(keyOf(key), rule.windowSeconds)
      return { totalHits: hits, resetTime: resetsAt }
    },
    decrement: (key) => counter.forgive(keyOf(key)),
    resetKey: (key) => counter.clear(keyOf(key)),
  }
}

/** Middleware for one rule; `accountKeyOf` names the account a request belongs to, if it has one. `onHeldOff` is told of refusals. */
export function rateLimitBy(
  rule: RateRule,
  counter: HitCounter,
  accountKeyOf: (request: object) => string | undefined,
  onHeldOff: (rule: RateRule) => void,
): RequestHandler {
  return rateLimit({
    windowMs: rule.windowSeconds * 1000,
    limit: rule.hits,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: rule.name,
    store: createStore(counter, rule),
    // It looks for its own helper in the source below; network.ts calls that.
    validate: { keyGeneratorIpFallback: false },
    keyGenerator(request) {
      if (rule.per === 'everybody') return 'everybody'
      if (rule.per === 'network') return networkKey(request.ip)
      const address = addressKey(request.ip)
      const userId = rule.per === 'account' ? accountKeyOf(request) : undefined
      return userId === undefined ? address : accountDigest(userId)
    },
    handler(_request, response, next) {
      onHeldOff(rule)
      const retryAfterSeconds = Number(response.getHeader('Retry-After') ?? rule.windowSeconds)
      next(
        new AppError(
          'exhausted',
          'rate-limited',
          `That was too often. Wait ${waitingWords(retryAfterSeconds)} and try again.`,
          {
            retryAfterSeconds,
          },
        ),
      )
    },
  })
}
