import type net from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analysisSchema } from '../../src/analyses/contract.ts'
import { uploadAcceptedSchema } from '../../src/uploads/contract.ts'
import { cookieFor, registerPerson } from '../journeys/people.ts'
import { makeWav } from '../support/sounds.ts'
import { type Service, startService } from '../support/start-service.ts'
import { BOUNDARY, FORM_END, partHead } from '../uploads/raw-requests.ts'
import { keepAsking, openSocket, percentile, portOf } from './crowd.ts'

/** `npm run storm:crowds` sends 100 MB, which takes a quarter of an hour. */
const UPLOAD_MB = Number(process.env.UPLOAD_MB ?? 0.5)
const SLOW_CLIENTS = Number(process.env.SLOW_CLIENTS ?? 200)
const BYTES_PER_SECOND = 1_000_000 / 8
const TICK_MS = 100
const WAV_BYTES_PER_SECOND = 44_100 * 4

describe('clients on bad lines', () => {
  let service: Service
  let cookie: string
  const sockets: net.Socket[] = []
  beforeAll(async () => {
    service = await startService()
    cookie = await cookieFor(service, await registerPerson(service))
  })
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await service.close()
  })

  const open = async (text: string) => {
    const socket = await openSocket(portOf(service.baseUrl), text)
    sockets.push(socket)
    return socket
  }

  test(`${SLOW_CLIENTS} that send their head letter by letter and ${SLOW_CLIENTS} that read nothing leave others fast (T19)`, async () => {
    for (let count = 0; count < SLOW_CLIENTS; count += 1) {
      await open('GET / HTTP/1.1\r\nX-Slow: ')
      // Asks for the page again and again and takes nothing of it.
      const reader = await open('GET /api/openapi.json HTTP/1.1\r\nHost: slow\r\n\r\n'.repeat(20))
      reader.pause()
    }
    const drip = setInterval(() => {
      for (const socket of sockets) if (!socket.isPaused()) socket.write('x')
    }, 1000)
    const stopAsking = keepAsking(async () => {
      const headers = { cookie }
      expect((await fetch(`${service.baseUrl}/api/me`, { headers })).status).toBe(200)
    }, 20)
    await setTimeout(4000)
    clearInterval(drip)
    const times = await stopAsking()
    console.log(
      `beside ${2 * SLOW_CLIENTS} slow clients /api/me answers in ${percentile(times, 0.5).toFixed(0)} ms (median), ${percentile(times, 0.99).toFixed(0)} ms (p99)`,
    )
    expect(times.length).toBeGreaterThan(10)
    expect(percentile(times, 0.5)).toBeLessThan(500)
  })

  test(`an honest upload of ${UPLOAD_MB} MB over a line of 1 Mbit/s arrives and is analysed`, {
    timeout: 120_000 + UPLOAD_MB * 20_000,
  }, async () => {
    const sound = makeWav({ seconds: (UPLOAD_MB * 1_000_000) / WAV_BYTES_PER_SECOND })
    const body = Buffer.concat([Buffer.from(partHead('audio', 'slow.wav')), sound, Buffer.from(FORM_END)])
    const socket = await open(
      [
        'POST /api/uploads HTTP/1.1',
        `Host: ${new URL(service.baseUrl).host}`,
        `Origin: ${service.baseUrl}`,
        'X-TS: 1',
        `Cookie: ${cookie}`,
        `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
        `Content-Length: ${body.length}`,
        '',
        '',
      ].join('\r\n'),
    )
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString()
    })
    const begun = performance.now()
    const piece = (BYTES_PER_SECOND * TICK_MS) / 1000
    for (let at = 0; at < body.length && !socket.destroyed; at += piece) {
      socket.write(body.subarray(at, at + piece))
      const due = begun + ((at + piece) / BYTES_PER_SECOND) * 1000
      await setTimeout(Math.max(0, due - performance.now()))
    }
    await expect.poll(() => answer, { timeout: 30_000 }).toContain('"analysisId"')
    console.log(`${UPLOAD_MB} MB took ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    expect(answer).toMatch(/^HTTP\/1\.1 202 /)
    const json: unknown = JSON.parse(/\{.*"analysisId".*\}/.exec(answer)?.[0] ?? '')
    const { analysisId } = uploadAcceptedSchema.parse(json)
    const state = async () => {
      const response = await fetch(`${service.baseUrl}/api/analyses/${analysisId}`, { headers: { cookie } })
      return analysisSchema.parse(await response.json()).state
    }
    await expect.poll(state, { timeout: 60_000, interval: 250 }).toBe('done')
    expect(await service.rawFiles()).toEqual([])
  })
})
