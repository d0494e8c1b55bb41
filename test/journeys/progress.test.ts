import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWav } from '../support/sounds.ts'
import { freePort, type Service, startService } from '../support/start-service.ts'
import { openBrowser, openVisitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { logIn } from './pages.ts'
import { registerPerson } from './people.ts'

/** Long enough that the service can be killed in the middle of measuring it. */
const LONG_TRACK_SECONDS = 780
const TAKEN_UP_AGAIN_MS = 90_000

let folder: string
let port: string
let service: Service
let browser: Browser

const start = () =>
  startService(
    { PORT: port },
    { dataDir: path.join(folder, 'data'), uploadsDir: path.join(folder, 'uploads') },
  )

beforeAll(async () => {
  await requireBuiltPages()
  folder = await mkdtemp(path.join(tmpdir(), 'tracksensei-journey-'))
  port = String(await freePort())
  service = await start()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

async function percentOf(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar', { name: 'Analysis' })
  return Number((await bar.getAttribute('aria-valuenow').catch(() => null)) ?? Number.NaN)
}

describe('following an analysis', () => {
  test('the page shows stage and percent, survives the service being killed, and ends with the report', async () => {
    const { context, page } = await openVisitor(browser, service)
    await logIn(page, await registerPerson(service))
    await page.goto('/upload')
    const track = path.join(folder, 'long.wav')
    await writeFile(track, makeWav({ seconds: LONG_TRACK_SECONDS }))
    await page.getByLabel('Audio and Live set files').setInputFiles(track)
    await page.getByRole('checkbox', { name: 'Play it through platforms’ codecs' }).uncheck()
    await page.getByRole('button', { name: 'Upload and analyse' }).click()
    await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
    await page.getByText('You can leave this page').waitFor()
    await expect.poll(() => percentOf(page), { interval: 20, timeout: 20_000 }).toBeGreaterThan(0)

    const soFar = page.getByRole('region', { name: 'Measured so far' })
    await soFar.getByText(/so far, \d+:\d\d of 13:00/).waitFor()
    expect(await soFar.innerText()).toMatch(/−\d+\.\d\s+LUFS/)

    await service.kill('SIGKILL')
    await page.getByText('The connection is down.').waitFor()
    service = await start()
    await page.getByRole('heading', { name: 'Numbers' }).waitFor({ timeout: TAKEN_UP_AGAIN_MS })
    expect(await page.locator('[id="loudness.integratedLufs"]').innerText()).toContain('LUFS')
    expect(await service.rawFiles()).toEqual([])

    await page.getByRole('link', { name: 'Tracks' }).first().click()
    await page.getByRole('listitem').filter({ hasText: 'long.wav' }).getByText('kept until').waitFor()
    expect(await page.getByRole('listitem').filter({ hasText: 'long.wav' }).count()).toBe(1)
    await page.goto('/plan')
    await page.getByText('1 of 5 used').waitFor()
    await context.close()
  }, 180_000)
})
