import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Config } from '../../core/config.ts'
import { absent } from '../../core/errors.ts'
import { assertKey, isKey, type RawStore } from './raw-store.ts'
import { createSpoolFolder } from './spool-folder.ts'

const PREFIX = 'raw/'
const SPOOLED = 'incoming'

function createClient(settings: NonNullable<Config['s3']>): S3Client {
  return new S3Client({
    endpoint: settings.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

function isMissing(error: unknown): boolean {
  return error instanceof NoSuchKey || (error instanceof Error && error.name === 'NotFound')
}

/**
 * Raw files in an S3-compatible bucket, so that web and workers may stand on different machines.
 * @param scratchDir where a file lies on this machine while it is looked at; emptied after each use
 */
export function createS3Store(settings: NonNullable<Config['s3']>, scratchDir: string): RawStore {
  const client = createClient(settings)
  const scratch = createSpoolFolder(scratchDir)
  const Bucket = settings.bucket
  const nameOf = (key: string) => {
    assertKey(key)
    return PREFIX + key
  }

  async function fetchObject(key: string): Promise<Readable> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: nameOf(key) }))
      if (Body instanceof Readable) return Body
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    throw absent('raw file')
  }

  return {
    kind: 's3',
    spool: (key, source) => scratch.write(key, SPOOLED, source),
    async commit(key) {
      const body = createReadStream(scratch.pathOf(key, SPOOLED))
      await new Upload({ client, params: { Bucket, Key: nameOf(key), Body: body } }).done()
      await scratch.remove(key)
    },
    async withFile(key, use) {
      // A name of its own: the same file may be read twice at once, and neither reader may take it from the other.
      const copy = `raw-${randomUUID()}`
      try {
        return await use(await scratch.write(key, copy, await fetchObject(key)))
      } finally {
        await scratch.removeFile(key, copy)
      }
    },
    async remove(key) {
      await scratch.remove(key)
      await client.send(new DeleteObjectCommand({ Bucket, Key: nameOf(key) }))
    },
    async *list() {
      yield* scratch.list()
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: PREFIX }))
        for (const { Key, LastModified } of page.Contents ?? []) {
          const key = Key?.slice(PREFIX.length)
          if (key && isKey(key) && LastModified) yield { key, ageMs: Date.now() - LastModified.getTime() }
        }
    },
    async check() {
      await client.send(new HeadBucketCommand({ Bucket }))
    },
  }
}
