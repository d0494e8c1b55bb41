import type { ChannelRole } from './channel-layout.ts'
import type { SampleFormat } from './pcm-format.ts'

/** Where uncompressed samples lie in a file and how to read them. */
export interface PcmHeader {
  codec: string
  sampleFormat: SampleFormat
  bitDepth: number
  sampleRateHz: number
  channels: number
  roles: ChannelRole[]
  dataStart: number
  dataBytes: number
}
