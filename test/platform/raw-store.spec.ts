import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RawStore, StoredKey } from '../../src/platform/storage/raw-store.ts'

export interface StoreUnderTest {
  store: RawStore
  /** The folder of this machine the store writes to. */
  folder: string
  /** Keys of whatever is stored, wherever it is stored. */
  stored(): Promise<string[]>
  close(): Promise<void>
}

const MB = 1_000_000

function inPieces(bytes: Buffer, size = 64 * 1024): Readable {
  const count = Math.ceil(bytes.length / size)
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size)),
  )
}

async function* failingSource() {
  yield Buffer.alloc(100_000)
  throw new Error('the line went dead')
}

/** What every raw store keeps to, whatever it is made of. */
export function specifyRawStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`raw files in ${name}`, () => {
    let under: StoreUnderTest
    let store: RawStore
    let key: string
    beforeAll(async () => {
      under = await open()
      store = under.store
    })
    beforeEach(() => {
      key = randomUUID()
    })
    afterAll(() => under.close())

    async function listed(): Promise<StoredKey[]> {
      const entries: StoredKey[] = []
      for await (const entry of store.list()) entries.push(entry)
      return entries
    }
    const onThisMachine = () => readdir(under.folder).catch(() => [])

    async function put(bytes: Buffer): Promise<void> {
      await store.spool(key, inPieces(bytes))
      await store.commit(key)
    }

    test('the store is there', async () => {
      await expect(store.check()).resolves.toBeUndefined()
    })

    test('a spooled file lies on this machine, for its owner alone, byte for byte', async () => {
      const bytes = randomBytes(300_000)
      const file = await store.spool(key, inPieces(bytes))
      expect((await readFile(file)).equals(bytes)).toBe(true)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
      expect(path.basename(path.dirname(file))).toBe(key)
      await store.remove(key)
    })

    test('a spooled file is nobody’s raw file before it is committed', async () => {
      await store.spool(key, inPieces(randomBytes(1000)))
      await expect(store.withFile(key, async () => 'read')).rejects.toMatchObject({ code: 'absent' })
      await store.remove(key)
    })

    test.each([1, 65_536, 12 * MB])(
      '%i bytes come back as they were stored, again and again',
      async (size) => {
        const bytes = randomBytes(size)
        await put(bytes)
        for (let round = 0; round < 2; round += 1)
          expect(await store.withFile(key, async (file) => (await readFile(file)).equals(bytes))).toBe(true)
        await store.remove(key)
      },
    )

    test('two readers at once each have the file until they are done', async () => {
      const bytes = randomBytes(50_000)
      await put(bytes)
      const read = (waitMs: number) =>
        store.withFile(key, async (file) => {
          await new Promise((resolve) => setTimeout(resolve, waitMs))
          return (await readFile(file)).equals(bytes)
        })
      expect(await Promise.all([read(0), read(150)])).toEqual([true, true])
      await store.remove(key)
      expect(await onThisMachine()).toEqual([])
    })

    test('a reader that fails gets its own error, and the file stays for the next try', async () => {
      await put(randomBytes(1000))
      const failing = store.withFile(key, () => Promise.reject(new Error('no')))
      await expect(failing).rejects.toThrow('no')
      expect(await store.withFile(key, async (file) => (await stat(file)).size)).toBe(1000)
      await store.remove(key)
    })

    test('a source that breaks off leaves nothing', async () => {
      await expect(store.spool(key, Readable.from(failingSource()))).rejects.toThrow('the line went dead')
      expect(await onThisMachine()).toEqual([])
      expect(await listed()).toEqual([])
    })

    test('after removal nothing is left anywhere, and removing again is fine', async () => {
      await put(randomBytes(1000))
      expect(await under.stored()).toEqual([key])
      await store.remove(key)
      await store.remove(key)
      expect(await under.stored()).toEqual([])
      expect(await onThisMachine()).toEqual([])
      await expect(store.withFile(key, async () => 'read')).rejects.toMatchObject({ code: 'absent' })
    })

    test('the list names each key once, spooled or stored, with its time', async () => {
      const started = Date.now()
      await put(randomBytes(10))
      const spooled = randomUUID()
      await store.spool(spooled, inPieces(randomBytes(10)))
      const entries = await listed()
      expect(entries).toHaveLength(2)
      expect(new Set(entries.map((entry) => entry.key))).toEqual(new Set([key, spooled]))
      for (const { ageMs } of entries) expect(Math.abs(ageMs)).toBeLessThan(Date.now() - started + 5000)
      await store.remove(key)
      await store.remove(spooled)
      expect(await listed()).toEqual([])
    })

    test('a key that is not one of ours is refused, never a path', async () => {
      const attempts = ['../escape', '', key.toUpperCase(), `${key}/..`, '/etc/passwd']
      for (const bad of attempts) {
        await expect(async () => store.spool(bad, inPieces(randomBytes(1)))).rejects.toThrow(TypeError)
        await expect(async () => store.commit(bad)).rejects.toThrow(TypeError)
        await expect(async () => store.withFile(bad, async () => 1)).rejects.toThrow(TypeError)
        await expect(async () => store.remove(bad)).rejects.toThrow(TypeError)
      }
    })
  })
}
