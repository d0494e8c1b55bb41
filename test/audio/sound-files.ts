import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for one test file's sounds, gone afterwards. */
export function soundFolder(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tracksensei-audio-'))
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface WavOptions {
  sampleRateHz: number
  bits?: 8 | 16 | 24 | 32
  float?: boolean
  /** Speaker mask; writes WAVE_FORMAT_EXTENSIBLE. */
  mask?: number
  /** Lies about the length of the data. */
  claimedDataBytes?: number
}

export function wavBytes(channels: readonly Float64Array[], options: WavOptions): Buffer {
  const { sampleRateHz, bits = 24, float = false, mask } = options
  const data = interleaved(channels, bits, float)
  const blockBytes = (channels.length * bits) / 8
  const format = Buffer.alloc(mask === undefined ? 16 : 40)
  const tag = float ? 3 : 1
  format.writeUInt16LE(mask === undefined ? tag : 0xfffe, 0)
  format.writeUInt16LE(channels.length, 2)
  format.writeUInt32LE(sampleRateHz, 4)
  format.writeUInt32LE(Math.min(sampleRateHz * blockBytes, 0xffffffff), 8)
  format.writeUInt16LE(blockBytes, 12)
  format.writeUInt16LE(bits, 14)
  if (mask !== undefined) {
    format.writeUInt16LE(22, 16)
    format.writeUInt16LE(bits, 18)
    format.writeUInt32LE(mask, 20)
    format.writeUInt16LE(tag, 24)
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26)
  }
  const claimed = options.claimedDataBytes ?? data.length
  const size = 4 + 8 + format.length + 8 + data.length + (data.length & 1)
  return Buffer.concat([
    Buffer.from('RIFF'),
    u32(size),
    Buffer.from('WAVEfmt '),
    u32(format.length),
    format,
    Buffer.from('data'),
    u32(claimed),
    data,
    Buffer.alloc(data.length & 1),
  ])
}

export function writeWav(path: string, channels: readonly Float64Array[], options: WavOptions): string {
  writeFileSync(path, wavBytes(channels, options))
  return path
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}

function interleaved(channels: readonly Float64Array[], bits: number, float: boolean): Buffer {
  const frames = channels[0]?.length ?? 0
  const bytes = bits / 8
  const data = Buffer.alloc(frames * channels.length * bytes)
  const full = 2 ** (bits - 1)
  let at = 0
  for (let i = 0; i < frames; i++) {
    for (const channel of channels) {
      const sample = channel[i] ?? 0
      if (float) data.writeFloatLE(sample, at)
      else {
        const value = Math.max(-full, Math.min(full - 1, Math.round(sample * full)))
        if (bits === 8) data.writeUInt8(value + 128, at)
        else data.writeIntLE(value, at, bytes)
      }
      at += bytes
    }
  }
  return data
}

/** Makes or converts a file with ffmpeg. */
export function ffmpeg(...args: string[]): void {
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args])
}
