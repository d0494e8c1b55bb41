import Stripe from 'stripe'
import { sessionCookie } from '../../src/accounts/session-cookie.ts'
import { receiveStripeEvent } from '../../src/billing/receive-stripe-event.ts'
import { setUpStripe } from '../../src/billing/set-up-stripe.ts'
import { enter } from '../analyses/sessions.ts'
import { type StripeServer, startStripeServer } from '../support/stripe-server.ts'
import type { Subscription, WorldEvent } from '../support/stripe-world.ts'
import type { DatabaseKind } from '../support/test-databases.ts'
import { ORIGIN, openTestService, type TestService } from '../support/test-service.ts'

export const WEBHOOK_SECRET = 'whsec_of_the_tests'
const { webhooks } = new Stripe('sk_test_1')

export interface PaidService {
  service: TestService
  stripe: StripeServer
  close(): Promise<void>
}

/** The service with a Stripe of the tests' own, where stripe-setup has been run. */
export async function openPaidService(
  kind: DatabaseKind = 'pglite',
  env: Record<string, string> = {},
  databaseUrl?: string,
): Promise<PaidService> {
  let now = () => new Date()
  const stripe = await startStripeServer(() => now())
  const settings = {
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_BASE: stripe.url,
    ...env,
  }
  const service = await openTestService({
    kind,
    env: settings,
    withWorkers: false,
    ...(databaseUrl ? { databaseUrl } : {}),
  })
  now = () => service.clock.now()
  const { config } = service.ctx
  if (!config.stripe) throw new Error('The service has keys')
  await setUpStripe(config.stripe, ORIGIN, false)
  return {
    service,
    stripe,
    async close() {
      await service.close()
      await stripe.close()
    },
  }
}

/** An event as Stripe sends it: body and signature. */
export function signedEvent(
  event: WorldEvent,
  now: Date,
  secret = WEBHOOK_SECRET,
): { payload: string; signature: string } {
  const { object, ...facts } = event
  const payload = JSON.stringify(
    { ...facts, object: 'event', api_version: '2026-10-28.endive', data: { object } },
    null,
    2,
  )
  const timestamp = Math.floor(now.getTime() / 1000)
  return { payload, signature: webhooks.generateTestHeaderString({ payload, secret, timestamp }) }
}

export async function deliver({ service }: PaidService, event: WorldEvent): Promise<void> {
  const { payload, signature } = signedEvent(event, service.clock.now())
  await receiveStripeEvent(service.ctx, Buffer.from(payload), signature)
}

/** Somebody who stays logged in however far the clock moves. */
export async function enterForLong({ service }: PaidService, email: string) {
  const person = await enter(service, email)
  const { userId, sessionId, send } = person
  person.send = async (verb, path, body, headers) => {
    const now = service.clock.now()
    const times = {
      last_seen_at: now,
      generation_seen_at: now,
      expires_at: new Date(now.getTime() + 86_400_000),
    }
    await service.ctx.db.updateTable('login_sessions').set(times).where('id', '=', sessionId).execute()
    person.cookie = sessionCookie(service.ctx.secrets, { userId, sessionId, generation: 0 }, now).split(
      ';',
    )[0]
    return send(verb, path, body, headers)
  }
  return person
}

/** Delivers whatever has happened at Stripe since the last call, in order. */
export function createPostman(paid: PaidService): () => Promise<void> {
  let delivered = 0
  return async () => {
    paid.stripe.world.settle()
    while (delivered < paid.stripe.world.events.length) {
      const event = paid.stripe.world.events[delivered]
      delivered += 1
      if (event) await deliver(paid, event)
    }
  }
}

export function newestSubscription({ stripe }: PaidService): Subscription {
  const one = [...stripe.world.subscriptions.values()].at(-1)
  if (!one) throw new Error('Nobody has a subscription')
  return one
}

/** The id at the end of a hosted page's address. */
export function pageId(url: unknown): string {
  return String(url).split('/').at(-1) ?? ''
}
