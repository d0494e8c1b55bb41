import type { HostedAnswer, HostedPages } from '../support/stripe-server.ts'
import type { StripeWorld } from '../support/stripe-world.ts'

function page(title: string, button: string): HostedAnswer {
  const html = `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><form method="post"><button>${button}</button></form></html>`
  return { status: 200, html }
}

const backTo = (location: string): HostedAnswer => ({ status: 303, html: '', location })

function pay(world: StripeWorld, method: string, id: string): HostedAnswer {
  const session = world.sessions.get(id)
  if (session?.status !== 'open') return page('This page has expired', 'Reload')
  if (method === 'GET') return page('Test payment', 'Subscribe')
  return backTo(world.payCheckout(id) ? session.successUrl : session.cancelUrl)
}

function manage(world: StripeWorld, method: string, id: string): HostedAnswer {
  const portal = world.portals.get(id)
  if (!portal) return page('This page has expired', 'Reload')
  const flow = JSON.parse(JSON.stringify(portal.flow ?? {}))
  if (method === 'GET') return page('Test portal', flow.type ? 'Confirm' : 'Back')
  if (flow.type === 'subscription_cancel') world.cancelAtPeriodEnd(flow.subscription_cancel.subscription)
  const confirm = flow.subscription_update_confirm
  if (confirm) world.confirmChange(confirm.subscription, confirm.items[0].price)
  return backTo(portal.returnUrl)
}

/** Stripe's own pages, as far as a journey needs them: one button each. */
export function createHostedPages(world: StripeWorld): HostedPages {
  return (method, path) => {
    const [, kind, id] = /^\/(pay|portal)\/(\w+)$/.exec(path) ?? []
    if (id === undefined) return undefined
    return kind === 'pay' ? pay(world, method, id) : manage(world, method, id)
  }
}
