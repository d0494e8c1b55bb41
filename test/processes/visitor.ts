import { createParser } from 'eventsource-parser'
import { expect } from 'vitest'
import { z } from 'zod'
import { analysisSchema, analysisSummarySchema } from '../../src/analyses/contract.ts'
import { usageSchema } from '../../src/billing/contract.ts'
import { uploadAcceptedSchema } from '../../src/uploads/contract.ts'
import { cookieFor, registerPerson } from '../journeys/people.ts'
import type { Service } from '../support/start-service.ts'

export interface Parts {
  audio?: Buffer
  set?: Buffer
}

/** Somebody at the door of a running service; every answer is read by the published contract. */
export interface Visitor {
  email: string
  cookie: string
  upload(parts: Parts): Promise<string>
  analysis(id: string): Promise<z.infer<typeof analysisSchema>>
  usage(): Promise<z.infer<typeof usageSchema>['analyses']>
  /** The events of the analysis, to the end of the stream. */
  events(id: string): Promise<z.infer<typeof analysisSummarySchema>[]>
  /** The text of the answer as it was streamed. */
  ask(id: string, text: string): Promise<string>
}

function blobOf(bytes: Buffer): Blob {
  return new Blob([new Uint8Array(bytes)])
}

async function readEvents(response: Response): Promise<{ event: string | undefined; data: unknown }[]> {
  expect(response.status).toBe(200)
  const found: { event: string | undefined; data: unknown }[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => found.push({ event, data: JSON.parse(data) }),
  })
  parser.feed(await response.text())
  return found
}

/** Registers, confirms and logs in. */
export async function visit(service: Service): Promise<Visitor> {
  const email = await registerPerson(service)
  return visitAgain(service, email, await cookieFor(service, email))
}

export function visitAgain(service: Service, email: string, cookie: string): Visitor {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${service.baseUrl}${path}`, {
      ...init,
      headers: { cookie, origin: service.baseUrl, 'x-ts': '1', ...init.headers },
    })
  return {
    email,
    cookie,
    async upload({ audio, set }) {
      const form = new FormData()
      if (audio) form.set('audio', blobOf(audio), 'mix.flac')
      if (set) form.set('set', blobOf(set), 'song.als')
      const response = await call('/api/uploads', { method: 'POST', body: form })
      expect(response.status).toBe(202)
      return uploadAcceptedSchema.parse(await response.json()).analysisId
    },
    analysis: async (id) => analysisSchema.parse(await (await call(`/api/analyses/${id}`)).json()),
    usage: async () => usageSchema.parse(await (await call('/api/usage')).json()).analyses,
    async events(id) {
      const events = await readEvents(await call(`/api/analyses/${id}/events`))
      return events.map(({ data }) => analysisSummarySchema.parse(data))
    },
    async ask(id, text) {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      }
      const events = await readEvents(await call(`/api/analyses/${id}/messages`, init))
      const deltas = events.filter(({ event }) => event === 'delta')
      return deltas.map(({ data }) => z.object({ text: z.string() }).parse(data).text).join('')
    },
  }
}
