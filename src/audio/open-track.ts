import { closeSync, fstatSync, openSync } from 'node:fs'
import { AudioError, damaged } from './audio-error.ts'
import type { Source } from './contract.ts'
import type { DecoderPaths } from './decode.ts'
import { readFlacHeader } from './flac-header.ts'
import { type AudioLimits, checkLimits, DEFAULT_LIMITS } from './limits.ts'
import { framesByXingHeader } from './mp3-header.ts'
import { openPcmFile } from './pcm-file.ts'
import type { PcmSource } from './pcm-source.ts'
import { bytesAt, viewOf } from './riff.ts'
import { id3Bytes, SNIFF_BYTES, sniffContainer } from './sniff.ts'

export interface OpenOptions extends Partial<DecoderPaths> {
  limits?: Partial<AudioLimits>
  signal?: AbortSignal
}

/**
 * Opens a sound file for measuring, whatever its name. WAV and AIFF are read directly, the rest through ffmpeg.
 * @throws AudioError when it is no sound file, lies outside the limits or is damaged
 */
export async function openTrack(path: string, options: OpenOptions = {}): Promise<PcmSource> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const decoder = {
    ffmpegPath: options.ffmpegPath ?? 'ffmpeg',
    ffprobePath: options.ffprobePath ?? 'ffprobe',
  }
  const fd = openFile(path)
  let keepOpen = false
  try {
    const fileBytes = sizeOf(fd)
    const head = bytesAt(fd, 0, Math.min(SNIFF_BYTES, fileBytes))
    const container = sniffContainer(head)
    if (container === null) throw unsupported()
    if (container === 'wav' || container === 'aiff') {
      const source = openPcmFile(fd, container, fileBytes, limits)
      keepOpen = true
      return source
    }
    if (container === 'flac') return await openFlac(path, head, limits, decoder)
    if (container === 'ogg') checkLastPage(fd, fileBytes)
    // The door to ffmpeg is loaded only when it is needed: plain WAV starts faster.
    const { probe } = await import('./decode.ts')
    const { openDecodedFile } = await import('./decoded-file.ts')
    const stream = await probe(path, container, decoder, options.signal)
    const facts: Source = {
      container,
      codec: stream.codec,
      sampleRateHz: stream.sampleRateHz,
      channels: stream.channels,
      bitDepth: stream.codec === 'flac' ? stream.bitDepth : null,
      durationSeconds: stream.durationSeconds ?? 0,
    }
    checkLimits(facts, limits)
    const frames =
      container === 'mp3' ? mp3Frames(fd) : Math.floor(facts.durationSeconds * facts.sampleRateHz) || null
    return openDecodedFile(path, facts, 'f32le', frames, limits, decoder)
  } finally {
    if (!keepOpen) closeSync(fd)
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw new AudioError(
      'audio/unreadable',
      'The file cannot be opened. Check that it exists and may be read.',
      {
        cause: error,
      },
    )
  }
}

function sizeOf(fd: number): number {
  const stat = fstatSync(fd)
  if (!stat.isFile())
    throw new AudioError('audio/unreadable', 'This is not a file. Give the path of a sound file.')
  if (stat.size === 0) throw new AudioError('audio/empty', 'The file is empty (0 bytes). Export it again.')
  return stat.size
}

function unsupported(): AudioError {
  return new AudioError(
    'audio/unsupported-format',
    'This is not a sound file that can be measured. Use WAV, AIFF, FLAC, MP3 or Ogg.',
  )
}

async function openFlac(
  path: string,
  head: Uint8Array,
  limits: AudioLimits,
  decoder: DecoderPaths,
): Promise<PcmSource> {
  const { openDecodedFile } = await import('./decoded-file.ts')
  const { sampleRateHz, channels, bitDepth, frames } = readFlacHeader(head)
  const facts: Source = {
    container: 'flac',
    codec: 'flac',
    sampleRateHz,
    channels,
    bitDepth,
    durationSeconds: (frames ?? 0) / Math.max(1, sampleRateHz),
  }
  checkLimits(facts, limits)
  return openDecodedFile(path, facts, bitDepth <= 16 ? 's16le' : 's32le', frames, limits, decoder)
}

function mp3Frames(fd: number): number | null {
  const tagBytes = id3Bytes(bytesAt(fd, 0, 10)) ?? 0
  return framesByXingHeader(bytesAt(fd, tagBytes, 256))
}

const LONGEST_PAGE_BYTES = 27 + 255 + 255 * 255

/** An Ogg file that was cut off ends inside a page. @throws AudioError audio/damaged */
function checkLastPage(fd: number, fileBytes: number): void {
  const from = Math.max(0, fileBytes - 2 * LONGEST_PAGE_BYTES)
  const tail = bytesAt(fd, from, fileBytes - from)
  for (let at = tail.length - 27; at >= 0; at--) {
    if (tail[at] !== 0x4f || viewOf(tail).getUint32(at, false) !== 0x4f676753) continue
    const segments = tail[at + 26] ?? 0
    if (at + 27 + segments > tail.length) throw damaged('it ends before its sound does')
    let end = at + 27 + segments
    for (let i = 0; i < segments; i++) end += tail[at + 27 + i] ?? 0
    if (end > tail.length) throw damaged('it ends before its sound does')
    return
  }
  throw damaged('its last part is not Ogg')
}
