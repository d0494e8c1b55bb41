import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { openBrowser, openVisitor } from './browser.ts'
import { requireBuiltPages } from './built-pages.ts'
import { logIn } from './pages.ts'
import { comeBack, cookieFor, PASSWORD, registerPerson } from './people.ts'

const ANALYSES_FREE = 5

let service: Service
let browser: Browser
let folder: string

beforeAll(async () => {
  await requireBuiltPages()
  service = await startService()
  browser = await openBrowser()
  folder = await mkdtemp(path.join(tmpdir(), 'tracksensei-journey-'))
})

afterAll(async () => {
  await browser.close()
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

async function openUpload(email: string) {
  const visitor = await openVisitor(browser, service)
  await comeBack(visitor.page, service, email)
  await visitor.page.goto('/upload')
  const choose = visitor.page.getByLabel('Audio and Live set files')
  const send = visitor.page.getByRole('button', { name: 'Upload and analyse' })
  return { ...visitor, choose, send }
}

async function spendAll(email: string): Promise<void> {
  const cookie = await cookieFor(service, email)
  for (let count = 0; count < ANALYSES_FREE; count += 1) {
    const body = new FormData()
    body.append('audio', new Blob([Uint8Array.from(makeWav({ seconds: 1 }))]), `${count}.wav`)
    const headers = { cookie, origin: service.baseUrl, 'x-ts': '1' }
    const response = await fetch(`${service.baseUrl}/api/uploads`, { method: 'POST', headers, body })
    expect(response.status).toBe(202)
  }
}

describe('what is refused, said in words', () => {
  test('a wrong password says what to check and keeps the address', async () => {
    const { context, page } = await openVisitor(browser, service)
    await page.goto('/login')
    await page.getByLabel('E-mail').fill(await registerPerson(service))
    await page.getByLabel('Password', { exact: true }).fill(`${PASSWORD}?`)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('alert').getByText('That did not match').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toContain('@example.com')
    await context.close()
  })

  test('a used link from the letter says so and offers another letter', async () => {
    const { context, page } = await openVisitor(browser, service)
    await page.goto(`/verify#token=${'x'.repeat(43)}`)
    await page.getByRole('heading', { name: 'This link did not work' }).waitFor()
    await page.getByRole('link', { name: 'Log in to have a new letter sent' }).waitFor()
    expect(page.url()).not.toContain('token')
    await context.close()
  })

  test('before the address is confirmed the upload stays closed and says why', async () => {
    const { context, page, choose, send } = await openUpload(await registerPerson(service, false))
    await page.getByText('Confirm your address first').waitFor()
    await choose.setInputFiles({ name: 'a.wav', mimeType: 'audio/wav', buffer: makeWav() })
    expect(await send.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Send the letter again' }).click()
    await page.getByText('A letter is on its way.').waitFor()
    await context.close()
  })

  test('a text file with the name of a track is refused with what to do, and nothing is kept or counted', async () => {
    const { context, page, choose, send } = await openUpload(await registerPerson(service))
    await choose.setInputFiles({ name: 'song.wav', mimeType: 'audio/wav', buffer: Buffer.from('Not music.') })
    await send.click()
    const alert = page.getByRole('alert')
    await alert.getByText('This is not an audio file we can read').waitFor()
    await alert.getByText(/Export the track/).waitFor()
    await page.getByText('5 of 5 analyses left').waitFor()
    expect(await service.rawFiles()).toEqual([])
    await context.close()
  })

  test('a file over the limit is refused before a byte of it is sent', async () => {
    const big = path.join(folder, 'big.wav')
    await writeFile(big, '')
    await truncate(big, 200_000_001)
    const { context, page, choose, send } = await openUpload(await registerPerson(service))
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url())
    })
    await choose.setInputFiles(big)
    await page.getByText(/is over the 200\sMB of your plan/).waitFor()
    expect(await send.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Remove big.wav' }).click()
    await choose.setInputFiles({ name: 'empty.wav', mimeType: 'audio/wav', buffer: Buffer.alloc(0) })
    await page.getByText('This file is empty.').waitFor()
    expect(sent).toEqual([])
    await context.close()
  })

  test('a cancelled upload leaves no file, no analysis and no cost behind', async () => {
    const { context, page, choose, send } = await openUpload(await registerPerson(service))
    // The page is whole before its line is made slow: what is under way then may never end.
    await choose.waitFor({ state: 'attached' })
    const line = await context.newCDPSession(page)
    await line.send('Network.enable')
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 5,
      downloadThroughput: -1,
      uploadThroughput: 400_000,
    })
    await choose.setInputFiles({
      name: 'slow.wav',
      mimeType: 'audio/wav',
      buffer: makeWav({ seconds: 60 }),
    })
    await send.click()
    await page.getByText(/MB sent/).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await send.waitFor()
    await page.getByText('slow.wav').waitFor()
    await expect.poll(() => service.rawFiles()).toEqual([])
    await page.goto('/tracks')
    await page.getByText('Nothing analysed yet').waitFor()
    await page.getByText('5 of 5 analyses left').waitFor()
    await context.close()
  })

  test('when the plan is spent the page says when it starts again and sends nothing', async () => {
    const email = await registerPerson(service)
    await spendAll(email)
    const { context, page, choose, send } = await openUpload(email)
    await page.getByText('No analyses left in this period').waitFor()
    await choose.setInputFiles({ name: 'six.wav', mimeType: 'audio/wav', buffer: makeWav() })
    expect(await send.isDisabled()).toBe(true)
    await context.close()
  })

  test('an upload whose acceptance got lost is one analysis and one unit when it is sent again', async () => {
    const { context, page, choose, send } = await openUpload(await registerPerson(service))
    await page.route('**/api/uploads', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await choose.setInputFiles({ name: 'once.wav', mimeType: 'audio/wav', buffer: makeWav() })
    await send.click()
    await page.getByRole('alert').getByText('No connection to TrackSensei').waitFor()
    await page.unroute('**/api/uploads')
    await send.click()
    await page.waitForURL(/\/tracks\/[0-9a-f-]{36}$/)
    await page.goto('/tracks')
    await page.getByText('4 of 5 analyses left').waitFor()
    const shown = page.getByRole('link', { name: /once\.wav/ })
    await shown.first().waitFor()
    expect(await shown.count()).toBe(1)
    await context.close()
  })

  test('whoever logs in next in the same tab sees nothing of the person before, not even for a moment', async () => {
    const [first, second] = [await registerPerson(service), await registerPerson(service)]
    await spendAll(first)
    const { context, page } = await openVisitor(browser, service)
    await logIn(page, first)
    await page.getByText('0 of 5 analyses left').waitFor()
    await page.getByRole('link', { name: '4.wav' }).waitFor()
    // The login ends elsewhere; the next question of this tab shows it.
    await context.clearCookies()
    await page.getByRole('link', { name: '4.wav' }).click()
    await page.getByRole('heading', { name: 'Log in', level: 1 }).waitFor()
    // From here on the server says nothing of what the lists hold: what shows is what this tab remembers.
    await page.route(/\/api\/(usage|analyses)(\?|$)/, () => undefined)
    await page.getByLabel('E-mail').fill(second)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Log in', level: 1 }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Tracks' }).first().click()
    await page.waitForURL(/\/tracks$/)
    expect(await page.getByText('4.wav').count()).toBe(0)
    expect(await page.getByText('0 of 5 analyses left').count()).toBe(0)
    await context.close()
  })
})
