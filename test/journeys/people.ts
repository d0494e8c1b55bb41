import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { SESSION_COOKIE } from '../../src/accounts/session-cookie.ts'
import type { Service } from '../support/start-service.ts'
import type { ChosenFile } from './pages.ts'

export const PASSWORD = 'seven quiet synthesizers'

let people = 0

export function newEmail(): string {
  people += 1
  return `producer${people}.${process.pid}@example.com`
}

/** The address in the newest letter to somebody; letters are written by a worker, a moment later. */
export async function linkSentTo(service: Service, email: string): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const letter = (await service.letters()).find((candidate) => candidate.to === email)
    const link = letter === undefined ? undefined : /https?:\/\/\S+#token=[\w-]+/.exec(letter.text)?.[0]
    if (link !== undefined) return link
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`No letter to ${email}`)
}

async function post(service: Service, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: service.baseUrl }
  return fetch(`${service.baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Somebody who registered and, unless said otherwise, confirmed the address. @returns the address */
export async function registerPerson(service: Service, isConfirmed = true): Promise<string> {
  const email = newEmail()
  const registered = await post(service, '/api/accounts', {
    email,
    password: PASSWORD,
    isSixteenOrOlder: true,
  })
  expect(registered.status).toBe(201)
  if (!isConfirmed) return email
  const token = (await linkSentTo(service, email)).split('#token=')[1]
  expect((await post(service, '/api/accounts/verify', { token })).status).toBe(200)
  return email
}

/** The cookie of a fresh login, as a request header. */
export async function cookieFor(service: Service, email: string): Promise<string> {
  const response = await post(service, '/api/session', { email, password: PASSWORD })
  expect(response.status).toBe(200)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const heldLogins = new Map<string, string>()

async function heldLogin(service: Service, email: string): Promise<string> {
  const cookie = heldLogins.get(email) ?? (await cookieFor(service, email))
  heldLogins.set(email, cookie)
  return cookie
}

/** Somebody who logged in earlier, in the same browser; how the form is filled in is told by the journeys that do. */
export async function comeBack(page: Page, service: Service, email: string): Promise<void> {
  const cookie = await heldLogin(service, email)
  const value = cookie.slice(SESSION_COOKIE.length + 1)
  const url = service.baseUrl.replace('http:', 'https:')
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url, httpOnly: true, sameSite: 'Lax' }])
}

/** Has files analysed without encodes, where the upload page is not what is told about. @returns the report's page */
export async function analyse(
  service: Service,
  email: string,
  files: { audio?: ChosenFile; set?: ChosenFile },
): Promise<string> {
  const headers = { cookie: await heldLogin(service, email), origin: service.baseUrl, 'X-TS': '1' }
  const body = new FormData()
  for (const [field, { buffer, mimeType, name }] of Object.entries(files))
    body.append(field, new Blob([new Uint8Array(buffer)], { type: mimeType }), name)
  const uploaded = await fetch(`${service.baseUrl}/api/uploads`, { method: 'POST', headers, body })
  expect(uploaded.status).toBe(202)
  const { analysisId } = await uploaded.json()
  for (;;) {
    const response = await fetch(`${service.baseUrl}/api/analyses/${analysisId}`, { headers })
    const { state } = await response.json()
    if (state === 'done') return `/tracks/${analysisId}`
    expect(['queued', 'running']).toContain(state)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
