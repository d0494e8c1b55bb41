import { closeSync, fstatSync, openSync } from 'node:fs'
import { AudioError } from './audio-error.ts'
import type { Source } from './contract.ts'
import type { DecoderPaths } from './decode.ts'
import { readFlacHeader } from './flac-header.ts'
import { type AudioLimits, checkLimits, DEFAULT_LIMITS } from './limits.ts'
import { readMp3Header } from './mp3-header.ts'
import { readOggHeader } from './ogg-header.ts'
import { openPcmFile } from './pcm-file.ts'
import type { PcmSource } from './pcm-source.ts'
import { bytesAt } from './riff.ts'
import { SNIFF_BYTES, sniffContainer } from './sniff.ts'

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
    ...(options.onDecoder === undefined ? {} : { onDecoder: options.onDecoder }),
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
    // A plain file says everything itself; asking ffprobe costs as much as decoding a minute.
    const own = container === 'ogg' ? readOggHeader(fd, head, fileBytes) : readMp3Header(fd)
    // The door to ffmpeg is loaded only when it is needed: plain WAV starts faster.
    const { probe } = await import('./decode.ts')
    const { openDecodedFile } = await import('./decoded-file.ts')
    const stream = own ?? (await probe(path, container, decoder, options.signal))
    const facts: Source = {
      container,
      codec: stream.codec,
      sampleRateHz: stream.sampleRateHz,
      channels: stream.channels,
      bitDepth: stream.codec === 'flac' ? stream.bitDepth : null,
      durationSeconds: stream.durationSeconds ?? 0,
    }
    checkLimits(facts, limits)
    // The length that ffprobe guesses for an MP3 without a header is no promise.
    const promised = own !== null || container === 'ogg'
    const frames = promised ? Math.floor(facts.durationSeconds * facts.sampleRateHz) || null : null
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
