import { AudioError, damaged } from './audio-error.ts'
import { defaultRoles } from './channel-layout.ts'
import { bytesPerSample, type SampleFormat } from './pcm-format.ts'
import type { PcmHeader } from './pcm-header.ts'
import { bytesAt, chunksOf, viewOf } from './riff.ts'

interface Common {
  channels: number
  frames: number
  bits: number
  sampleRateHz: number
  compression: string
}

/**
 * Reads the header of an AIFF or an AIFF-C without compression (NONE, twos, sowt, in24, in32, fl32, fl64).
 * @throws AudioError audio/damaged when fewer bytes are there than declared; audio/unsupported-format for compressed sound
 */
export function readAiffHeader(fd: number, fileBytes: number): PcmHeader {
  let common: Common | null = null
  let sound: { start: number; sizeBytes: number } | null = null
  for (const chunk of chunksOf(fd, 12, fileBytes, false)) {
    if (chunk.id === 'COMM') common = readCommon(bytesAt(fd, chunk.start, Math.min(chunk.sizeBytes, 22)))
    if (chunk.id === 'SSND') {
      const offset = bytesAt(fd, chunk.start, 8)
      if (offset.length < 8 || chunk.sizeBytes < 8) throw damaged('its sound is cut off')
      const skip = 8 + viewOf(offset).getUint32(0, false)
      sound = { start: chunk.start + skip, sizeBytes: Math.max(0, chunk.sizeBytes - skip) }
    }
    if (common !== null && sound !== null) return describe(common, sound, fileBytes)
  }
  throw damaged('it holds no sound')
}

function readCommon(bytes: Uint8Array): Common {
  if (bytes.length < 18) throw damaged('the description of its format is cut off')
  const view = viewOf(bytes)
  return {
    channels: view.getUint16(0, false),
    frames: view.getUint32(2, false),
    bits: view.getUint16(6, false),
    sampleRateHz: extendedFloat(view, 8),
    compression: bytes.length >= 22 ? String.fromCharCode(...bytes.subarray(18, 22)) : 'NONE',
  }
}

/** An 80-bit IEEE 754 extended number, as AIFF stores its sample rate. */
function extendedFloat(view: DataView, at: number): number {
  const exponent = (view.getUint16(at, false) & 0x7fff) - 16_383 - 63
  const mantissa = view.getUint32(at + 2, false) * 2 ** 32 + view.getUint32(at + 6, false)
  return Math.round(mantissa * 2 ** exponent)
}

function formatOf({ compression, bits }: Common): SampleFormat | undefined {
  const bytes = Math.ceil(bits / 8)
  const kind = compression.toLowerCase()
  if (kind === 'fl32') return 'f32be'
  if (kind === 'fl64') return 'f64be'
  if (kind === 'sowt') return bytes === 2 ? 's16le' : bytes === 1 ? 's8' : undefined
  if (kind === 'in24') return 's24be'
  if (kind === 'in32') return 's32be'
  if (kind !== 'none' && kind !== 'twos') return undefined
  const integers: readonly (SampleFormat | undefined)[] = [undefined, 's8', 's16be', 's24be', 's32be']
  return integers[bytes]
}

function describe(common: Common, sound: { start: number; sizeBytes: number }, fileBytes: number): PcmHeader {
  const sampleFormat = formatOf(common)
  if (sampleFormat === undefined) {
    throw new AudioError(
      'audio/unsupported-format',
      'This AIFF holds compressed or unusual sound. Export plain PCM: 16, 24 or 32 bit.',
    )
  }
  const dataBytes = common.frames * common.channels * bytesPerSample(sampleFormat)
  if (dataBytes > sound.sizeBytes || sound.start + dataBytes > fileBytes) {
    throw damaged('it ends before its sound does')
  }
  return {
    codec: `pcm_${sampleFormat}`,
    sampleFormat,
    bitDepth: common.bits,
    sampleRateHz: common.sampleRateHz,
    channels: common.channels,
    roles: defaultRoles(common.channels),
    dataStart: sound.start,
    dataBytes,
  }
}
