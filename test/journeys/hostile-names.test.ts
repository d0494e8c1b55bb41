import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/report/contract.ts'
import { type Service, startService } from '../support/start-service.ts'
import { nothingNoticed, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { HOSTILE_NAMES, hostileSet } from './hostile-names.ts'
import { ask, logIn, uploadAndWait } from './pages.ts'
import { comeBack, cookieFor, registerPerson } from './people.ts'

/** Characters that hide, or turn the text around them: none may reach a page. */
const HIDDEN = /[\p{Cc}\u202a-\u202e\u2060-\u206f\u200b\u200e\u200f\ufeff\u{e0000}-\u{e0fff}]/u

let service: Service
let browser: Browser
let email: string
let reportPath: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  email = await registerPerson(service)
  const { context, page, noticed } = await openVisitor(browser, service)
  await logIn(page, email)
  const buffer = hostileSet(HOSTILE_NAMES)
  reportPath = await uploadAndWait(page, [
    { name: 'Hostile.als', mimeType: 'application/octet-stream', buffer },
  ])
  expect(noticed).toEqual(nothingNoticed)
  await context.close()
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

/** Opens and walks through everything on the page that shows a name. */
async function readAll(page: Page): Promise<void> {
  await page.goto(reportPath)
  await page.getByRole('heading', { name: 'Arrangement' }).waitFor()
  await page.getByText('Arrangement as a list').click()
  await page.evaluate(() => {
    for (const summary of document.querySelectorAll<HTMLElement>('main details:not([open]) > summary'))
      summary.click()
  })
  const rows = page.getByRole('listbox', { name: 'Tracks of the arrangement' })
  const steps = await rows.evaluate((box) => Math.ceil(box.scrollHeight / box.clientHeight))
  for (let step = 0; step <= steps; step++) {
    await rows.evaluate((box, at) => {
      box.scrollTop = at * box.clientHeight
    }, step)
    await rows.hover({ position: { x: 120, y: 60 } })
  }
  await page.getByRole('slider', { name: 'Bar in the set' }).press('+')
}

describe('two hundred hostile names on tracks, devices, clips and locators', () => {
  test('are two hundred, all different', () => {
    expect(new Set(HOSTILE_NAMES).size).toBe(HOSTILE_NAMES.length)
    expect(HOSTILE_NAMES.length).toBeGreaterThanOrEqual(200)
  })

  test('TS-44: come out of the API as data, cleaned of what hides or turns text, at most 255 characters long', async () => {
    const response = await fetch(`${service.baseUrl}/api/analyses/${reportPath.split('/').at(-1)}`, {
      headers: { cookie: await cookieFor(service, email) },
    })
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const { report } = await response.json()
    const { set, preflight } = reportSchema.parse(report)
    const names = set?.tracks.flatMap((track) => [
      track.name,
      ...track.devices.map(({ name }) => name),
      ...track.clipList.map(({ name }) => name),
    ])
    expect(names?.length).toBeGreaterThan(3 * HOSTILE_NAMES.length)
    expect(preflight?.results.length).toBeGreaterThan(0)
    for (const name of [...(names ?? []), ...(set?.locators.map((locator) => locator.name) ?? [])]) {
      expect(name).not.toMatch(HIDDEN)
      expect(name.length).toBeLessThanOrEqual(255)
    }
  })

  test.each([1280, 360])('TS-44: run nothing, ask nobody and break no layout, at %i px', async (width) => {
    const { context, page, noticed } = await openVisitor(browser, service, {
      viewport: { width, height: 800 },
    })
    await comeBack(page, service, email)
    await readAll(page)
    await ask(page, 'Which tracks have no devices?')
    await page.getByRole('button', { name: 'Copy the answer' }).first().waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'harmed'))).toBeUndefined()
    expect(
      await page
        .locator('main :is(script, iframe, object, embed, form[action^="http"], a[href^="javascript"])')
        .count(),
    ).toBe(0)
    expect(await overflowPx(page)).toBe(0)
    expect(noticed).toEqual(nothingNoticed)
    // The whole name is readable as text where it stands.
    expect(
      await page.locator('#set').getByText("<script>window.harmed='yes'</script>", { exact: true }).count(),
    ).toBeGreaterThan(0)
    await context.close()
  })
})
