import timers from 'node:timers/promises'
import Stripe from 'stripe'
import type { Config } from '../../core/config.ts'

export type StripeSettings = NonNullable<Config['stripe']>

/** Stripe asks for fewer calls: everything else waits for another run. */
export class StripeBusyError extends Error {
  override readonly name = 'StripeBusyError'
}

/** Stripe cannot be reached, or cannot work now: another time it can. */
export function isStripeDown(error: unknown): boolean {
  return (
    error instanceof StripeBusyError ||
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeRateLimitError
  )
}

export function createStripeClient(settings: StripeSettings): Stripe {
  const base = settings.apiBase ? new URL(settings.apiBase) : null
  return new Stripe(settings.secretKey, {
    telemetry: false,
    timeout: 20_000,
    maxNetworkRetries: 1,
    ...(base
      ? {
          host: base.hostname,
          port: base.port || (base.protocol === 'https:' ? '443' : '80'),
          protocol: base.protocol === 'https:' ? 'https' : 'http',
        }
      : {}),
  })
}

const BUSY_TRIES = 4
const FIRST_PAUSE_MS = 250

/** The SDK does not retry 429: this does, with growing pauses. @throws StripeBusyError when it stays busy */
export async function whenNotBusy<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; tries < BUSY_TRIES; tries += 1) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeRateLimitError)) throw error
    }
    await timers.setTimeout(FIRST_PAUSE_MS * 2 ** tries * (0.5 + Math.random() / 2))
  }
  throw new StripeBusyError('Stripe asks for fewer calls')
}

/** Has Stripe never heard of it, or forgotten it? */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
}

export function fromSeconds(seconds: number): Date {
  return new Date(seconds * 1000)
}

export function idOf(value: string | { id: string }): string {
  return typeof value === 'string' ? value : value.id
}
