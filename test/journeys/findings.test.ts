import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blankWav } from '../../scripts/demo/wav-header.ts'
import { type Service, startService } from '../support/start-service.ts'
import { accessibilityFaults, nothingNoticed, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { analyse, comeBack, registerPerson } from './people.ts'

const RATE_HZ = 44_100
const SECONDS = 24
const NOTE_SECONDS = 0.25
const CLICKS_AT_SECONDS = [2, 3, 4, 5, 6, 7, 8, 9]

/** A number that looks drawn by lot, 0…1, the same each time. */
const lot = (index: number) => Math.abs(Math.sin(12.9898 * index) * 43_758.5453) % 1

/** Notes of changing pitch and level, the same on both sides; single samples of full scale at these seconds. */
function melody(clicksAtSeconds: readonly number[], level = 0.5): Buffer {
  const wav = blankWav(SECONDS * RATE_HZ, RATE_HZ)
  let phase = 0
  const write = (frame: number, value: number) => {
    wav.writeInt16LE(value, 44 + 4 * frame)
    wav.writeInt16LE(value, 46 + 4 * frame)
  }
  for (let frame = 0; frame < SECONDS * RATE_HZ; frame += 1) {
    const note = Math.floor(frame / RATE_HZ / NOTE_SECONDS)
    phase += (2 * Math.PI * 110 * 2 ** (Math.floor(36 * lot(note)) / 12)) / RATE_HZ
    const since = frame / RATE_HZ - note * NOTE_SECONDS
    const swell = (1 - Math.exp(-400 * since)) * Math.exp(-6 * since) * (1 - since / NOTE_SECONDS)
    write(frame, Math.round(32_767 * level * (0.2 + 0.8 * lot(note + 500)) * swell * Math.sin(phase)))
  }
  for (const at of clicksAtSeconds) write(Math.round((at + 0.2) * RATE_HZ), 32_767)
  return wav
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'audio/wav', buffer })
const FAULTY = file('Secret heron.wav', melody(CLICKS_AT_SECONDS))

let service: Service
let browser: Browser
let email: string
let reportPath: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  email = await registerPerson(service)
  reportPath = await analyse(service, email, { audio: FAULTY })
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

const card = (page: Page, title: RegExp) =>
  page.getByRole('listitem').filter({
    has: page.getByRole('heading', { level: 3, name: title }),
  })

async function openReport(page: Page): Promise<void> {
  await comeBack(page, service, email)
  await page.goto(reportPath)
  await page.getByRole('region', { name: 'Findings' }).waitFor()
}

describe('the findings of a report', () => {
  test('are cards with place, number, remedy and check; a place seeks and lights up; a band is heard alone', async () => {
    const { context, page, noticed } = await openVisitor(browser, service, {
      viewport: { width: 1440, height: 900 },
    })
    await openReport(page)
    const clicks = card(page, /click/i)
    expect(await clicks.innerText()).toMatch(
      /Moderate\s+Technical\s+.*like it were true.*8.*raises nothing.*Do this:.*Check:/s,
    )
    await clicks.getByRole('button', { name: /^0:03\.2/ }).click()
    const place = page.getByRole('slider', { name: 'Place in the track' })
    expect(await place.getAttribute('aria-valuetext')).toBe('0:03 of 0:24')
    expect(await page.locator('[data-lit-place]').count()).toBeGreaterThanOrEqual(
      2 * CLICKS_AT_SECONDS.length,
    )
    await page.getByRole('list', { name: 'Findings on the time axis' }).getByRole('button').first().click()
    await expect.poll(() => page.locator('[id^="findings."][data-lit]').count()).toBe(1)

    await page.getByLabel(/^Choose Secret heron/).setInputFiles([FAULTY])
    await page.getByText(/more findings?$/).click()
    const alone = page.getByRole('status').filter({ hasText: /Hz alone/ })
    await page
      .getByRole('button', { name: /^Hear .* alone$/ })
      .first()
      .click()
    await alone.waitFor()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.getByRole('button', { name: 'Hear everything' }).first().click()
    await expect.poll(() => alone.count()).toBe(0)
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('are shown by area; the score says what lowers it; what is intended is no priority until that is taken back', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await openReport(page)
    const titles = () => page.locator('[id^="findings."] h3').filter({ visible: true }).allInnerTexts()
    const all = await titles()
    await page.getByRole('button', { name: /^Stereo \d/ }).click()
    expect(await titles()).toHaveLength(1)
    await page.getByRole('button', { name: /^All \d/ }).click()
    expect(await titles()).toEqual(all)

    const technical = page.locator('details').filter({ hasText: /^Technical/ })
    await technical.locator('summary').click()
    expect(await technical.innerText()).toMatch(/−\d+\.\d .*click/is)

    await card(page, /click/i).getByRole('button', { name: 'This is intended' }).click()
    await page.getByText('1 intended by you').click()
    await page.getByText('Intended by you: it is no priority').waitFor()
    expect((await titles()).filter((title) => /^\d/.test(title)).join()).not.toMatch(/click/i)
    expect(await technical.innerText()).not.toMatch(/click/i)
    await page.reload()
    await page.getByText('1 intended by you').click()
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect.poll(titles).toEqual(all)
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('go to the clipboard as a brief', async () => {
    const { context, page } = await openVisitor(browser, service)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openReport(page)
    await page.getByRole('button', { name: 'Copy as a brief for the mix engineer' }).click()
    await page.getByText('Copied as Markdown.').waitFor()
    const brief = await page.evaluate(() => navigator.clipboard.readText())
    expect(brief).toMatch(
      /^# Secret heron\.wav\nMix\n.*## To do first\n1\. \*\*.*Where: 0:02.*## Numbers\n- Length: 0:24/s,
    )
    await context.close()
  })

  test.each([
    { colorScheme: 'light', width: 1440 },
    { colorScheme: 'dark', width: 360 },
  ] as const)('have no serious accessibility fault and fit, $colorScheme at $width px', async (look) => {
    const viewport = { width: look.width, height: 800 }
    const { context, page } = await openVisitor(browser, service, { colorScheme: look.colorScheme, viewport })
    await openReport(page)
    await page.evaluate(() => {
      for (const summary of document.querySelectorAll<HTMLElement>('main details:not([open]) > summary'))
        summary.click()
    })
    await page.getByText('Nobody else can see this report.').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await overflowPx(page)).toBe(0)
    await context.close()
  })
})

describe('a shared report', () => {
  test('is read by a stranger without names, without chat, without a cookie, until the link is revoked', async () => {
    const owner = await openVisitor(browser, service)
    await openReport(owner.page)
    await owner.page.getByText('Share a read-only link').click()
    await owner.page.getByText('Nobody else can see this report.').waitFor()
    await owner.page.getByRole('button', { name: 'Make a link' }).click()
    const url = await owner.page.getByLabel('The link; it is shown this once').inputValue()

    const reader = await openVisitor(browser, service, {
      colorScheme: 'dark',
      viewport: { width: 360, height: 800 },
    })
    const addresses: string[] = []
    reader.context.on('request', (request) =>
      addresses.push(`${request.url()} ${request.headers().referer ?? ''}`),
    )
    const opened = await reader.page.goto(url)
    expect(opened?.headers()['x-robots-tag']).toBe('noindex, nofollow')
    await reader.page.getByRole('heading', { name: 'A mix', level: 1 }).waitFor()
    await reader.page.getByRole('heading', { name: 'Numbers' }).waitFor()
    expect(await reader.page.content()).not.toMatch(/secret heron/i)
    expect(await reader.page.getByText('Ask about this track').count()).toBe(0)
    expect(await reader.page.getByRole('button', { name: /agree|intended|Delete|Use this/ }).count()).toBe(0)
    expect(await accessibilityFaults(reader.page)).toEqual([])
    expect(await overflowPx(reader.page)).toBe(0)
    expect(await reader.context.cookies()).toEqual([])
    const token = url.split('#token=')[1] ?? ''
    expect(addresses.filter((address) => address.split('#')[0]?.includes(token))).toEqual([])
    expect(reader.noticed).toEqual(nothingNoticed)

    await owner.page.getByRole('button', { name: 'Revoke' }).click()
    await owner.page.getByText('Nobody else can see this report.').waitFor()
    await reader.page.reload()
    await reader.page.getByText('This link does not work', { exact: true }).waitFor()
    expect(owner.noticed).toEqual(nothingNoticed)
    await owner.context.close()
    await reader.context.close()
  })
})

describe('a new version, compared with a reference', () => {
  test('says what is fixed and what is still there, whether the advice was followed, and stands beside the reference', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await comeBack(page, service, email)
    await page.goto(reportPath)
    await page.getByRole('link', { name: 'New version' }).click()
    await page.getByLabel('Audio and Live set files').setInputFiles([file('Heron 2.wav', melody([]))])
    await page.getByLabel('Reference file').setInputFiles([file('Their hit.wav', melody([], 0.9))])
    await page.getByRole('button', { name: 'Upload and analyse' }).click()
    await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
    const changes = page.getByRole('region', { name: 'Against the earlier version' })
    await changes.waitFor()
    expect(await changes.innerText()).toMatch(/Fixed \(\d\).*click.*Still there/is)
    expect(await changes.innerText()).toMatch(/Scores: overall \d+ → \d+/)
    const comparison = page.getByRole('region', { name: 'Against the reference' })
    expect(await comparison.innerText()).toContain('Against Their hit.wav')
    expect(await accessibilityFaults(page)).toEqual([])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })
})
