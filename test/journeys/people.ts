import { expect } from 'vitest'
import type { Service } from '../support/start-service.ts'

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
