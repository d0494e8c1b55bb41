import { LiveSetError } from './errors.ts'
import type { SetLimits } from './limits.ts'

/** The bytes of an upload as they arrive: counted, capped, and readable by a few at a time. */
export class ByteSource {
  buffered: Uint8Array = new Uint8Array(0)
  bytesRead = 0
  ended: boolean = false
  private readonly chunks: AsyncIterator<Uint8Array>
  private readonly limits: SetLimits
  private readonly signal: AbortSignal | undefined

  constructor(source: AsyncIterable<Uint8Array>, limits: SetLimits, signal?: AbortSignal) {
    this.chunks = source[Symbol.asyncIterator]()
    this.limits = limits
    this.signal = signal
  }

  /** Afterwards at least `count` bytes are buffered, or the source has ended. */
  async fill(count: number): Promise<void> {
    while (this.buffered.length < count && !this.ended) {
      const chunk = await this.next()
      if (chunk !== undefined) this.buffered = Buffer.concat([this.buffered, chunk])
    }
  }

  /** The next bytes, buffered ones first; undefined at the end. */
  async take(): Promise<Uint8Array | undefined> {
    if (this.buffered.length === 0) return this.next()
    const chunk = this.buffered
    this.buffered = new Uint8Array(0)
    return chunk
  }

  skip(count: number): void {
    this.buffered = this.buffered.subarray(count)
  }

  putBack(chunk: Uint8Array): void {
    this.buffered = chunk
  }

  async close(): Promise<void> {
    if (!this.ended) await this.chunks.return?.()
  }

  private async next(): Promise<Uint8Array | undefined> {
    this.signal?.throwIfAborted()
    const step = await this.chunks.next()
    if (step.done === true) {
      this.ended = true
      return undefined
    }
    this.bytesRead += step.value.length
    if (this.bytesRead > this.limits.compressedBytes) {
      throw new LiveSetError(
        'als/too-large',
        `The file is larger than ${this.limits.compressedBytes >> 20} MiB, more than a Live set ever is.`,
      )
    }
    return step.value
  }
}
