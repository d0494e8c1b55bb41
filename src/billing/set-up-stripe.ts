import type { Config } from '../core/config.ts'
import { type CatalogueSpec, type CatalogueStep, setUpCatalogue } from '../platform/stripe/catalogue.ts'
import { billingIntervalSchema } from './contract.ts'
import { hintTypes, meterErrorTypes } from './hint-types.ts'
import { CURRENCY, meterNames, tierOrder, tiers } from './tiers.ts'

function catalogueOf(baseUrl: string): CatalogueSpec {
  return {
    currency: CURRENCY,
    products: tierOrder.flatMap((tier) => {
      const { prices, title, words } = tiers[tier]
      if (!prices) return []
      return {
        tier,
        title,
        words,
        prices: billingIntervalSchema.options.map((interval) => ({ interval, ...prices[interval] })),
      }
    }),
    meters: [
      { eventName: meterNames.analysis, title: 'Analyses' },
      { eventName: meterNames.message, title: 'Chat messages' },
    ],
    pages: { plan: `${baseUrl}/plan`, privacy: `${baseUrl}/privacy` },
    webhook: { url: `${baseUrl}/api/stripe/webhook`, events: hintTypes },
    meterErrors: { url: `${baseUrl}/api/stripe/meter-errors`, events: meterErrorTypes },
  }
}

/** Stripe sells what `tiers.ts` says, and tells this service what happens. @returns the steps, done or only planned */
export function setUpStripe(
  settings: NonNullable<Config['stripe']>,
  baseUrl: string,
  isDryRun: boolean,
): Promise<CatalogueStep[]> {
  return setUpCatalogue(settings, catalogueOf(baseUrl), isDryRun)
}
