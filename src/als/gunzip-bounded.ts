import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { ByteSource } from './byte-source.ts'
import { LiveSetError } from './errors.ts'
import { gzipHeaderLength } from './gzip-header.ts'
import type { SetLimits } from './limits.ts'

const OUTPUT_CHUNK_BYTES = 256 * 1024
const TRAILER_BYTES = 8

/**
 * Yields the XML of a set: a single gzip member inflated as it arrives, or plain text passed through.
 * Stops at the first byte over a cap, so a bomb costs no more than the cap.
 * @throws LiveSetError als/empty, als/not-a-live-set, als/damaged, als/too-large
 */
export async function* gunzipBounded(
  source: AsyncIterable<Uint8Array>,
  limits: SetLimits,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteSource(source, limits, signal)
  try {
    await bytes.fill(2)
    if (bytes.buffered.length === 0) throw new LiveSetError('als/empty', 'The file is empty (0 bytes).')
    yield* isGzip(bytes.buffered) ? inflateMember(bytes, limits) : passThrough(bytes, limits)
  } finally {
    await bytes.close()
  }
}

function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b
}

async function* passThrough(bytes: ByteSource, limits: SetLimits): AsyncGenerator<Uint8Array> {
  let total = 0
  for (let chunk = await bytes.take(); chunk !== undefined; chunk = await bytes.take()) {
    total += chunk.length
    if (total > limits.inflatedBytes) throw tooLarge()
    yield chunk
  }
}

async function* inflateMember(bytes: ByteSource, limits: SetLimits): AsyncGenerator<Uint8Array> {
  await skipHeader(bytes, limits)
  const inflate = createInflateRaw({ chunkSize: OUTPUT_CHUNK_BYTES })
  const feeding = feed(bytes, inflate)
  feeding.catch((error) => inflate.destroy(error))
  let total = 0
  let sum = 0
  try {
    for await (const chunk of inflate) {
      const inflated: Uint8Array = chunk
      total += inflated.length
      checkInflation(total, bytes.bytesRead, limits)
      sum = crc32(inflated, sum)
      yield inflated
    }
    await feeding
  } catch (error) {
    throw asDamaged(error)
  } finally {
    inflate.destroy()
    await feeding.catch(() => undefined)
  }
  await checkTrailer(bytes, sum, total)
}

function checkInflation(total: number, bytesRead: number, limits: SetLimits): void {
  if (total > limits.inflatedBytes) throw tooLarge()
  if (total > limits.inflationRatioFreeBytes && total > bytesRead * limits.inflationRatio) {
    throw new LiveSetError(
      'als/too-large',
      `The file unpacks to more than ${limits.inflationRatio} times its size, as no Live set does. Save the set again in Live and upload that file.`,
    )
  }
}

async function skipHeader(bytes: ByteSource, limits: SetLimits): Promise<void> {
  for (let wanted = 18; ; wanted *= 2) {
    await bytes.fill(wanted)
    const length = gzipHeaderLength(bytes.buffered)
    if (length !== undefined) {
      bytes.skip(length)
      return
    }
    if (bytes.ended || wanted > limits.gzipHeaderBytes)
      throw damaged('its header is not a proper gzip header')
  }
}

/** Writes the compressed bytes one chunk at a time and puts back what lies behind the end of the member. */
async function feed(bytes: ByteSource, inflate: InflateRaw): Promise<void> {
  let given = 0
  for (let chunk = await bytes.take(); chunk !== undefined; chunk = await bytes.take()) {
    const before = given
    given += chunk.length
    await write(inflate, chunk)
    if (inflate.readableEnded || inflate.bytesWritten < given) {
      bytes.putBack(chunk.subarray(Math.max(0, inflate.bytesWritten - before)))
      return
    }
    if (inflate.destroyed) return
  }
  inflate.end()
}

/** Resolves when the chunk is used up, or when the member ended within it: zlib then never calls back. */
function write(inflate: InflateRaw, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      inflate.off('end', done).off('close', done).off('error', done)
      resolve()
    }
    inflate.once('end', done).once('close', done).once('error', done)
    inflate.write(chunk, done)
  })
}

async function checkTrailer(bytes: ByteSource, sum: number, total: number): Promise<void> {
  await bytes.fill(TRAILER_BYTES)
  const trailer = bytes.buffered
  if (trailer.length < TRAILER_BYTES) throw damaged('it ends before its last bytes')
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES)
  if (view.getUint32(0, true) !== sum || view.getUint32(4, true) !== total % 2 ** 32) {
    throw damaged('its checksum does not match its content')
  }
  bytes.skip(TRAILER_BYTES)
  for (let rest = await bytes.take(); rest !== undefined; rest = await bytes.take()) {
    if (rest.some((byte) => byte !== 0)) throw damaged('something else follows the end of the set')
  }
}

function asDamaged(error: unknown): unknown {
  const isZlib = error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
  return isZlib ? damaged('its compressed data is broken', error) : error
}

function damaged(what: string, cause?: unknown): LiveSetError {
  return new LiveSetError(
    'als/damaged',
    `The file is damaged: ${what}. Open it in Live, save it again and upload that file.`,
    { cause },
  )
}

function tooLarge(): LiveSetError {
  return new LiveSetError(
    'als/too-large',
    'The set is larger than can be read here. Remove unused tracks or frozen takes, save a copy and upload that.',
  )
}
