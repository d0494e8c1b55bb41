import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { accessibilityFaults, nothingNoticed, openBrowser, openVisitor, overflowPx } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { logIn, uploadAndWait } from './pages.ts'
import { registerPerson } from './people.ts'

let service: Service
let browser: Browser
beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await service.close()
})

describe('a report of a tone, which has no tempo', () => {
  test('shows what codecs leave of its peak, and takes tempo and key from whoever knows them', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await logIn(page, await registerPerson(service))
    await uploadAndWait(page, [
      { name: 'Tone.wav', mimeType: 'audio/wav', buffer: makeWav({ seconds: 8, sampleRateHz: 44_100 }) },
    ])

    // A sine of a quarter of full scale stands at −12 dBTP, and no codec brings it near the top.
    const vorbis = page.getByRole('row', { name: /^Ogg Vorbis/ })
    expect(await vorbis.innerText()).toMatch(/−1[12]\.\d\s.*none/s)
    expect(await page.locator('#codecs').innerText()).toMatch(/with ffmpeg \d/)

    await page.getByText('No tempo: nothing repeats clearly enough.').waitFor()
    await page.getByText('Not right? Say what it is').click()
    await page.getByLabel('Tempo, BPM').fill('fast')
    await page.getByRole('button', { name: 'Use this' }).click()
    await page.getByText('A number from 30 to 300').waitFor()
    await page.getByLabel('Tempo, BPM').fill('128,5')
    await page.getByLabel('Key', { exact: true }).selectOption('F# minor')
    await page.getByRole('button', { name: 'Use this' }).click()
    await page.getByText('Corrected by you; no tempo was heard.').waitFor()
    expect(await page.locator('[id="rhythm.tempoBpm"]').innerText()).toContain('128.5')
    expect(await page.locator('#tonality').innerText()).toContain('F# minor (11A)')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: 360, height: 800 })
    // The plots follow the window a moment later.
    await expect.poll(() => overflowPx(page)).toBeLessThanOrEqual(0)

    await page.reload()
    await page.getByText('Corrected by you; no tempo was heard.').waitFor()
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })
})
