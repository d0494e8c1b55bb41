import { execFileSync } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { projectRoot, type Service, startService } from '../support/start-service.ts'
import { openBrowser, openVisitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { ask, logIn } from './pages.ts'
import { registerPerson } from './people.ts'

/**
 * Takes the pictures of docs/screens and of the first page from a real report of the demo track, light and dark:
 * `node test/journeys/take-screens.ts` (with the project's own Node, after build:web).
 */
const SCHEMES = ['light', 'dark'] as const
const WIDE = { width: 1320, height: 880 }
const NARROW = { width: 390, height: 844 }
const SHARPNESS = 1.5
const WEBP_QUALITY = '82'
const PLAYHEAD_SHARE = 0.42

const screensDir = path.join(projectRoot, 'docs/screens')
const landingDir = path.join(projectRoot, 'web/account')

function toWebp(png: string, webp: string): void {
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', png, '-c:v', 'libwebp', '-quality', WEBP_QUALITY, webp])
}

async function analyseDemo(browser: Browser, service: Service, email: string): Promise<string> {
  const { context, page } = await openVisitor(browser, service)
  await logIn(page, email)
  await page.goto('/upload')
  await page.getByRole('button', { name: 'Try it with a demo track' }).click()
  await page.getByRole('heading', { name: 'Numbers' }).waitFor()
  await ask(page, 'How loud is it, and is there enough headroom?')
  await page.getByRole('button', { name: 'Copy the answer' }).waitFor()
  await context.close()
  return new URL(page.url()).pathname
}

async function takeReport(
  browser: Browser,
  service: Service,
  email: string,
  reportPath: string,
): Promise<void> {
  for (const colorScheme of SCHEMES) {
    for (const [name, viewport] of [
      ['report', WIDE],
      ['report-phone', NARROW],
    ] as const) {
      const visitor = await openVisitor(browser, service, {
        colorScheme,
        viewport,
        deviceScaleFactor: SHARPNESS,
      })
      const { page } = visitor
      await logIn(page, email)
      await page.goto(reportPath)
      await page.getByRole('article', { name: 'Answer' }).waitFor()
      await page.getByRole('button', { name: 'Fetch the demo track to listen' }).click()
      await page.getByRole('button', { name: 'Play' }).and(page.locator(':enabled')).waitFor()
      const waveform = page.locator('.u-over').first()
      const widthPx = (await waveform.boundingBox())?.width ?? 0
      await waveform.click({ position: { x: widthPx * PLAYHEAD_SHARE, y: 30 } })
      await page.mouse.move(0, 0)
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
        window.scrollTo(0, 0)
      })
      const png = path.join(screensDir, `${name}-${colorScheme}.png`)
      await page.screenshot({ path: png })
      toWebp(png, png.replace(/\.png$/, '.webp'))
      if (viewport === WIDE) toWebp(png, path.join(landingDir, `report-${colorScheme}.webp`))
      await rm(png)
      await visitor.context.close()
    }
  }
}

async function takeScreens(): Promise<void> {
  // Without a key for Claude: the answer on the pictures is one that the service itself gives.
  const service = await startService()
  const browser = await openBrowser()
  try {
    const email = await registerPerson(service)
    await takeReport(browser, service, email, await analyseDemo(browser, service, email))
  } finally {
    await browser.close()
    await service.close()
  }
}

await requireBuiltPages()
await mkdir(screensDir, { recursive: true })
await takeScreens()
