import { readdirSync } from 'node:fs'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiClient, joinService } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { holdingsOf } from './nothing-left.ts'
import { type Door, openDoor, partHead, uploadHead } from './raw-requests.ts'

const MB = 1_000_000
const sound = makeWav({ seconds: 5 })

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

const openFiles = () => readdirSync('/proc/self/fd').length

/** Announces 100 MB, sends what is given, waits until it lies in a folder, and goes away without a word. */
function vanishAfter(bytes: Buffer, wait: () => Promise<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(door.port, '127.0.0.1', () => {
      socket.write(uploadHead(client.cookie ?? '', 100 * MB))
      socket.write(partHead('audio', 'mix.wav'))
      socket.write(bytes, () => {
        wait().then(() => {
          socket.destroy()
          resolve()
        }, reject)
      })
    })
    socket.on('error', reject)
  })
}

const nothing = { rawFiles: 0, analyses: 0, uploads: 0, units: 0, reserved: 0 }

describe('a client that goes away in the middle of its upload', () => {
  test('leaves no file, no row and no unit of quota', async () => {
    let seen = 0
    await vanishAfter(sound, () =>
      expect
        .poll(async () => {
          seen = Math.max(seen, (await service.rawFiles()).length)
          return seen
        })
        .toBe(1),
    )
    await expect.poll(() => holdingsOf(service)).toEqual(nothing)
    expect((await client.send('get', '/api/usage')).body.analyses).toMatchObject({ used: 0, reserved: 0 })
  })

  test('before its first byte, or right after the head of a part, leaves nothing either', async () => {
    await vanishAfter(Buffer.alloc(0), async () => undefined)
    await vanishAfter(sound.subarray(0, 10), () => new Promise((resolve) => setTimeout(resolve, 50)))
    await expect.poll(() => holdingsOf(service)).toEqual(nothing)
  })

  test('fifty times leaves as many open files as before', async () => {
    await expect.poll(() => holdingsOf(service)).toEqual(nothing)
    const before = openFiles()
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        vanishAfter(
          sound.subarray(0, index * 15_000),
          () => new Promise((resolve) => setTimeout(resolve, index * 4)),
        ),
      ),
    )
    await expect.poll(() => holdingsOf(service), { timeout: 5000 }).toEqual(nothing)
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThanOrEqual(before + 2)
  })

  test('does not disturb the next upload', async () => {
    const { body } = await client.upload({ audio: sound })
    expect((await client.finished(body.analysisId)).body.state).toBe('done')
    expect(await service.rawFiles()).toEqual([])
  })
})
