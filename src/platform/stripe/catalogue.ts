import type Stripe from 'stripe'
import { createStripeClient, idOf, type StripeSettings } from './client.ts'
import type { EventType } from './events.ts'
import { PORTAL_METADATA } from './hosted-pages.ts'
import { TIER_METADATA } from './read-customer.ts'

export interface CatalogueSpec {
  /** ISO 4217, lower case. */
  currency: string
  products: {
    tier: string
    title: string
    words: string
    prices: { lookupKey: string; interval: 'month' | 'year'; amountCents: number }[]
  }[]
  meters: { eventName: string; title: string }[]
  pages: { plan: string; privacy: string }
  webhook: { url: string; events: EventType[] }
  meterErrors: { url: string; events: string[] }
}

export interface CatalogueStep {
  kind: 'create' | 'update' | 'keep'
  what: string
  /** A setting that Stripe shows only in this moment. */
  setting?: { name: string; value: string }
}

/** Adds or corrects one thing; with `isDryRun` it is only said what would be done. */
interface Setup {
  client: Stripe
  spec: CatalogueSpec
  isDryRun: boolean
  steps: CatalogueStep[]
}

const API_VERSION = '2026-10-28.endive'

async function setUpProduct(
  setup: Setup,
  product: CatalogueSpec['products'][number],
): Promise<string | null> {
  const { client, isDryRun, steps } = setup
  const { tier, title, words } = product
  const facts = { name: `TrackSensei ${title}`, description: words }
  for await (const known of client.products.list({ active: true, limit: 100 })) {
    if (known.metadata[TIER_METADATA] !== tier) continue
    const isSame = known.name === facts.name && known.description === facts.description
    steps.push({ kind: isSame ? 'keep' : 'update', what: `product ${facts.name}` })
    if (!isSame && !isDryRun) await client.products.update(known.id, facts)
    return known.id
  }
  steps.push({ kind: 'create', what: `product ${facts.name}` })
  if (isDryRun) return null
  return (await client.products.create({ ...facts, metadata: { [TIER_METADATA]: tier } })).id
}

async function setUpPrice(
  setup: Setup,
  product: { id: string | null; tier: string },
  price: CatalogueSpec['products'][number]['prices'][number],
): Promise<string | null> {
  const { client, spec, isDryRun, steps } = setup
  const { lookupKey, interval, amountCents } = price
  const what = `price ${lookupKey}: ${(amountCents / 100).toFixed(2)} ${spec.currency} a ${interval}`
  const { data } = await client.prices.list({ lookup_keys: [lookupKey], limit: 1 })
  const [known] = data
  const isSame =
    known?.active === true &&
    known.unit_amount === amountCents &&
    known.currency === spec.currency &&
    known.recurring?.interval === interval &&
    idOf(known.product) === product.id &&
    known.metadata[TIER_METADATA] === product.tier
  steps.push({ kind: isSame ? 'keep' : known ? 'update' : 'create', what })
  if (isSame) return known.id
  if (isDryRun || product.id === null) return null
  // Amounts cannot be changed: a new price takes over the key. Who pays the old one keeps it.
  const made = await client.prices.create({
    product: product.id,
    currency: spec.currency,
    unit_amount: amountCents,
    recurring: { interval },
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { [TIER_METADATA]: product.tier },
  })
  if (known) await client.prices.update(known.id, { active: false })
  return made.id
}

interface Sold {
  product: string
  prices: string[]
}

async function setUpProducts(setup: Setup): Promise<Sold[]> {
  const sold: Sold[] = []
  for (const product of setup.spec.products) {
    const id = await setUpProduct(setup, product)
    const prices: string[] = []
    for (const price of product.prices) {
      const priceId = await setUpPrice(setup, { id, tier: product.tier }, price)
      if (priceId !== null) prices.push(priceId)
    }
    if (id !== null) sold.push({ product: id, prices })
  }
  return sold
}

async function setUpMeters({ client, spec, isDryRun, steps }: Setup): Promise<void> {
  const known = new Set<string>()
  for await (const meter of client.billing.meters.list({ status: 'active', limit: 100 }))
    known.add(meter.event_name)
  for (const { eventName, title } of spec.meters) {
    const isKnown = known.has(eventName)
    steps.push({ kind: isKnown ? 'keep' : 'create', what: `meter ${eventName}` })
    if (isKnown || isDryRun) continue
    await client.billing.meters.create({
      display_name: title,
      event_name: eventName,
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    })
  }
}

/** More is charged at once; less, and cancelling, come at the end of what is paid. */
function portalParams(spec: CatalogueSpec, sold: Sold[]) {
  return {
    business_profile: { privacy_policy_url: spec.pages.privacy },
    default_return_url: spec.pages.plan,
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        trial_update_behavior: 'continue_trial',
        proration_behavior: 'always_invoice',
        products: sold,
        schedule_at_period_end: {
          conditions: [{ type: 'decreasing_item_amount' }, { type: 'shortening_interval' }],
        },
      },
    },
    metadata: { [PORTAL_METADATA]: JSON.stringify(sold).length > 480 ? 'yes' : JSON.stringify(sold) },
  } satisfies Stripe.BillingPortal.ConfigurationCreateParams
}

async function setUpPortal({ client, spec, isDryRun, steps }: Setup, sold: Sold[]): Promise<void> {
  const params = portalParams(spec, sold)
  for await (const known of client.billingPortal.configurations.list({ active: true, limit: 100 })) {
    const mark = known.metadata?.[PORTAL_METADATA]
    if (mark === undefined) continue
    const isSame =
      mark === params.metadata[PORTAL_METADATA] &&
      known.default_return_url === spec.pages.plan &&
      known.business_profile.privacy_policy_url === spec.pages.privacy
    steps.push({ kind: isSame ? 'keep' : 'update', what: 'customer portal' })
    if (!isSame && !isDryRun) await client.billingPortal.configurations.update(known.id, params)
    return
  }
  steps.push({ kind: 'create', what: 'customer portal' })
  if (!isDryRun) await client.billingPortal.configurations.create(params)
}

function isSameList(known: string[], wanted: string[]): boolean {
  return known.length === wanted.length && wanted.every((one) => known.includes(one))
}

async function setUpWebhook({ client, spec, isDryRun, steps }: Setup): Promise<void> {
  const { url, events } = spec.webhook
  const what = `webhook endpoint ${url}`
  for await (const known of client.webhookEndpoints.list({ limit: 100 })) {
    if (known.url !== url) continue
    const isSame = isSameList(known.enabled_events, events) && known.status === 'enabled'
    steps.push({ kind: isSame ? 'keep' : 'update', what })
    if (!isSame && !isDryRun)
      await client.webhookEndpoints.update(known.id, { enabled_events: events, disabled: false })
    return
  }
  if (isDryRun) return void steps.push({ kind: 'create', what })
  const made = await client.webhookEndpoints.create({ url, enabled_events: events, api_version: API_VERSION })
  const setting =
    made.secret === undefined ? {} : { setting: { name: 'STRIPE_WEBHOOK_SECRET', value: made.secret } }
  steps.push({ kind: 'create', what, ...setting })
}

async function setUpMeterErrors({ client, spec, isDryRun, steps }: Setup): Promise<void> {
  const { url, events } = spec.meterErrors
  const what = `event destination ${url}`
  for await (const known of client.v2.core.eventDestinations.list({
    include: ['webhook_endpoint.url'],
    limit: 100,
  })) {
    if (known.webhook_endpoint?.url !== url) continue
    const isSame = isSameList(known.enabled_events, events)
    steps.push({ kind: isSame ? 'keep' : 'update', what })
    if (!isSame && !isDryRun)
      await client.v2.core.eventDestinations.update(known.id, { enabled_events: events })
    return
  }
  if (isDryRun) return void steps.push({ kind: 'create', what })
  const made = await client.v2.core.eventDestinations.create({
    name: 'TrackSensei: usage that was not counted',
    type: 'webhook_endpoint',
    event_payload: 'thin',
    enabled_events: events,
    webhook_endpoint: { url },
    include: ['webhook_endpoint.signing_secret'],
  })
  const secret = made.webhook_endpoint?.signing_secret
  const setting =
    secret === undefined ? {} : { setting: { name: 'STRIPE_METER_WEBHOOK_SECRET', value: secret } }
  steps.push({ kind: 'create', what, ...setting })
}

/**
 * Stripe's account holds products, prices, meters, portal and endpoints as they are said here; running it again changes
 * nothing. @returns what was done, or with `isDryRun` what would be
 */
export async function setUpCatalogue(
  settings: StripeSettings,
  spec: CatalogueSpec,
  isDryRun: boolean,
): Promise<CatalogueStep[]> {
  const setup: Setup = { client: createStripeClient(settings), spec, isDryRun, steps: [] }
  const sold = await setUpProducts(setup)
  await setUpMeters(setup)
  await setUpPortal(setup, sold)
  await setUpWebhook(setup)
  await setUpMeterErrors(setup)
  return setup.steps
}
