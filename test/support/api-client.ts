import type { Express } from 'express'
import request from 'supertest'
import { expect } from 'vitest'
import { listOperations } from '../../src/app.ts'
import { describeApi } from '../../src/open-api.ts'
import { createAnswerCheck } from './api-schema.ts'
import { ORIGIN, type TestService } from './test-service.ts'

export const PASSWORD = 'a long enough passphrase'

type Verb = 'get' | 'post' | 'patch' | 'delete'

export interface UploadParts {
  audio?: Buffer | { bytes: Buffer; name: string }
  set?: Buffer | { bytes: Buffer; name: string }
  reference?: Buffer | { bytes: Buffer; name: string }
  intent?: unknown
  referenceId?: string
  newVersionOf?: string
}

/** Calls the app as one browser would: same-origin headers, one cookie; every answer is checked against OpenAPI. */
export interface ApiClient {
  cookie: string | undefined
  send(verb: Verb, path: string, body?: object, headers?: Record<string, string>): Promise<request.Response>
  upload(parts: UploadParts, headers?: Record<string, string>): Promise<request.Response>
  /** Waits until the analysis is done or failed. */
  finished(analysisId: string): Promise<request.Response>
}

const checks = new WeakMap<Express, ReturnType<typeof createAnswerCheck>>()

function checkFor(service: TestService) {
  const known = checks.get(service.app)
  if (known) return known
  const made = createAnswerCheck(describeApi(listOperations(service.ctx), ORIGIN))
  checks.set(service.app, made)
  return made
}

export function createClient(service: TestService, cookie?: string): ApiClient {
  const checked = (verb: string, path: string, response: request.Response) => {
    const type = response.headers['content-type'] ?? ''
    const body: unknown = response.body
    const answer = {
      method: verb,
      path: path.split('?')[0] ?? '',
      status: response.status,
      contentType: type,
      body,
    }
    expect(checkFor(service)(answer)).toBeUndefined()
    return response
  }
  const client: ApiClient = {
    cookie,
    async send(verb, path, body, headers = {}) {
      const call = request(service.app)[verb](path).set('Sec-Fetch-Site', 'same-origin').set(headers)
      if (client.cookie) call.set('Cookie', client.cookie)
      return checked(verb, path, await (body ? call.send(body) : call))
    },
    async upload({ audio, set, reference, intent, ...fields }, headers = {}) {
      const call = request(service.app)
        .post('/api/uploads')
        .set({ 'Sec-Fetch-Site': 'same-origin', 'X-TS': '1', ...headers })
      if (client.cookie) call.set('Cookie', client.cookie)
      for (const [field, file] of Object.entries({ audio, set, reference })) {
        if (!file) continue
        const { bytes, name } = Buffer.isBuffer(file) ? { bytes: file, name: `${field}.bin` } : file
        call.attach(field, bytes, name)
      }
      if (intent !== undefined)
        call.field('intent', typeof intent === 'string' ? intent : JSON.stringify(intent))
      for (const [field, value] of Object.entries(fields)) call.field(field, value)
      return checked('post', '/api/uploads', await call)
    },
    async finished(analysisId) {
      for (;;) {
        const response = await client.send('get', `/api/analyses/${analysisId}`)
        expect(response.status).toBe(200)
        if (response.body.state === 'done' || response.body.state === 'failed') return response
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
  }
  return client
}

function tokenIn(text: string): string {
  const token = /#token=([\w-]+)/.exec(text)?.[1]
  if (!token) throw new Error('The letter holds no token')
  return token
}

/** The token of the newest letter to an address; letters are sent by a worker, a moment later. */
export async function tokenSentTo(service: Pick<TestService, 'letters'>, email: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const letter = (await service.letters()).find((candidate) => candidate.to === email)
    if (letter) return tokenIn(letter.text)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`No letter to ${email}`)
}

export function sessionCookieOf(response: request.Response): string {
  const header: unknown = response.headers['set-cookie']
  const first: unknown = Array.isArray(header) ? header[0] : header
  if (typeof first !== 'string') throw new Error('No cookie was set')
  return first.split(';')[0] ?? ''
}

let people = 0

/** A new person, registered, confirmed and logged in. */
export async function joinService(
  service: TestService,
  options: { isVerified?: boolean } = {},
): Promise<ApiClient & { email: string }> {
  people += 1
  const email = `person${people}.${process.pid}@example.com`
  const client = createClient(service)
  expect(
    (await client.send('post', '/api/accounts', { email, password: PASSWORD, isSixteenOrOlder: true }))
      .status,
  ).toBe(201)
  if (options.isVerified ?? true)
    expect(
      (await client.send('post', '/api/accounts/verify', { token: await tokenSentTo(service, email) }))
        .status,
    ).toBe(200)
  const login = await client.send('post', '/api/session', { email, password: PASSWORD })
  expect(login.status).toBe(200)
  client.cookie = sessionCookieOf(login)
  return Object.assign(client, { email })
}
