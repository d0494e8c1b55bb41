import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import S3rver from 's3rver'

const BUCKET = 'tracksensei-raw'

export interface S3Server {
  /** The settings that put this server behind the service. */
  env: {
    S3_ENDPOINT: string
    S3_BUCKET: string
    S3_ACCESS_KEY_ID: string
    S3_SECRET_ACCESS_KEY: string
  }
  /** The names of the objects in the bucket. */
  objects(): Promise<string[]>
  close(): Promise<void>
}

/** An S3-compatible server on loopback with one empty bucket. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tracksensei-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  })
  const { port } = await server.run()
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    async objects() {
      const entries = await readdir(path.join(directory, BUCKET), { recursive: true })
      return entries.flatMap((entry) => /^(.+)\._S3rver_object$/.exec(entry)?.[1] ?? [])
    },
    async close() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
