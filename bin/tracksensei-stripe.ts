import { setUpStripe } from '../src/billing/set-up-stripe.ts'
import { loadStripeSetup } from '../src/core/config.ts'

const wordOf = {
  create: ['would create', 'created'],
  update: ['would update', 'updated'],
  keep: ['in place', 'in place'],
} as const

/** What stripe-setup did, or would do, in lines for the operator. Needs no database: the service may run. */
export async function stripeSetup(isApplied: boolean): Promise<string> {
  const { stripe, baseUrl } = loadStripeSetup()
  const steps = await setUpStripe(stripe, baseUrl, !isApplied)
  const lines = steps.map(({ kind, what }) => `${wordOf[kind][isApplied ? 1 : 0].padEnd(13)} ${what}`)
  const settings = steps.flatMap(({ setting }) => (setting ? `${setting.name}=${setting.value}` : []))
  const told =
    settings.length > 0
      ? ['', 'Put these into the settings now; Stripe does not show them again:', ...settings]
      : []
  const isDone = steps.every(({ kind }) => kind === 'keep')
  const next = isApplied || isDone ? [] : ['', 'Nothing was changed. Run it again with --apply to do it.']
  return `${[...lines, ...told, ...next].join('\n')}\n`
}
