import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createFolderStore } from '../../src/platform/storage/folder-store.ts'
import { createS3Store } from '../../src/platform/storage/s3-store.ts'
import { type S3Server, startS3Server } from '../support/s3-server.ts'
import { specifyRawStore } from './raw-store.spec.ts'

const newFolder = () => mkdtemp(path.join(tmpdir(), 'tracksensei-store-'))

function settingsOf({ env }: S3Server) {
  return {
    endpoint: env.S3_ENDPOINT,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  }
}

specifyRawStore('a folder', async () => {
  const folder = await newFolder()
  return {
    store: createFolderStore(folder),
    folder,
    stored: () => readdir(folder),
    close: () => rm(folder, { recursive: true }),
  }
})

specifyRawStore('an S3-compatible bucket', async () => {
  const folder = await newFolder()
  const server = await startS3Server()
  return {
    store: createS3Store(settingsOf(server), folder),
    folder,
    stored: async () => (await server.objects()).map((name) => name.replace(/^raw\//, '')),
    async close() {
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
})

test('a bucket that does not exist is noticed by the check', async () => {
  const folder = await newFolder()
  const server = await startS3Server()
  const store = createS3Store({ ...settingsOf(server), bucket: 'no-such-bucket' }, folder)
  await expect(store.check()).rejects.toThrow()
  await server.close()
  await rm(folder, { recursive: true })
})
