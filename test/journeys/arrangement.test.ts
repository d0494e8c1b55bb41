import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderLiveSetXml } from '../../scripts/demo/live-set-xml.ts'
import { encodeWav, renderDemo } from '../../scripts/demo/synth.ts'
import { makeWav } from '../support/sounds.ts'
import { projectRoot, type Service, startService } from '../support/start-service.ts'
import { accessibilityFaults, nothingNoticed, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { largeSet } from './large-set.ts'
import { analyse, comeBack, registerPerson } from './people.ts'

const TRACKS = 100
const ROW_PX = 36
const SET_TYPE = 'application/octet-stream'

let service: Service
let browser: Browser
let email: string
let large: string
let example: string
let withAudio: string
let bounced: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  email = await registerPerson(service)
  const small = await readFile(path.join(projectRoot, 'test/als/fixtures/example-live-12.als'))
  const set = { name: 'Example.als', mimeType: SET_TYPE, buffer: small }
  const mix = { name: 'Mix.wav', mimeType: 'audio/wav', buffer: makeWav({ seconds: 20 }) }
  large = await analyse(service, email, {
    set: { name: 'Large.als', mimeType: SET_TYPE, buffer: largeSet({ tracks: TRACKS, bars: 200 }) },
  })
  example = await analyse(service, email, { set })
  withAudio = await analyse(service, email, { set, audio: mix })
  bounced = await analyse(service, email, {
    set: { name: 'Demo.als', mimeType: SET_TYPE, buffer: gzipSync(renderLiveSetXml()) },
    audio: { name: 'Demo.wav', mimeType: 'audio/wav', buffer: encodeWav(renderDemo()) },
  })
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

async function open(page: Page, reportPath: string): Promise<void> {
  await comeBack(page, service, email)
  await page.goto(reportPath)
  await page.getByRole('heading', { name: 'Arrangement' }).waitFor()
}

const bar = (page: Page) =>
  page.getByRole('slider', { name: 'Bar in the set' }).getAttribute('aria-valuetext')
const rows = (page: Page) => page.getByRole('listbox', { name: 'Tracks of the arrangement' })
const canvasHeight = (page: Page) =>
  rows(page)
    .locator('canvas')
    .evaluate((canvas) => canvas.clientHeight)

describe('the arrangement of a set', () => {
  test('is walked by key: bars on the ruler, tracks in the list, groups fold, automation opens', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await open(page, example)
    const ruler = page.getByRole('slider', { name: 'Bar in the set' })
    await ruler.press('ArrowRight')
    await ruler.press('Shift+ArrowRight')
    expect(await bar(page)).toBe('bar 6.1')
    await ruler.press('ArrowLeft')
    expect(await bar(page)).toBe('bar 5.1')
    await ruler.press('End')
    expect(await bar(page)).toBe('bar 33.1')
    const names = () => rows(page).getByRole('option').allInnerTexts()
    const before = await names()
    expect(before).toHaveLength(4)
    await rows(page).press('ArrowDown')
    expect(await rows(page).getByRole('option', { selected: true }).innerText()).toContain('Drums')
    await rows(page).press('Enter')
    expect(await names()).toHaveLength(2)
    await rows(page).press('ArrowDown')
    expect(await rows(page).getByRole('option', { selected: true }).innerText()).toContain('Pad')
    await rows(page).press('Enter')
    expect((await names()).at(-1)).toBe('volume, 2 points')
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('reads as a list of tracks, clips and bars, where a locator is a button', async () => {
    const { context, page } = await openVisitor(browser, service)
    await open(page, example)
    await page.getByText('Arrangement as a list').click()
    expect(await page.getByRole('row', { name: /^Kick Kick/ }).innerText()).toMatch(
      /Kick\s+Kick · bars 1\.1 to 33\.1 · Beats · −1\.5 dB/,
    )
    await page.getByRole('button', { name: 'bar 17.1 Drop' }).click()
    expect(await bar(page)).toBe('bar 17.1')
    await context.close()
  })

  test('shares the axis of the audio and says that bar 1 is drawn at its start', async () => {
    const { context, page } = await openVisitor(browser, service, { viewport: { width: 1280, height: 900 } })
    await open(page, withAudio)
    await page.getByText('Bar 1 is drawn at the start of the audio').waitFor()
    const waveform = page.locator('.u-over').first()
    const width = (await waveform.boundingBox())?.width ?? Number.NaN
    // At 124 BPM the ninth bar begins after 32 beats, 15.484 s: 77.42 % of the 20 s of audio.
    await waveform.click({ position: { x: width * 0.778, y: 20 } })
    expect(await bar(page)).toBe('bar 9.1')
    const box = await rows(page).boundingBox()
    const plot = await waveform.boundingBox()
    await rows(page).click({ position: { x: (plot?.x ?? 0) - (box?.x ?? 0) + width / 2, y: ROW_PX + 5 } })
    expect(
      await page.getByRole('slider', { name: 'Place in the track' }).getAttribute('aria-valuetext'),
    ).toBe('0:10 of 0:20')
    expect(await rows(page).getByRole('option', { selected: true }).innerText()).toContain('Kick')
    await context.close()
  })

  test('a result of the set check leads to its device', async () => {
    const { context, page } = await openVisitor(browser, service)
    await open(page, example)
    await page.getByRole('button', { name: /^Main · Limiter$/ }).click()
    expect(await page.evaluate(() => document.activeElement?.closest('details')?.id)).toBe('set.T6.devices')
    await page.getByText('ceiling', { exact: true }).waitFor()
    await context.close()
  })

  test('says whether the file was bounced from the set, and why; a track named there is shown', async () => {
    const { context, page, noticed } = await openVisitor(browser, service, {
      viewport: { width: 360, height: 800 },
    })
    await open(page, bounced)
    const together = page.getByRole('region', { name: 'Set and mix' })
    expect(await together.innerText()).toMatch(
      /is a bounce of the set as it stands.*For\s+.*The tempo heard, 124\.0 BPM, is that of the set/s,
    )
    expect(await together.innerText()).toMatch(/main Limiter raises everything by 3 dB/)
    const named = together.getByRole('listitem').filter({ hasText: 'Nothing in the file follows this track' })
    const track = named.getByRole('button').first()
    const name = await track.innerText()
    await track.click()
    expect(await rows(page).getByRole('option', { selected: true }).innerText()).toContain(name)
    expect(await overflowPx(page)).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('a hundred tracks keep only the visible rows in the page and one canvas as high as its window', async () => {
    const { context, page } = await openVisitor(browser, service, { viewport: { width: 1280, height: 900 } })
    await open(page, large)
    expect(await rows(page).getByRole('option').count()).toBeLessThan(30)
    expect(await canvasHeight(page)).toBeLessThanOrEqual(442)
    await rows(page).evaluate((box) => {
      box.scrollTop = box.scrollHeight
    })
    await rows(page).getByText('Track 99').waitFor()
    expect(await rows(page).getByRole('option').count()).toBeLessThan(30)
    await context.close()
  })

  test('on paper all of its rows are drawn, and the screen gets its window back', async () => {
    const { context, page } = await openVisitor(browser, service, { viewport: { width: 1280, height: 900 } })
    await open(page, large)
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    expect(await canvasHeight(page)).toBeGreaterThanOrEqual(TRACKS * ROW_PX)
    expect(await rows(page).getByRole('option').count()).toBeGreaterThanOrEqual(TRACKS)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    expect(await canvasHeight(page)).toBeLessThanOrEqual(442)
    await context.close()
  })

  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 360 },
  ] as const)('has no serious accessibility fault and fits, $colorScheme at $width px', async (look) => {
    const { context, page } = await openVisitor(browser, service, {
      colorScheme: look.colorScheme,
      viewport: { width: look.width, height: 800 },
    })
    await comeBack(page, service, email)
    for (const reportPath of [example, withAudio]) {
      await page.goto(reportPath)
      await page.getByText('Arrangement as a list').click()
      for (const chain of await page.locator('#set details').all())
        await chain.locator('summary').first().click()
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await overflowPx(page)).toBe(0)
    }
    await context.close()
  })
})
