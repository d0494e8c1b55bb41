import { AxeBuilder } from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import type { Service } from '../support/start-service.ts'

/** A loaded machine is slow, not wrong; a report with encodes takes some seconds anyway. */
const TIMEOUT_MS = 30_000
/** Draws the same pages as the whole Chromium and takes a quarter less work of two cores. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium-headless-shell'

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
}

/** What a visitor's browser noticed and must never notice. */
export interface Noticed {
  offOrigin: string[]
  policyReports: string[]
  dialogs: string[]
  scriptErrors: string[]
}

export interface Visitor {
  context: BrowserContext
  page: Page
  noticed: Noticed
}

/** A fresh browser profile at the service, with everything suspicious written down from the first request on. */
export async function openVisitor(
  browser: Browser,
  service: Service,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: service.baseUrl, reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(TIMEOUT_MS)
  const noticed: Noticed = { offOrigin: [], policyReports: [], dialogs: [], scriptErrors: [] }
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${service.baseUrl}/`) && !url.startsWith('blob:')) noticed.offOrigin.push(url)
  })
  context.on('console', (message) => {
    if (/content security policy/i.test(message.text())) noticed.policyReports.push(message.text())
  })
  context.on('dialog', (dialog) => {
    noticed.dialogs.push(dialog.message())
    dialog.dismiss().catch(() => undefined)
  })
  context.on('weberror', (error) => {
    noticed.scriptErrors.push(error.error().message)
  })
  return { context, page: await context.newPage(), noticed }
}

export const nothingNoticed: Noticed = { offOrigin: [], policyReports: [], dialogs: [], scriptErrors: [] }

/** Serious and critical findings of axe, as "rule: where". */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // No frames here: without a page of its own for merging, and without listing what is well, axe takes a quarter of the time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}`))
}

/** Everything a page could keep in this browser besides cookies. */
export function keptByThePage(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...(await indexedDB.databases()).map((database) => `indexedDB ${database.name}`),
    ...('caches' in window ? await caches.keys() : []).map((key) => `cache ${key}`),
    ...(await navigator.serviceWorker.getRegistrations()).map((worker) => `service worker ${worker.scope}`),
  ])
}

/** How far the page is wider than the window, in CSS pixels. */
export function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Presses Tab until the focus is on the control with this accessible name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (element === null) return ''
      const label = element.getAttribute('aria-label')
      const id = element.getAttribute('id')
      const labelled = id === null ? null : document.querySelector(`label[for="${CSS.escape(id)}"]`)
      return label ?? labelled?.textContent ?? element.textContent ?? ''
    })
    if (name.test(focused.trim())) return
  }
  throw new Error(`Sixty presses of Tab did not reach ${name}`)
}
