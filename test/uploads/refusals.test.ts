import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type ApiClient, createClient, joinService, type UploadParts } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { ORIGIN, openTestService, type TestService } from '../support/test-service.ts'
import { encoded } from './encoded-sounds.ts'
import { holdingsOf, leavesNothing } from './nothing-left.ts'
import { type Door, FORM_END, keepSending, openDoor, partHead, sendRaw, uploadHead } from './raw-requests.ts'

const MB = 1_000_000
const wav = makeWav({ seconds: 0.2 })
const liveSet = makeLiveSet(['Bass'])

let service: TestService
let client: ApiClient
let door: Door

beforeAll(async () => {
  service = await openTestService()
  client = await joinService(service)
  door = await openDoor(service)
})
afterAll(async () => {
  await door.close()
  await service.close()
})

/** A WAV whose header claims what the caller wants. */
function forgedWav(claims: { sampleRateHz?: number; channels?: number }): Buffer {
  const bytes = Buffer.from(wav)
  const { sampleRateHz = 44_100, channels = 2 } = claims
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(sampleRateHz, 24)
  bytes.writeUInt32LE(sampleRateHz * channels * 2, 28)
  bytes.writeUInt16LE(channels * 2, 32)
  return bytes
}

async function refused(parts: UploadParts, headers: Record<string, string> = {}) {
  const response = await leavesNothing(service, () => client.upload(parts, headers))
  return { status: response.status, code: response.body.code }
}

describe('an upload is refused', () => {
  test('without a session: 401', async () => {
    const stranger = createClient(service)
    const response = await leavesNothing(service, () => stranger.upload({ audio: wav }))
    expect([response.status, response.body.code]).toEqual([401, 'accounts/not-logged-in'])
  })

  test('before the address is confirmed: 403', async () => {
    const fresh = await joinService(service, { isVerified: false })
    const response = await leavesNothing(service, () => fresh.upload({ audio: wav }))
    expect([response.status, response.body.code]).toEqual([403, 'accounts/not-verified'])
  })

  test('when the month is spent: 402 with the limit and the day it resets (TS-12)', async () => {
    const person = await joinService(service)
    for (let count = 0; count < 5; count += 1)
      expect((await person.upload({ set: liveSet })).status).toBe(202)
    await expect.poll(async () => (await holdingsOf(service)).reserved, { timeout: 20_000 }).toBe(0)
    const response = await leavesNothing(service, () => person.upload({ audio: wav }))
    expect([response.status, response.body.code]).toEqual([402, 'billing/analyses-spent'])
    const now = service.clock.now()
    const reset = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString()
    expect(response.body).toMatchObject({ limit: 5, resetsAt: reset })
    const months = 'January February March April May June July August September October November December'
    const month = months.split(' ')[new Date(reset).getUTCMonth()]
    expect(response.body.detail).toContain(`1 ${month} ${reset.slice(0, 4)}`)
  })

  test('by the announced length, before a byte of the body: 413 at once (T21)', async () => {
    const answer = await leavesNothing(service, () =>
      sendRaw(door.port, uploadHead(client.cookie ?? '', 10 * 1024 ** 3)),
    )
    expect([answer.status, answer.code]).toEqual([413, 'uploads/too-large'])
    expect(answer.afterMs).toBeLessThan(1000)
  })

  test('without a session by its head alone, however large: 401 at once', async () => {
    const answer = await sendRaw(door.port, uploadHead('__Host-ts=nobody', 10 * 1024 ** 3))
    expect([answer.status, answer.code]).toEqual([401, 'accounts/not-logged-in'])
    expect(answer.afterMs).toBeLessThan(1000)
  })

  test('and cut off soon when it goes on all the same: the answer is there, the rest is not read', async () => {
    const cookie = client.cookie ?? ''
    const attempts: [string, number][] = [
      [uploadHead(cookie, 100 * 1024 ** 3), 413],
      [uploadHead('__Host-ts=nobody', 100 * 1024 ** 3), 401],
      // Zeros are no sound: its first bytes decide, long before the last one.
      [uploadHead(cookie, 150 * MB) + partHead('audio', 'mix.wav'), 415],
    ]
    await leavesNothing(service, () =>
      Promise.all(
        attempts.map(async ([head, status]) => {
          const { text, afterMs } = await keepSending(door.port, head, 15_000)
          expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
          expect(afterMs).toBeLessThan(8000)
        }),
      ),
    )
  })

  test('by its bytes, when one file is larger than its field may be: 413', async () => {
    // 64 MB is the most for a Live set; within what the whole form may announce.
    const large = Buffer.concat([liveSet, Buffer.alloc(64 * MB)])
    expect(await refused({ set: large })).toEqual({ status: 413, code: 'uploads/too-large' })
  })

  test.each<[string, () => Buffer]>([
    ['AAC in m4a', () => encoded('m4a', 1)],
    ['mp4', () => encoded('mp4', 1)],
    ['a zip', () => Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1'), Buffer.alloc(200)])],
    [
      'a Windows program',
      () => Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(200)]),
    ],
    ['an HLS playlist', () => Buffer.from('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n')],
    ['a concat script', () => Buffer.from("ffconcat version 1.0\nfile '../other/raw'\n")],
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    ],
    [
      'a DASH manifest',
      () => Buffer.from('<?xml version="1.0"?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>'),
    ],
    ['a web page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('when %s is named .wav: 415 (TS-06, T1)', async (_what, make) => {
    expect(await refused({ audio: { bytes: make(), name: 'mix.wav' } })).toEqual({
      status: 415,
      code: 'uploads/not-audio',
    })
  })

  test('when a Live set comes as audio, or audio as a Live set: 415', async () => {
    expect(await refused({ audio: { bytes: liveSet, name: 'mix.wav' } })).toEqual({
      status: 415,
      code: 'uploads/not-audio',
    })
    for (const bytes of [wav, gzipSync('<html/>'), gzipSync(Buffer.alloc(32 * MB)), Buffer.from('<Ableton')])
      expect(await refused({ set: { bytes, name: 'song.als' } })).toEqual({
        status: 415,
        code: 'uploads/not-a-live-set',
      })
  })

  test('when it is no form at all: 415', async () => {
    const response = await client.send('post', '/api/uploads', { audio: 'text' }, { 'X-TS': '1' })
    expect([response.status, response.body.code]).toEqual([415, 'uploads/not-a-form'])
  })

  test('when nothing was sent, or nothing is in it: 422', async () => {
    expect(await refused({ intent: { kind: 'mix' } })).toEqual({ status: 422, code: 'uploads/nothing-sent' })
    const empty = Buffer.alloc(0)
    expect(await refused({ audio: { bytes: empty, name: 'mix.wav' } })).toEqual({
      status: 422,
      code: 'uploads/empty-file',
    })
    expect(await refused({ audio: wav, set: { bytes: empty, name: 'song.als' } })).toEqual({
      status: 422,
      code: 'uploads/empty-file',
    })
  })

  test('when a reference has nothing to be compared with, or there are two: 422', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    const refusals: [UploadParts, string][] = [
      [{ reference: wav }, 'uploads/nothing-to-compare'],
      [{ set: liveSet, reference: wav }, 'uploads/nothing-to-compare'],
      [{ set: liveSet, newVersionOf: unknown }, 'uploads/no-such-version'],
      [{ audio: wav, reference: wav, referenceId: unknown }, 'uploads/two-references'],
      [{ audio: wav, referenceId: unknown }, 'references/unknown'],
      [{ audio: wav, referenceId: 'the loud one' }, 'references/unknown'],
      [{ audio: wav, newVersionOf: unknown }, 'uploads/no-such-version'],
    ]
    for (const [parts, code] of refusals) expect(await refused(parts)).toEqual({ status: 422, code })
  })

  test('when the reference is no sound, and says that it is the reference', async () => {
    for (const bytes of [liveSet, Buffer.alloc(0), wav.subarray(0, 2000), forgedWav({ channels: 9 })]) {
      const { status, body } = await leavesNothing(service, () =>
        client.upload({ audio: wav, reference: { bytes, name: 'hit.wav' } }),
      )
      expect([415, 422]).toContain(status)
      expect(body.detail).toMatch(/^The reference track: /)
    }
  })

  test.each<[string, unknown]>([
    ['no JSON', 'mix'],
    ['an unknown kind', { kind: 'demo' }],
    ['no kind', {}],
    ['an unknown field', { kind: 'mix', tier: 'studio' }],
    ['a note that is too long', { kind: 'mix', notes: 'x'.repeat(2001) }],
    ['a list', [{ kind: 'mix' }]],
  ])('when the intent is %s: 422', async (_what, intent) => {
    expect(await refused({ audio: wav, intent })).toEqual({ status: 422, code: 'uploads/bad-intent' })
  })

  test('when the intent has a wrong field, with what to write there', async () => {
    const intent = { kind: 'demo', genre: 'x'.repeat(61), tier: 'studio' }
    const { fields } = (await client.upload({ audio: wav, intent })).body
    expect(fields).toEqual({
      kind: 'Say mix or master.',
      genre: 'Say it in at most 60 characters.',
      tier: 'This field is not known.',
    })
    const wrongTypes = { kind: 'mix', notes: 5, codecs: 'yes' }
    expect((await client.upload({ audio: wav, intent: wrongTypes })).body.fields).toEqual({
      notes: 'Write it as text, or leave it out.',
      codecs: 'Say true or false.',
    })
    expect((await client.upload({ audio: wav, intent: 'mix' })).body.fields).toEqual({
      '(all)': 'Send an object such as {"kind":"mix"}.',
    })
  })

  test.each<[string, () => Buffer, string]>([
    ['a rate of 1 Hz', () => forgedWav({ sampleRateHz: 1 }), 'audio/sample-rate-out-of-range'],
    ['a rate of 67 MHz', () => forgedWav({ sampleRateHz: 67_152_964 }), 'audio/sample-rate-out-of-range'],
    ['9 channels', () => forgedWav({ channels: 9 }), 'audio/too-many-channels'],
    ['15 minutes and a second on the free plan', () => encoded('flac', 901), 'audio/too-long'],
    ['ten hours of silence in a small FLAC', () => encoded('flac', 36_000), 'audio/too-long'],
    ['less sound than its header says', () => wav.subarray(0, 2000), 'audio/damaged'],
  ])('when a file claims %s: 422 (T2, T3)', async (_what, make, code) => {
    const bytes = make()
    const start = performance.now()
    expect(await refused({ audio: { bytes, name: 'mix.flac' } })).toEqual({ status: 422, code })
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('when a field is not known, or holds a second file: 400', async () => {
    const part = `${partHead('picture', 'a.wav')}${wav.toString('latin1')}`
    const audio = `${partHead('audio', 'a.wav')}${wav.toString('latin1')}`
    for (const form of [
      part,
      `${audio}\r\n${part}`,
      `${audio}\r\n${audio}`,
      `${audio}\r\n${part}\r\n${part}`,
    ]) {
      const body = Buffer.from(form + FORM_END, 'latin1')
      const answer = await leavesNothing(service, () =>
        sendRaw(door.port, Buffer.concat([Buffer.from(uploadHead(client.cookie ?? '', body.length)), body])),
      )
      expect([answer.status, answer.code]).toEqual([400, 'uploads/bad-form'])
    }
  })

  test('when a header of the form holds a NUL: 400', async () => {
    const body = Buffer.from(partHead('audio', 'mix\0.wav') + wav.toString('latin1') + FORM_END, 'latin1')
    const answer = await leavesNothing(service, () =>
      sendRaw(door.port, Buffer.concat([Buffer.from(uploadHead(client.cookie ?? '', body.length)), body])),
    )
    expect([answer.status, answer.code]).toEqual([400, 'uploads/bad-form'])
  })

  test('when the form ends before its end mark: 400', async () => {
    const body = Buffer.from(partHead('audio', 'a.wav') + wav.toString('latin1'), 'latin1')
    const answer = await leavesNothing(service, () =>
      sendRaw(door.port, Buffer.concat([Buffer.from(uploadHead(client.cookie ?? '', body.length)), body])),
    )
    expect([answer.status, answer.code]).toEqual([400, 'uploads/bad-form'])
  })

  test('when a field name is an index of millions: 400 at once, and nobody else waits', async () => {
    const body = Buffer.from(`${partHead('i[200000000]')}x\r\n${partHead('i[a]')}y${FORM_END}`)
    const answer = await leavesNothing(service, () =>
      sendRaw(door.port, Buffer.concat([Buffer.from(uploadHead(client.cookie ?? '', body.length)), body])),
    )
    expect([answer.status, answer.code]).toEqual([400, 'uploads/bad-form'])
    expect(answer.afterMs).toBeLessThan(500)
  })

  test('from another site, or without the header only our pages send: 403', async () => {
    const attempts: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
      { 'X-TS': '0' },
    ]
    for (const headers of attempts)
      expect(await refused({ audio: wav }, headers)).toEqual({ status: 403, code: 'cross-site' })
  })
})

describe("a file's name", () => {
  const names: [string, string, string][] = [
    ['a path', '../../etc/passwd', 'passwd'],
    ['a Windows path', 'C:\\\\temp\\\\mix.wav', 'mix.wav'],
    ['CR LF, percent-encoded', 'a%0d%0aSet-Cookie: x=1.wav', 'aSet-Cookie: x=1.wav'],
    ['marks that turn the direction', 'mix\u202Evaw.exe', 'mixvaw.exe'],
    ['marks that cannot be seen', 'mi\u200Bx\uFEFF.wav', 'mix.wav'],
    ['a NUL, percent-encoded', '"; filename*=UTF-8\'\'mix%00.wav; x="', 'mix.wav'],
    ['letters beyond ASCII', 'Übung für 弦楽 🎻.wav', 'Übung für 弦楽 🎻.wav'],
    ['5 kB', `${'n'.repeat(5000)}.wav`, 'n'.repeat(255)],
    ['nothing that can be seen', '\u202E\u200B', 'untitled'],
  ]

  test.each(names)('with %s is cleaned, shown, and never part of a path (T7)', async (_what, sent, shown) => {
    const body = Buffer.concat([
      Buffer.from(partHead('audio', sent)),
      makeWav({ seconds: 1 }),
      Buffer.from(FORM_END),
    ])
    const response = await fetch(`http://127.0.0.1:${door.port}/api/uploads`, {
      method: 'POST',
      headers: {
        Origin: ORIGIN,
        'X-TS': '1',
        Cookie: client.cookie ?? '',
        'Content-Type': 'multipart/form-data; boundary=tracksensei-test-boundary',
      },
      body,
    })
    expect(response.status).toBe(202)
    const files = await service.rawFiles()
    for (const name of files) expect(name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const [newest] = (await client.send('get', '/api/analyses')).body.analyses
    expect(newest.title).toBe(shown)
    expect((await client.send('get', `/api/analyses/${newest.id}`)).body.audioName).toBe(shown)
    expect((await client.send('delete', `/api/analyses/${newest.id}`)).status).toBe(204)
  })
})
