import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/report/contract.ts'
import { differenceWords, popularCurve } from '../../web/report/popular-curve.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { accessibilityFaults, nothingNoticed, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { analyse, comeBack, registerPerson } from './people.ts'

/** One kilohertz, both sides equal, no beat: the strongest third octave is that of 1 kHz, and nothing is lost in mono. */
const TONE = makeWav({ seconds: 8, frequencyHz: 1000, amplitude: 0.25, sampleRateHz: 48_000 })

let service: Service
let browser: Browser
let email: string
let reportPath: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  email = await registerPerson(service)
  const audio = { name: 'Tone.wav', mimeType: 'audio/wav', buffer: TONE }
  reportPath = await analyse(service, email, { audio })
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

async function openReport(page: Page): Promise<void> {
  await comeBack(page, service, email)
  await page.goto(reportPath)
  await page.getByRole('heading', { name: 'Over time' }).waitFor()
}

describe('the depth of a report', () => {
  test('a tone shows its own band, an equal stereo image, and no tempo, and only the faults it has', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await openReport(page)
    expect(await page.locator('[id="spectrum.spectrogram"]').innerText()).toMatch(
      /Strongest at 0:00\.0:\s*1 kHz/,
    )
    await page.getByText('All bands in figures').click()
    expect(await page.getByText(/^1 kHz: −?0\.\d dB/).count()).toBe(1)
    const mid = await page.getByRole('row', { name: /^Mid / }).innerText()
    expect(mid).toMatch(/\+1\.00/)
    await page.getByText('No tempo: nothing repeats clearly enough.').waitFor()
    // The tone is as loud in its last moment as before, and its two channels are one.
    expect(await page.locator('#faults li').allInnerTexts()).toEqual([
      'It is still loud in its last 20 ms: the ending may be cut off.',
      'Both channels are the same: a mono track in a stereo file.',
    ])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('every curve shares one time axis: a click in the spectrogram seeks, zooming there zooms the waveform', async () => {
    const { context, page } = await openVisitor(browser, service, { viewport: { width: 1440, height: 900 } })
    await openReport(page)
    const place = page.getByRole('slider', { name: 'Place in the track' })
    const curves = page.getByRole('slider', { name: 'Position in the curves' })
    const cells = page.locator('[id="spectrum.spectrogram"] .u-over')
    const width = (await cells.boundingBox())?.width ?? Number.NaN
    await cells.click({ position: { x: width * 0.55, y: 40 } })
    expect(await place.getAttribute('aria-valuetext')).toBe('0:04 of 0:08')
    await curves.press('ArrowRight')
    expect(await place.getAttribute('aria-valuetext')).toBe('0:05 of 0:08')
    const whole = page.getByRole('button', { name: 'Show the whole track' })
    expect(await whole.isDisabled()).toBe(true)
    await curves.press('+')
    expect(await whole.isEnabled()).toBe(true)
    await context.close()
  })

  test('the download is the whole report as the contract describes it', async () => {
    const { context, page } = await openVisitor(browser, service)
    await openReport(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the numbers (JSON)' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('Tone report.json')
    const report = reportSchema.parse(JSON.parse(await readFile(await download.path(), 'utf8')))
    expect(report.source?.durationSeconds).toBe(8)
    await context.close()
  })

  test('on paper stands the report alone, and it turns light', async () => {
    const { context, page } = await openVisitor(browser, service, { colorScheme: 'dark' })
    await openReport(page)
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light')
    expect(await page.getByRole('heading', { name: 'Numbers' }).isVisible()).toBe(true)
    for (const name of ['Ask about this track', 'Main']) {
      expect(await page.getByLabel(name).or(page.getByRole('heading', { name })).first().isVisible()).toBe(
        false,
      )
    }
    await page.emulateMedia({ media: 'screen' })
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    await context.close()
  })

  test.each([
    { colorScheme: 'light', width: 1440 },
    { colorScheme: 'dark', width: 360 },
  ] as const)('has no serious accessibility fault and fits, $colorScheme at $width px', async (look) => {
    const viewport = { width: look.width, height: 800 }
    const { context, page } = await openVisitor(browser, service, { colorScheme: look.colorScheme, viewport })
    await openReport(page)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await overflowPx(page)).toBe(0)
    await context.close()
  })
})

describe('the mean of popular tracks', () => {
  /** Density falls 4.53 dB per octave, 7.6 above 3.2 kHz; a third octave gains 10·log10(2) = 3.01 dB per octave. */
  const octave = (centreHz: number, levelDb: number) => ({ centreHz, levelDb })
  const typical = [
    octave(50, -40),
    octave(200, -10),
    octave(400, -11.52),
    octave(1600, -14.56),
    octave(3200, -16.08),
    octave(6400, -20.67),
  ]

  test('lies on a track that falls just so, and is not drawn below 100 Hz', () => {
    const line = popularCurve(typical)
    expect(line[0]).toBeNull()
    for (const [index, level] of typical.entries()) {
      if (index > 0) expect(line[index]).toBeCloseTo(level.levelDb, 1)
    }
  })

  test('does not judge how loud a track is', () => {
    const louder = typical.map(({ centreHz, levelDb }) => octave(centreHz, levelDb + 12))
    expect(popularCurve(louder)[3]).toBeCloseTo(-2.56, 1)
  })

  test('differences up to 1.5 dB are called minor, those above 3 dB large', () => {
    expect([1.4, -2, 3, -3.1].map(differenceWords)).toEqual(['minor', 'moderate', 'moderate', 'large'])
  })
})
