import type { ChannelRole } from './channel-layout.ts'
import type { Source } from './contract.ts'
import type { SampleFormat } from './pcm-format.ts'

/** An opened track: what it is, and its samples from the first to the last, once. */
export interface PcmSource {
  facts: Source
  roles: ChannelRole[]
  sampleFormat: SampleFormat
  /** Frames the file says it holds; null when it does not say. */
  declaredFrames: number | null
  /**
   * Fills the target with interleaved samples, wholly unless the sound ends.
   * @returns bytes written; fewer than asked means the end
   * @throws AudioError when the sound turns out to be damaged, too long or undecodable
   */
  read(target: Uint8Array): number | Promise<number>
  close(): Promise<void>
}
