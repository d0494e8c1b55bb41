import type Stripe from 'stripe'
import { fromSeconds } from './client.ts'

/** What an endpoint may be told of. */
export type EventType = Stripe.WebhookEndpointCreateParams.EnabledEvent

/** A genuine event: something changed with this customer. What it says of the change is not read. */
export interface VerifiedEvent {
  id: string
  type: string
  createdAt: Date
  customerId: string | null
  /** Set where the event names a payment and no customer. */
  chargeId: string | null
}

const OLDEST_SIGNATURE_SECONDS = 300
const FUTURE_SIGNATURE_SECONDS = 60

function signedAtSeconds(signature: string): number {
  return Number(/(?:^|,)\s*t=(\d+)/.exec(signature)?.[1] ?? Number.NaN)
}

/** What the first secret that fits makes of it. @throws when none does, or the date is too far from now */
function withFirstSecret<Result>(
  secrets: readonly string[],
  signature: string,
  now: Date,
  read: (secret: string, nowMs: number) => Result,
): Result {
  const nowSeconds = Math.floor(now.getTime() / 1000)
  if (!(signedAtSeconds(signature) <= nowSeconds + FUTURE_SIGNATURE_SECONDS))
    throw new Error('The signature is dated in the future')
  let failure: unknown
  for (const secret of secrets) {
    try {
      return read(secret, nowSeconds * 1000)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function textAt(object: unknown, name: string): string | null {
  if (typeof object !== 'object' || object === null) return null
  const value = Object.entries(object).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}

export function describeEvent(event: Stripe.Event): VerifiedEvent {
  const object: unknown = event.data.object
  const isCustomer = textAt(object, 'object') === 'customer'
  return {
    id: event.id,
    type: event.type,
    createdAt: fromSeconds(event.created),
    customerId: textAt(object, isCustomer ? 'id' : 'customer'),
    chargeId: textAt(object, 'charge'),
  }
}

/** @throws when the signature is wrong, too old, or dated in the future */
export function verifyEvent(
  client: Stripe,
  secrets: readonly string[],
  { rawBody, signature, now }: { rawBody: Buffer; signature: string; now: Date },
): VerifiedEvent {
  return withFirstSecret(secrets, signature, now, (secret, nowMs) =>
    describeEvent(
      client.webhooks.constructEvent(rawBody, signature, secret, OLDEST_SIGNATURE_SECONDS, undefined, nowMs),
    ),
  )
}

/** The same for a thin event. */
export function verifyNotification(
  client: Stripe,
  secrets: readonly string[],
  { rawBody, signature, now }: { rawBody: Buffer; signature: string; now: Date },
): { id: string; type: string; createdAt: Date } {
  return withFirstSecret(secrets, signature, now, (secret, nowMs) => {
    const { id, type, created } = client.parseEventNotification(
      rawBody,
      signature,
      secret,
      OLDEST_SIGNATURE_SECONDS,
      undefined,
      nowMs,
    )
    return { id, type, createdAt: new Date(created) }
  })
}

/** Stripe filters by so many kinds at once. */
const MAX_TYPES = 20

/** Events at Stripe since then, also those that were never delivered. */
export async function listEvents(client: Stripe, since: Date, types: string[]): Promise<VerifiedEvent[]> {
  const found: VerifiedEvent[] = []
  const created = { gte: Math.floor(since.getTime() / 1000) }
  for (let first = 0; first < types.length; first += MAX_TYPES) {
    const some = types.slice(first, first + MAX_TYPES)
    for await (const event of client.events.list({ created, types: some, limit: 100 }))
      found.push(describeEvent(event))
  }
  return found
}
