import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setUpStripe } from '../../src/billing/set-up-stripe.ts'
import { signedEvent, WEBHOOK_SECRET } from '../billing/paying.ts'
import { type Service, startService } from '../support/start-service.ts'
import { type StripeServer, startStripeServer } from '../support/stripe-server.ts'
import { accessibilityFaults, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { createHostedPages } from './hosted-pages.ts'
import { makeLiveSet } from './live-set-file.ts'
import { logIn } from './pages.ts'
import { cookieFor, registerPerson } from './people.ts'

let stripe: StripeServer
let service: Service
let browser: Browser
let postman: NodeJS.Timeout

/** What happens at Stripe is told to the service a moment later, as it would be. */
function startPostman(): NodeJS.Timeout {
  let told = 0
  return setInterval(() => {
    for (const event of stripe.world.events.slice(told)) {
      const { payload, signature } = signedEvent(event, new Date())
      const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
      fetch(`${service.baseUrl}/api/stripe/webhook`, { method: 'POST', headers, body: payload }).catch(
        () => undefined,
      )
    }
    told = stripe.world.events.length
  }, 200)
}

beforeAll(async () => {
  await requireBuiltPages()
  stripe = await startStripeServer(() => new Date(), { pages: createHostedPages })
  service = await startService({
    STRIPE_SECRET_KEY: 'sk_test_1',
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    STRIPE_API_BASE: stripe.url,
  })
  const settings = {
    secretKey: 'sk_test_1',
    apiBase: stripe.url,
    webhookSecrets: [],
    meterWebhookSecrets: [],
  }
  await setUpStripe(settings, service.baseUrl, false)
  browser = await openBrowser()
  postman = startPostman()
})

afterAll(async () => {
  clearInterval(postman)
  await browser.close()
  await service.close()
  await stripe.close()
})

/** Uses up the free plan's five analyses, without any page. */
async function spendAll(cookie: string): Promise<void> {
  for (let count = 0; count < 5; count += 1) {
    const form = new FormData()
    form.set('set', new Blob([new Uint8Array(makeLiveSet(['Bass']))]), 'song.als')
    const headers = { cookie, 'x-ts': '1', origin: service.baseUrl }
    const response = await fetch(`${service.baseUrl}/api/uploads`, { method: 'POST', headers, body: form })
    expect(response.status).toBe(202)
  }
}

async function paid(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Subscribe' }).click()
  await page.getByText('Your new plan holds').waitFor()
}

describe('plans', () => {
  test('at the limit a larger plan is bought in another window, the files stay, and later it is told when it ends (TS-15, TS-17)', async () => {
    const email = await registerPerson(service)
    await spendAll(await cookieFor(service, email))
    const { context, page, noticed } = await openVisitor(browser, service)
    await logIn(page, email)
    await page.goto('/upload')
    await page.getByText('No analyses left in this period').waitFor()
    const file = { name: 'my song.als', mimeType: 'application/octet-stream', buffer: makeLiveSet(['Lead']) }
    await page.getByLabel('Audio and Live set files').setInputFiles([file])
    const send = page.getByRole('button', { name: 'Upload and analyse' })
    expect(await send.isDisabled()).toBe(true)

    const [checkout] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: 'Go on with Pro' }).click(),
    ])
    await paid(checkout)
    expect(
      await checkout.evaluate(() => document.querySelectorAll('input[autocomplete^="cc-"]').length),
    ).toBe(0)
    await checkout.close()

    // The window that was left open has changed by itself; the file is still there.
    await expect.poll(() => send.isEnabled()).toBe(true)
    expect(await page.getByText('my song.als').count()).toBe(1)
    await page.getByText('60 of 60 analyses left').waitFor()
    await send.click()
    await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
    await page.getByRole('heading', { name: 'Ask about this track' }).waitFor()

    await page.goto('/plan')
    await page.getByText('You are on the Pro plan').waitFor()
    await page.getByText('Your trial lasts until').waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Analysis', exact: true }).count()).toBe(6)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await overflowPx(page)).toBeLessThanOrEqual(0)

    await page.getByText('Until then you keep Pro as it is').first().waitFor()
    await page.getByRole('button', { name: 'Change to Free' }).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByText(/^Pro ends on \d+ \w+ \d{4}$/).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Keep Pro instead' }).click()
    await expect.poll(() => page.getByText('Pro ends on').count()).toBe(0)

    const elsewhere = noticed.offOrigin.filter((url) => !url.startsWith(`${stripe.url}/p`))
    expect(elsewhere.filter((url) => !url.startsWith('about:'))).toEqual([])
    expect([noticed.policyReports, noticed.scriptErrors, noticed.dialogs]).toEqual([[], [], []])
    await context.close()
  })

  test('at the last message the question stays in its field while a larger plan is bought', async () => {
    const email = await registerPerson(service)
    const { context, page } = await openVisitor(browser, service)
    await logIn(page, email)
    await page.goto('/upload')
    const file = { name: 'talk.als', mimeType: 'application/octet-stream', buffer: makeLiveSet(['Pad']) }
    await page.getByLabel('Audio and Live set files').setInputFiles([file])
    await page.getByRole('button', { name: 'Upload and analyse' }).click()
    await page.getByRole('heading', { name: 'Ask about this track' }).waitFor()
    const analysis = new URL(page.url()).pathname.split('/').at(-1)
    const headers = {
      cookie: await cookieFor(service, email),
      origin: service.baseUrl,
      'content-type': 'application/json',
    }
    for (let count = 0; count < 30; count += 1) {
      const body = JSON.stringify({ text: `Question ${count}: how fast is it?` })
      const answer = await fetch(`${service.baseUrl}/api/analyses/${analysis}/messages`, {
        method: 'POST',
        headers,
        body,
      })
      expect(answer.status).toBe(200)
      await answer.text()
    }
    await page.reload()
    await page.getByLabel('Your question').fill('And what is the key?')
    const [checkout] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('button', { name: 'Go on with Pro' }).click(),
    ])
    await paid(checkout)
    await checkout.close()
    await page.getByText('600 of 600 messages left').waitFor()
    expect(await page.getByLabel('Your question').inputValue()).toBe('And what is the key?')
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).isEnabled()).toBe(true)
    await context.close()
  })
})
