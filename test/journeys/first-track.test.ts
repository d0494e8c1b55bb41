import { createHash } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import {
  accessibilityFaults,
  keptByThePage,
  nothingNoticed,
  openBrowser,
  openVisitor,
  overflowPx,
} from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { makeLiveSet } from './live-set-file.ts'
import { ask, dropFiles, logIn } from './pages.ts'
import { linkSentTo, newEmail, PASSWORD } from './people.ts'

/**
 * BS.1770: a 997 Hz sine at full scale in both channels reads 0.0 LUFS, so at amplitude 0.25 it reads
 * 20·log10(0.25) = −12.04 LUFS, with its peaks at −12.04 dB.
 */
const SINE = makeWav({ seconds: 8, frequencyHz: 997, amplitude: 0.25, sampleRateHz: 48_000 })
const TRACK = { name: 'Quiet Harbour.wav', mimeType: 'audio/wav', buffer: SINE }
const SET = {
  name: 'Quiet Harbour.als',
  mimeType: 'application/octet-stream',
  buffer: makeLiveSet(['Kick', 'Pad']),
}
const ANSWER =
  'The mix measures -12.0 LUFS [loudness.integratedLufs]. That leaves room.\n\nT1 carries the beat. Ask about the peaks next.'

let claude: ClaudeServer
let service: Service
let browser: Browser

beforeAll(async () => {
  await requireBuiltPages()
  claude = await startClaudeServer()
  service = await startService({ ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: claude.url })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await service.close()
  await claude.close()
})

describe('the way of a first track', () => {
  const email = newEmail()
  let reportPath = ''

  test('a stranger registers, follows the letter, uploads, reads the report and asks about it', async () => {
    const { context, page, noticed } = await openVisitor(browser, service, {
      viewport: { width: 1440, height: 900 },
    })

    await page.goto('/')
    await page.getByRole('link', { name: 'Register, free' }).click()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByText('for people of 16 or older').waitFor()
    await page.getByLabel('I am 16 or older.').check()
    await page.getByRole('button', { name: 'Register' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    await page.getByText(email).waitFor()

    await page.goto(await linkSentTo(service, email))
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
    expect(page.url()).toBe(`${service.baseUrl}/verify`)

    await logIn(page, email)
    await page.getByText('Nothing analysed yet').waitFor()
    await page.getByRole('link', { name: 'Upload a track' }).click()
    await page.getByText(/5 of 5 analyses left/).waitFor()
    await dropFiles(page, [SET, TRACK])
    await page.getByText('Quiet Harbour.als').waitFor()
    await page.getByText('Master', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Where it goes (optional)' }).fill('Spotify')
    await page.getByRole('button', { name: 'Upload and analyse' }).click()

    await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
    reportPath = new URL(page.url()).pathname
    await page.getByRole('heading', { name: 'Numbers' }).waitFor()
    expect(await service.rawFiles()).toEqual([])
    const integrated = page.locator('[id="loudness.integratedLufs"]')
    expect(await integrated.innerText()).toContain('−12.0 LUFS')
    expect(await page.locator('[id="peaks.truePeakDbtp"]').innerText()).toContain('−12.0 dBTP')
    expect(await page.locator('[id="stereo.correlation"]').innerText()).toContain('+1.00')
    const receipt = await page.getByLabel('Receipt').innerText()
    expect(receipt.match(/raw file deleted/g)).toHaveLength(2)
    expect(receipt).toContain(createHash('sha256').update(SINE).digest('hex').slice(0, 12))
    await page.getByText('128 BPM').waitFor()
    expect(await page.getByRole('row', { name: /Kick/ }).innerText()).toMatch(/−6\.0\s+C\s+EQ Eight/)

    claude.behave({ kind: 'answer', text: ANSWER, delayMsPerDelta: 60 })
    await ask(page, 'How loud is Quiet Harbour?')
    await page.getByRole('button', { name: 'Stop the answer' }).waitFor()
    const answer = page.getByRole('article', { name: 'Answer' })
    await answer.getByText('The mix measures').waitFor()
    expect(await answer.innerText()).not.toContain('Ask about the peaks')
    await answer.getByText('Ask about the peaks next.').waitFor()
    await page.getByText('29 of 30 messages left').waitFor()
    const readOut = page.locator('[aria-live][aria-relevant=additions] p')
    expect(await readOut.allInnerTexts()).toEqual([
      'The mix measures -12.0 LUFS.',
      'That leaves room.',
      'T1 carries the beat.',
      'Ask about the peaks next.',
    ])

    await answer.getByRole('button', { name: 'Integrated' }).click()
    await integrated.getByText('ITU-R BS.1770').waitFor()
    await answer.getByRole('button', { name: 'Kick' }).waitFor()
    expect(claude.requests[0]?.raw).not.toMatch(/Quiet Harbour|Kick|example\.com/)

    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Plan and usage' }).click()
    await page.getByText('1 of 5 used').waitFor()
    await page.getByText('1 of 30 used').waitFor()

    expect(await keptByThePage(page)).toEqual([])
    const cookies = await context.cookies()
    expect(cookies.map((cookie) => [cookie.name, cookie.httpOnly, cookie.sameSite])).toEqual([
      ['__Host-ts', true, 'Lax'],
    ])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('a second browser shows the report and the conversation again, and plays the file once it is chosen', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    await page.goto(reportPath)
    await page.getByText('Log in to open that page.').waitFor()
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()

    await page.getByRole('heading', { name: 'Quiet Harbour.wav' }).waitFor()
    await page.getByRole('article', { name: 'You asked' }).getByText('How loud is Quiet Harbour?').waitFor()
    await page.getByRole('article', { name: 'Answer' }).getByText('Ask about the peaks next.').waitFor()

    const play = page.getByRole('button', { name: 'Play' })
    expect(await play.isDisabled()).toBe(true)
    const choose = page.getByLabel('Choose Quiet Harbour.wav')
    await choose.setInputFiles({ ...TRACK, buffer: makeWav({ seconds: 8, sampleRateHz: 48_000 }) })
    await page.getByText('is not the file that was measured').waitFor()
    await choose.setInputFiles(TRACK)
    await play.click()
    const place = page.getByRole('slider', { name: 'Place in the track' })
    await expect.poll(async () => Number(await place.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Pause' }).click()

    await place
      .locator('.u-over')
      .first()
      .click({ position: { x: 200, y: 20 } })
    const width = (await place.locator('.u-over').first().boundingBox())?.width ?? 0
    expect(Number(await place.getAttribute('aria-valuenow'))).toBe(Math.round((200 / width) * 8))
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('the report has no serious accessibility fault and no sideways scrolling, wide and dark, at 360 px and light', async () => {
    const looks = [
      { colorScheme: 'dark', width: 1440 },
      { colorScheme: 'light', width: 360 },
    ] as const
    for (const { colorScheme, width } of looks) {
      const viewport = { width, height: 800 }
      const { context, page } = await openVisitor(browser, service, { colorScheme, viewport })
      await logIn(page, email)
      await page.goto(reportPath)
      await page.getByRole('article', { name: 'Answer' }).waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await overflowPx(page)).toBe(0)
      await context.close()
    }
  })

  test('at 360 px words come first, then the player, the chat, and the numbers', async () => {
    const { context, page } = await openVisitor(browser, service, { viewport: { width: 360, height: 740 } })
    await logIn(page, email)
    await page.goto(reportPath)
    await page.getByRole('heading', { name: 'Ask about this track' }).waitFor()
    const places = [
      page.getByRole('region', { name: 'Findings' }),
      page.getByRole('slider', { name: 'Place in the track' }),
      page.getByRole('heading', { name: 'Ask about this track' }),
      page.getByRole('heading', { name: 'Numbers' }),
    ]
    const tops = await Promise.all(places.map(async (place) => (await place.boundingBox())?.y ?? Number.NaN))
    expect(tops).toEqual(tops.toSorted((one, other) => one - other))
    await context.close()
  })

  test('deleting asks first and then the analysis is gone from the list and its address', async () => {
    const { context, page } = await openVisitor(browser, service)
    await logIn(page, email)
    await page.goto(reportPath)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('Nothing analysed yet').waitFor()
    await page.goto(reportPath)
    await page.getByRole('heading', { name: 'There is no page here' }).waitFor()
    await context.close()
  })
})
