import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeWav } from '../support/sounds.ts'

const codecs = {
  mp3: ['-c:a', 'libmp3lame'],
  flac: ['-c:a', 'flac'],
  aiff: ['-c:a', 'pcm_s16be'],
  vorbis: ['-c:a', 'libvorbis', '-f', 'ogg'],
  opus: ['-c:a', 'libopus', '-f', 'ogg'],
  oggFlac: ['-c:a', 'flac', '-f', 'ogg'],
  m4a: ['-c:a', 'aac', '-f', 'ipod'],
  mp4: ['-c:a', 'aac', '-f', 'mp4'],
} as const

export type EncodedFormat = keyof typeof codecs

const extensions: Partial<Record<EncodedFormat, string>> = { vorbis: 'ogg', opus: 'opus', oggFlac: 'oga' }

function encode(input: (folder: string) => string[], format: EncodedFormat): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'tracksensei-encode-'))
  try {
    const file = path.join(folder, `out.${extensions[format] ?? format}`)
    const common = ['-nostdin', '-v', 'error', '-y']
    execFileSync('ffmpeg', [...common, ...input(folder), ...codecs[format], file])
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A sine of this length and format, mono at 8 kHz where it is long. */
export function encoded(format: EncodedFormat, seconds: number): Buffer {
  if (seconds > 60)
    return encode(
      () => [
        '-f',
        'lavfi',
        '-i',
        'anullsrc=r=8000:cl=mono',
        '-t',
        String(seconds),
        '-compression_level',
        '0',
      ],
      format,
    )
  return encode((folder) => {
    const source = path.join(folder, 'source.wav')
    writeFileSync(source, makeWav({ seconds }))
    return ['-i', source]
  }, format)
}

/** Noise, which no codec makes small: a FLAC that takes a while to read, or to damage. */
export function noiseFlac(seconds: number, sampleRateHz = 44_100): Buffer {
  const noise = `anoisesrc=color=pink:sample_rate=${sampleRateHz}:amplitude=0.3:seed=7`
  return encode(() => ['-f', 'lavfi', '-i', noise, '-t', String(seconds), '-ac', '2'], 'flac')
}

/** STREAMINFO keeps the number of samples in the last 36 bits before the MD5 sum; zero says that nobody counted. */
export function withUnknownLength(flac: Buffer): Buffer {
  const bytes = Buffer.from(flac)
  bytes[21] = (bytes[21] ?? 0) & 0xf0
  bytes.fill(0, 22, 26)
  return bytes
}

/** Its header is whole, so that only the decoder finds what is wrong in the middle. */
export function damagedFlac(): Buffer {
  const bytes = noiseFlac(4)
  bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 60_000)
  return bytes
}
