import { z } from 'zod'
import type { Form, FormValue } from './stripe-forms.ts'
import { priceObject, subscriptionObject } from './stripe-objects.ts'
import type { CountedEvent } from './stripe-server.ts'
import type { Charge, Price, StripeWorld } from './stripe-world.ts'

export interface Answer {
  status: number
  body: object | string
}

/** What stripe-setup makes beside products and prices. */
export interface Kept {
  configurations: { id: string; form: Form }[]
  endpoints: { id: string; url: string; enabled_events: string[]; secret: string }[]
  destinations: { id: string; url: string; enabled_events: string[]; secret: string }[]
  meters: { id: string; event_name: string }[]
}

const OLDEST_EVENT_SECONDS = 35 * 86_400
const LATEST_EVENT_SECONDS = 300

export function refusal(
  message: string,
  type = 'invalid_request_error',
  status = 400,
  code?: string,
): Answer {
  return { status, body: { error: { type, message, ...(code ? { code } : {}) } } }
}

const missing = (what: string) => refusal(`No such ${what}`, 'invalid_request_error', 404, 'resource_missing')
const ok = (body: object): Answer => ({ status: 200, body })

export function list(data: object[], url: string): Answer {
  return ok({ object: 'list', data, has_more: false, url })
}

export const text = (value: FormValue | undefined) => (typeof value === 'string' ? value : '')
const parts = (value: FormValue | undefined): Form =>
  typeof value === 'object' && !Array.isArray(value) ? value : {}
const items = (value: FormValue | undefined): FormValue[] => (Array.isArray(value) ? value : [])
const texts = (value: FormValue | undefined) => items(value).map(text)
const metadataOf = (form: Form) =>
  Object.fromEntries(Object.entries(parts(form.metadata)).map(([name, value]) => [name, text(value)]))

interface Deps {
  world: StripeWorld
  counted: CountedEvent[]
  rejected: Set<string>
  kept: Kept
  now: () => Date
  url: () => string
}

type Handler = (form: Form, id: string) => Answer

function customerRoutes({ world }: Deps): Record<string, Handler> {
  return {
    'POST /v1/customers': (form) => {
      const customer = { id: world.id('cus'), metadata: metadataOf(form), deleted: false }
      world.customers.set(customer.id, customer)
      return ok({ object: 'customer', id: customer.id, metadata: customer.metadata })
    },
    'GET /v1/customers/:id': (_form, id) => {
      const customer = world.customers.get(id)
      if (!customer) return missing(`customer: ${id}`)
      return ok({
        object: 'customer',
        id,
        ...(customer.deleted ? { deleted: true } : { metadata: customer.metadata }),
      })
    },
    'DELETE /v1/customers/:id': (_form, id) => {
      const customer = world.customers.get(id)
      if (!customer || customer.deleted) return missing(`customer: ${id}`)
      world.deleteCustomer(id)
      return ok({ object: 'customer', id, deleted: true })
    },
  }
}

function chargeObject(charge: Charge) {
  return { object: 'charge', ...charge }
}

function paymentRoutes({ world }: Deps): Record<string, Handler> {
  return {
    'GET /v1/charges': (form) => {
      const since = Number(text(parts(form.created).gte) || 0)
      const found = world.chargesOf(text(form.customer)).filter(({ created }) => created >= since)
      return list(found.map(chargeObject), '/v1/charges')
    },
    'GET /v1/charges/:id': (_form, id) => {
      const charge = world.charges.get(id)
      return charge ? ok(chargeObject(charge)) : missing(`charge: ${id}`)
    },
    'GET /v1/disputes': (form) => {
      const found = [...world.disputes.values()].filter(({ charge }) => charge === text(form.charge))
      return list(
        found.map((dispute) => ({ object: 'dispute', ...dispute })),
        '/v1/disputes',
      )
    },
  }
}

function subscriptionRoutes({ world }: Deps): Record<string, Handler> {
  return {
    'GET /v1/subscriptions': (form) => {
      const customer = text(form.customer)
      const found = customer === '' ? [...world.subscriptions.values()] : world.subscriptionsOf(customer)
      return list(
        found.map((one) => subscriptionObject(world, one, texts(form.expand))),
        '/v1/subscriptions',
      )
    },
    'GET /v1/subscriptions/:id': (form, id) =>
      world.subscriptions.has(id)
        ? ok(subscriptionObject(world, world.subscription(id), texts(form.expand)))
        : missing(`subscription: ${id}`),
    'POST /v1/subscriptions/:id': (form, id) => {
      const one = world.subscriptions.get(id)
      if (!one || one.status === 'canceled') return missing(`subscription: ${id}`)
      if (form.cancel_at_period_end === 'false' || form.cancel_at === '') world.resume(id)
      return ok(subscriptionObject(world, one))
    },
    'DELETE /v1/subscriptions/:id': (_form, id) => {
      const one = world.subscriptions.get(id)
      if (!one || one.status === 'canceled') return missing(`subscription: ${id}`)
      world.cancelNow(id)
      return ok(subscriptionObject(world, one))
    },
    'POST /v1/subscription_schedules/:id/release': (_form, id) => {
      world.release(id)
      return ok({ object: 'subscription_schedule', id, status: 'released' })
    },
    'GET /v1/events': (form) => {
      const since = Number(text(parts(form.created).gte) || 0)
      const wanted = new Set(texts(form.types))
      if (wanted.size > 20) return refusal('You can filter by at most 20 types')
      const found = world.events
        .filter(({ created, type }) => created >= since && (wanted.size === 0 || wanted.has(type)))
        .map(({ object, ...event }) => ({ object: 'event', ...event, data: { object } }))
      return list(found.toReversed(), '/v1/events')
    },
  }
}

function hostedRoutes({ world, kept, url }: Deps): Record<string, Handler> {
  const sessionObject = (id: string) => {
    const session = world.sessions.get(id)
    return {
      object: 'checkout.session',
      id,
      status: session?.status,
      customer: session?.customer,
      url: `${url()}/pay/${id}`,
    }
  }
  return {
    'POST /v1/checkout/sessions': (form) => {
      const customer = world.customers.get(text(form.customer))
      if (!customer || customer.deleted) return missing('customer')
      const price = text(parts(items(form.line_items)[0]).price)
      if (!world.prices.get(price)?.active) return missing('price')
      const id = world.id('cs')
      const trialDays = Number(text(parts(form.subscription_data).trial_period_days) || 0)
      const addresses = { successUrl: text(form.success_url), cancelUrl: text(form.cancel_url) }
      world.sessions.set(id, { id, customer: customer.id, price, trialDays, status: 'open', ...addresses })
      return ok(sessionObject(id))
    },
    'GET /v1/checkout/sessions': (form) => {
      const found = [...world.sessions.values()].filter(
        ({ customer, status }) =>
          customer === text(form.customer) && (!form.status || status === form.status),
      )
      return list(
        found.map(({ id }) => sessionObject(id)),
        '/v1/checkout/sessions',
      )
    },
    'POST /v1/checkout/sessions/:id/expire': (_form, id) => {
      const session = world.sessions.get(id)
      if (session?.status !== 'open') return refusal('Only open Checkout Sessions can be expired')
      session.status = 'expired'
      return ok(sessionObject(id))
    },
    'POST /v1/billing_portal/sessions': (form) => {
      const customer = world.customers.get(text(form.customer))
      if (!customer || customer.deleted) return missing('customer')
      if (!kept.configurations.some(({ id }) => id === text(form.configuration)))
        return missing('configuration')
      const id = world.id('bps')
      const flow = form.flow_data ? parts(form.flow_data) : null
      const confirm = parts(flow?.subscription_update_confirm)
      if (world.subscriptions.get(text(confirm.subscription))?.schedule)
        return refusal('The subscription is managed by a subscription schedule')
      world.portals.set(id, { id, customer: customer.id, flow, returnUrl: text(form.return_url) })
      return ok({ object: 'billing_portal.session', id, url: `${url()}/portal/${id}` })
    },
  }
}

function meterRoutes({ world, counted, rejected, kept, now }: Deps): Record<string, Handler> {
  return {
    'POST /v1/billing/meter_events': (form) => {
      const payload = parts(form.payload)
      const [customerId, value] = [text(payload.stripe_customer_id), text(payload.value)]
      const identifier = text(form.identifier)
      const timestampSeconds = Number(text(form.timestamp))
      const ageSeconds = now().getTime() / 1000 - timestampSeconds
      if (rejected.has(identifier)) return refusal('This event cannot be taken.')
      if (!/^\d+$/.test(value)) return refusal('payload[value] must be a whole number written as text')
      const customer = world.customers.get(customerId)
      if (!customer || customer.deleted) return refusal(`No such customer: ${customerId}`)
      if (!(ageSeconds <= OLDEST_EVENT_SECONDS && ageSeconds >= -LATEST_EVENT_SECONDS))
        return refusal('timestamp is too old or lies in the future')
      if (counted.some((event) => event.identifier === identifier))
        return refusal(`An event already exists with identifier ${identifier}.`)
      counted.push({ identifier, eventName: text(form.event_name), customerId, value, timestampSeconds })
      return ok({ object: 'billing.meter_event', ...form, livemode: false })
    },
    'POST /v1/billing/meters': (form) => {
      const meter = { id: world.id('mtr'), event_name: text(form.event_name) }
      kept.meters.push(meter)
      return ok({ object: 'billing.meter', ...meter, status: 'active' })
    },
    'GET /v1/billing/meters': () =>
      list(
        kept.meters.map((meter) => ({ object: 'billing.meter', ...meter, status: 'active' })),
        '/v1/billing/meters',
      ),
    'GET /v1/billing/meters/:id/event_summaries': (form, id) => {
      const [start, end] = [Number(text(form.start_time)), Number(text(form.end_time))]
      if (start % 60 !== 0 || end % 60 !== 0) return refusal('Times must be aligned with minute boundaries')
      const name = kept.meters.find((meter) => meter.id === id)?.event_name
      const sum = counted
        .filter((event) => event.eventName === name && event.customerId === text(form.customer))
        .filter(({ timestampSeconds: at }) => at >= start && at < end)
        .reduce((total, { value }) => total + Number(value), 0)
      const summary = {
        object: 'billing.meter_event_summary',
        id: 'mtrusg_1',
        aggregated_value: sum,
        start_time: start,
        end_time: end,
        meter: id,
      }
      return list([summary], '/v1/billing/meters/event_summaries')
    },
  }
}

function catalogueRoutes({ world }: Deps): Record<string, Handler> {
  const productObject = (id: string) => ({ object: 'product', active: true, ...world.products.get(id) })
  return {
    'GET /v1/products': () => list([...world.products.keys()].map(productObject), '/v1/products'),
    'POST /v1/products': (form) => {
      const id = world.id('prod')
      world.products.set(id, {
        id,
        name: text(form.name),
        description: text(form.description),
        metadata: metadataOf(form),
      })
      return ok(productObject(id))
    },
    'POST /v1/products/:id': (form, id) => {
      const known = world.products.get(id)
      if (!known) return missing(`product: ${id}`)
      world.products.set(id, { ...known, name: text(form.name), description: text(form.description) })
      return ok(productObject(id))
    },
    'GET /v1/prices': (form) => {
      const keys = new Set(texts(form.lookup_keys))
      const found = [...world.prices.values()].filter(
        ({ lookup_key: key, active }) =>
          key !== null && keys.has(key) && (form.active === undefined || active),
      )
      return list(found.map(priceObject), '/v1/prices')
    },
    'GET /v1/prices/:id': (_form, id) =>
      world.prices.has(id) ? ok(priceObject(world.price(id))) : missing('price'),
    'POST /v1/prices': (form) => {
      const key = text(form.lookup_key)
      for (const known of world.prices.values())
        if (known.lookup_key === key) {
          if (form.transfer_lookup_key !== 'true') return refusal('A price already uses that lookup key')
          known.lookup_key = null
        }
      const price: Price = {
        id: world.id('price'),
        product: text(form.product),
        unit_amount: Number(text(form.unit_amount)),
        currency: text(form.currency),
        interval: text(parts(form.recurring).interval) === 'year' ? 'year' : 'month',
        lookup_key: key,
        metadata: metadataOf(form),
        active: true,
      }
      world.prices.set(price.id, price)
      return ok(priceObject(price))
    },
    'POST /v1/prices/:id': (form, id) => {
      const price = world.price(id)
      price.active = form.active !== 'false'
      return ok(priceObject(price))
    },
  }
}

const destinationSchema = z.looseObject({
  enabled_events: z.array(z.string()).optional(),
  webhook_endpoint: z.object({ url: z.string() }).optional(),
})

function setupRoutes({ world, kept }: Deps): Record<string, Handler> {
  const configuration = ({ id, form }: Kept['configurations'][number]) => ({
    object: 'billing_portal.configuration',
    active: true,
    id,
    ...form,
  })
  const destination = (one: Kept['destinations'][number]) => ({
    object: 'v2.core.event_destination',
    id: one.id,
    enabled_events: one.enabled_events,
    webhook_endpoint: { url: one.url, signing_secret: one.secret },
  })
  return {
    'GET /v1/billing_portal/configurations': () =>
      list(kept.configurations.map(configuration), '/v1/billing_portal/configurations'),
    'POST /v1/billing_portal/configurations': (form) => {
      const made = { id: world.id('bpc'), form }
      kept.configurations.push(made)
      return ok(configuration(made))
    },
    'POST /v1/billing_portal/configurations/:id': (form, id) => {
      const known = kept.configurations.find((one) => one.id === id)
      if (!known) return missing('configuration')
      known.form = form
      return ok(configuration(known))
    },
    'GET /v1/webhook_endpoints': () =>
      list(
        kept.endpoints.map(({ secret, ...one }) => ({
          object: 'webhook_endpoint',
          status: 'enabled',
          ...one,
        })),
        '/v1/webhook_endpoints',
      ),
    'POST /v1/webhook_endpoints': (form) => {
      const made = {
        id: world.id('we'),
        url: text(form.url),
        enabled_events: texts(form.enabled_events),
        secret: `whsec_${world.id('made')}`,
      }
      kept.endpoints.push(made)
      return ok({ object: 'webhook_endpoint', status: 'enabled', ...made })
    },
    'POST /v1/webhook_endpoints/:id': (form, id) => {
      const known = kept.endpoints.find((one) => one.id === id)
      if (!known) return missing('webhook endpoint')
      known.enabled_events = texts(form.enabled_events)
      return ok({ object: 'webhook_endpoint', status: 'enabled', ...known })
    },
    'GET /v2/core/event_destinations': () =>
      ok({ data: kept.destinations.map(destination), next_page_url: null, previous_page_url: null }),
    'POST /v2/core/event_destinations': (form) => {
      const { enabled_events: events = [], webhook_endpoint: endpoint } = destinationSchema.parse(
        JSON.parse(text(form.json)),
      )
      const made = {
        id: world.id('ed'),
        url: endpoint?.url ?? '',
        enabled_events: events,
        secret: `whsec_${world.id('made')}`,
      }
      kept.destinations.push(made)
      return ok(destination(made))
    },
  }
}

/** What each call does; undefined for an address that is not Stripe's. */
export function createRoutes(deps: Deps): (method: string, path: string, form: Form) => Answer | undefined {
  const handlers: Record<string, Handler> = {
    ...customerRoutes(deps),
    ...paymentRoutes(deps),
    ...subscriptionRoutes(deps),
    ...hostedRoutes(deps),
    ...meterRoutes(deps),
    ...catalogueRoutes(deps),
    ...setupRoutes(deps),
  }
  const routes = Object.entries(handlers).map(([name, handle]) => {
    const [method = '', path = ''] = name.split(' ')
    return { method, pattern: new RegExp(`^${path.replace(':id', '(\\w+)')}$`), handle }
  })
  return (method, path, form) => {
    for (const route of routes) {
      const match = route.method === method ? route.pattern.exec(path) : null
      if (match) return route.handle(form, match[1] ?? '')
    }
    return undefined
  }
}
