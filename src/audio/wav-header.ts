import { AudioError, damaged } from './audio-error.ts'
import { defaultRoles, rolesFromMask } from './channel-layout.ts'
import type { SampleFormat } from './pcm-format.ts'
import type { PcmHeader } from './pcm-header.ts'
import { bytesAt, chunksOf, viewOf } from './riff.ts'

const PCM = 1
const IEEE_FLOAT = 3
const EXTENSIBLE = 0xfffe

interface Format {
  tag: number
  channels: number
  sampleRateHz: number
  blockBytes: number
  bits: number
  mask: number | null
}

/**
 * Reads the header of an uncompressed WAV (RIFF, RF64, BW64; 8 to 32-bit integer, 32 and 64-bit float).
 * A data length of 0xFFFFFFFF, or 0 with bytes after it, means "until the end", as streaming writers leave it.
 * @throws AudioError audio/damaged when fewer bytes are there than declared; audio/unsupported-format for ADPCM and the like
 */
export function readWavHeader(fd: number, fileBytes: number): PcmHeader {
  let format: Format | null = null
  let longDataBytes: number | null = null
  for (const chunk of chunksOf(fd, 12, fileBytes, true)) {
    if (chunk.id === 'ds64') longDataBytes = readLongSize(bytesAt(fd, chunk.start, 16))
    if (chunk.id === 'fmt ') format = readFormat(bytesAt(fd, chunk.start, Math.min(chunk.sizeBytes, 40)))
    if (chunk.id !== 'data') continue
    if (format === null) throw damaged('its sound stands before the description of its format')
    const available = fileBytes - chunk.start
    const declared = chunk.sizeBytes === 0xffffffff ? longDataBytes : chunk.sizeBytes
    const dataBytes = declared === null || declared === 0 ? available : declared
    if (dataBytes > available) throw damaged('it ends before its sound does')
    return describe(format, chunk.start, dataBytes)
  }
  throw damaged('it holds no sound')
}

function readLongSize(bytes: Uint8Array): number | null {
  if (bytes.length < 16) return null
  const size = Number(viewOf(bytes).getBigUint64(8, true))
  return Number.isSafeInteger(size) ? size : null
}

function readFormat(bytes: Uint8Array): Format {
  if (bytes.length < 16) throw damaged('the description of its format is cut off')
  const view = viewOf(bytes)
  const tag = view.getUint16(0, true)
  const extended = tag === EXTENSIBLE && bytes.length >= 40
  return {
    tag: extended ? view.getUint16(24, true) : tag,
    channels: view.getUint16(2, true),
    sampleRateHz: view.getUint32(4, true),
    blockBytes: view.getUint16(12, true),
    bits: view.getUint16(14, true),
    mask: extended ? view.getUint32(20, true) : null,
  }
}

const INTEGERS: ReadonlyMap<number, SampleFormat> = new Map([
  [8, 'u8'],
  [16, 's16le'],
  [24, 's24le'],
  [32, 's32le'],
])

function describe(format: Format, dataStart: number, dataBytes: number): PcmHeader {
  const { channels, sampleRateHz, bits, blockBytes, mask } = format
  const containerBits = channels > 0 ? (blockBytes / channels) * 8 : 0
  const sampleFormat: SampleFormat | undefined =
    format.tag === PCM
      ? INTEGERS.get(containerBits)
      : format.tag === IEEE_FLOAT && containerBits === bits
        ? bits === 32
          ? 'f32le'
          : bits === 64
            ? 'f64le'
            : undefined
        : undefined
  if (sampleFormat === undefined || bits > containerBits || bits === 0) {
    throw new AudioError(
      'audio/unsupported-format',
      'This WAV holds compressed or unusual sound. Export plain PCM: 16, 24 or 32 bit.',
    )
  }
  return {
    codec: `pcm_${sampleFormat}`,
    sampleFormat,
    bitDepth: bits,
    sampleRateHz,
    channels,
    roles: mask === null ? defaultRoles(channels) : rolesFromMask(mask, channels),
    dataStart,
    dataBytes: dataBytes - (dataBytes % blockBytes),
  }
}
