import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import {
  accessibilityFaults,
  keptByThePage,
  nothingNoticed,
  openBrowser,
  openVisitor,
  overflowPx,
  tabTo,
} from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { logIn } from './pages.ts'
import { linkSentTo, newEmail, PASSWORD, registerPerson } from './people.ts'

const GUEST_PAGES = [
  '/',
  '/login',
  '/register',
  '/check-mail',
  '/verify',
  '/forgot-password',
  '/reset-password',
  '/confirm-email',
  '/fetch-copy',
  '/privacy',
  '/no-such-page',
]
const MEMBER_PAGES = [
  '/tracks',
  '/upload',
  '/plan',
  '/account',
  '/tracks/00000000-0000-4000-8000-000000000000',
]

let service: Service
let browser: Browser
let email: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  email = await registerPerson(service)
})

afterAll(async () => {
  await browser.close()
  await service.close()
})

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

describe('every page', () => {
  test.each([
    { colorScheme: 'light', width: 1440 },
    { colorScheme: 'dark', width: 320 },
  ] as const)('has no serious accessibility fault and fits, $colorScheme at $width px', async (look) => {
    const { context, page } = await openVisitor(browser, service, {
      colorScheme: look.colorScheme,
      viewport: { width: look.width, height: 800 },
    })
    const check = async (path: string) => {
      await open(page, path)
      expect(await accessibilityFaults(page), path).toEqual([])
      expect(await overflowPx(page), path).toBe(0)
    }
    for (const path of GUEST_PAGES) await check(path)
    await logIn(page, email)
    for (const path of MEMBER_PAGES) await check(path)
    await context.close()
  })

  test('keeps nothing in the browser but the login cookie, and asks nobody but the service (TS-28, TS-53, TS-54)', async () => {
    const { context, page, noticed } = await openVisitor(browser, service)
    for (const path of GUEST_PAGES) {
      await open(page, path)
      expect(await context.cookies(), path).toEqual([])
    }
    await logIn(page, email)
    for (const path of MEMBER_PAGES) {
      await open(page, path)
      await page.getByRole('button', { name: /^Use (light|dark) colours$/ }).click()
      expect(
        (await context.cookies()).map((cookie) => cookie.name),
        path,
      ).toEqual(['__Host-ts'])
      expect(await keptByThePage(page), path).toEqual([])
    }
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.getByRole('link', { name: 'Register, free' }).waitFor()
    expect(await context.cookies()).toEqual([])
    expect(await keptByThePage(page)).toEqual([])
    expect(noticed).toEqual(nothingNoticed)
    await context.close()
  })

  test('follows the system’s colours and can be switched for this tab', async () => {
    const { context, page } = await openVisitor(browser, service, { colorScheme: 'dark' })
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await open(page, '/')
    const dark = await ground()
    await page.getByRole('button', { name: 'Use light colours' }).click()
    const light = await ground()
    expect(light).not.toBe(dark)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await ground()).toBe(dark)
    await context.close()
  })
})

describe('with the keyboard alone', () => {
  test('a visitor registers, confirms, logs in, uploads and reads a report', async () => {
    const keyboardEmail = newEmail()
    const { context, page } = await openVisitor(browser, service)
    page.on('filechooser', (chooser) => {
      const buffer = makeWav({ seconds: 30 })
      chooser.setFiles({ name: 'keys.wav', mimeType: 'audio/wav', buffer }).catch(() => undefined)
    })
    const type = (text: string) => page.keyboard.type(text)
    const press = (key: string) => page.keyboard.press(key)

    await open(page, '/')
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page')
    await tabTo(page, /^Register, free$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'Register' }).waitFor()
    await tabTo(page, /^E-mail/)
    await type(keyboardEmail)
    await tabTo(page, /^Password/)
    await type(PASSWORD)
    await tabTo(page, /^I am 16 or older/)
    await press('Space')
    await tabTo(page, /^Register$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()

    await page.goto(await linkSentTo(service, keyboardEmail))
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor()
    await tabTo(page, /^Log in$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    await tabTo(page, /^E-mail/)
    await type(keyboardEmail)
    await tabTo(page, /^Password/)
    await type(PASSWORD)
    await press('Enter')
    await page.getByRole('heading', { name: 'Tracks', level: 1 }).waitFor()

    await tabTo(page, /^Upload a track$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'New analysis' }).waitFor()
    await tabTo(page, /^Choose audio and Live set$/)
    await press('Enter')
    await page.getByText('keys.wav').waitFor()
    await tabTo(page, /^Upload and analyse$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'Numbers' }).waitFor()

    await tabTo(page, /^Place in the track$/)
    const place = page.getByRole('slider', { name: 'Place in the track' })
    await press('ArrowRight')
    await press('Shift+ArrowRight')
    expect(await place.getAttribute('aria-valuetext')).toBe('0:11 of 0:30')
    await press('End')
    expect(await place.getAttribute('aria-valuetext')).toBe('0:30 of 0:30')

    await tabTo(page, /^Your question$/)
    await type('How loud is it?')
    await press('Enter')
    await page.getByRole('article', { name: 'Answer' }).getByText('Integrated loudness is').waitFor()
    await context.close()
  })
})
