import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser, openVisitor } from '../test/journeys/browser.ts'
import { requireBuiltPages } from '../test/journeys/built-pages.ts'
import { logIn } from '../test/journeys/pages.ts'
import { registerPerson } from '../test/journeys/people.ts'
import { makeWav } from '../test/support/sounds.ts'
import { startService } from '../test/support/start-service.ts'

/**
 * How long a producer looks at a page without numbers: from the end of sending five minutes of WAV until the first
 * loudness and true peak stand there, then until the report does. A real browser against the real service, here.
 * Usage: npm run build:web && npm run bench:first-numbers [-- ROUNDS]
 */
const rounds = Number(process.argv[2] ?? 5)
const TRACK_SECONDS = 300
const folder = mkdtempSync(join(tmpdir(), 'tracksensei-bench-'))

/** Notes, in the page itself, when sending ended and when numbers first stood there. */
const watch = `{
  const marks = (window.marks = {})
  const send = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.send = function (body) {
    this.upload.addEventListener('load', () => { marks.sent = performance.now() })
    return send.call(this, body)
  }
  new MutationObserver(() => {
    const soFar = document.querySelector('[aria-label="Measured so far"] dl')
    if (/\\d LUFS.*\\d dBTP/.test(soFar?.innerText.replace(/\\s+/g, ' ') ?? '')) marks.first ??= performance.now()
    if (document.getElementById('loudness.integratedLufs')) marks.report ??= performance.now()
  }).observe(document, { subtree: true, childList: true, characterData: true })
}`

interface Marks {
  sent: number
  first: number
  report: number
}

async function oneUpload(page: Page, track: string): Promise<Marks> {
  await page.goto('/upload')
  await page.getByLabel('Audio and Live set files').setInputFiles(track)
  await page.getByRole('button', { name: 'Upload and analyse' }).click()
  await page.getByRole('heading', { name: 'Numbers', exact: true }).waitFor({ timeout: 120_000 })
  const { sent = NaN, first = NaN, report = NaN } = await page.evaluate<Partial<Marks>>('window.marks')
  return { sent, first, report }
}

const milliseconds = (value: number): string =>
  (Number.isNaN(value) ? 'never' : value.toFixed(0)).padStart(16)

await requireBuiltPages()
const track = join(folder, 'five-minutes.wav')
writeFileSync(track, makeWav({ seconds: TRACK_SECONDS }))
const service = await startService()
const browser = await openBrowser()
try {
  console.log(`${TRACK_SECONDS / 60} minutes of WAV; milliseconds from the last byte sent`)
  console.log(`${'first numbers'.padStart(16)}${'report'.padStart(16)}`)
  for (let round = 0; round < rounds; round++) {
    // Somebody new each time: a month of the free plan holds five analyses.
    const { context, page } = await openVisitor(browser, service)
    await logIn(page, await registerPerson(service))
    await page.addInitScript(watch)
    const marks = await oneUpload(page, track)
    console.log(milliseconds(marks.first - marks.sent) + milliseconds(marks.report - marks.sent))
    await context.close()
  }
} finally {
  await browser.close()
  await service.close()
  rmSync(folder, { recursive: true })
}
