import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { FfmpegCommand } from 'fluent-ffmpeg'
import { AudioError, damaged } from './audio-error.ts'
import { inputGuards, jailed } from './decoder-jail.ts'
import { createPipe, OPEN_PIPE } from './decoder-pipe.ts'
import type { SampleFormat } from './pcm-format.ts'
import type { Container } from './sniff.ts'

/** Where the programs are; a bare name is looked up in the usual places. */
export interface DecoderPaths {
  ffmpegPath: string
  ffprobePath: string
  onDecoder?: TellDecoder
}

/** Told which process this thread waits for, and when it does no longer: whoever cannot wait as long ends it. */
export type TellDecoder = (pid: number, isWaitedFor: boolean) => void

/** What ffprobe says about the first sound stream. */
export interface ProbedStream {
  codec: string
  sampleRateHz: number
  channels: number
  bitDepth: number | null
  /** null when the file does not tell */
  durationSeconds: number | null
}

const PROBE_CPU_SECONDS = 10
const PROBE_TIMEOUT_SECONDS = 15
const PROBE_MEMORY_BYTES = 1_000_000_000
const DECODE_MEMORY_BYTES = 1_500_000_000
const MAX_PROBE_OUTPUT_CHARS = 65_536
const PROBE_ENTRIES =
  'stream=codec_name,codec_type,sample_rate,channels,bits_per_raw_sample,duration:format=duration'

/**
 * Asks ffprobe, under the same guards as decoding, what the first sound stream is.
 * @throws AudioError audio/damaged, audio/no-sound-stream, audio/decoder-missing, audio/decoder-timeout, audio/aborted
 */
export async function probe(
  path: string,
  container: Container,
  decoder: DecoderPaths,
  signal?: AbortSignal,
): Promise<ProbedStream> {
  const args = [
    ...jailed(decoder.ffprobePath, PROBE_CPU_SECONDS, PROBE_MEMORY_BYTES, PROBE_TIMEOUT_SECONDS),
    '-v',
    'error',
    ...inputGuards(container),
    '-select_streams',
    'a:0',
    '-show_entries',
    PROBE_ENTRIES,
    '-of',
    'json',
    `file:${resolve(path)}`,
  ]
  return readProbe(await outputOf(args, signal))
}

/**
 * The version of ffmpeg as it names itself: encoders differ from build to build.
 * @throws AudioError audio/decoder-missing, audio/decoder-timeout, audio/decoder-failed, audio/aborted
 */
export async function ffmpegVersion(
  decoder: Pick<DecoderPaths, 'ffmpegPath'>,
  signal?: AbortSignal,
): Promise<string> {
  const jail = jailed(decoder.ffmpegPath, PROBE_CPU_SECONDS, PROBE_MEMORY_BYTES, PROBE_TIMEOUT_SECONDS)
  const version = /^ffmpeg version (\S+)/.exec(await outputOf([...jail, '-version'], signal))?.[1]
  if (version === undefined)
    throw new AudioError('audio/decoder-failed', 'ffmpeg did not tell its version. Check FFMPEG_PATH.')
  return version
}

function outputOf(args: string[], signal?: AbortSignal): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('prlimit', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < MAX_PROBE_OUTPUT_CHARS) output += text
    })
    child.stderr.resume()
    child.on('error', (error) => fail(signal?.aborted ? aborted() : missing(error)))
    child.on('close', (code, killedBy) => {
      if (code === 0) return done(output)
      if (signal?.aborted) return fail(aborted())
      if (killedBy !== null || code === 124 || code === 137) return fail(timedOut())
      fail(code === 126 || code === 127 ? missing() : damaged('no sound can be found in it'))
    })
  })
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined
}

function numberIn(value: unknown, name: string): number | null {
  const number = Number(field(value, name) ?? Number.NaN)
  return Number.isFinite(number) ? number : null
}

function readProbe(text: string): ProbedStream {
  const answer: unknown = JSON.parse(text)
  const streams = field(answer, 'streams')
  const stream: unknown = Array.isArray(streams) ? streams[0] : undefined
  const codec = field(stream, 'codec_name')
  if (typeof codec !== 'string') {
    throw new AudioError('audio/no-sound-stream', 'There is no sound in this file. Export the mix as audio.')
  }
  return {
    codec,
    sampleRateHz: numberIn(stream, 'sample_rate') ?? 0,
    channels: numberIn(stream, 'channels') ?? 0,
    bitDepth: numberIn(stream, 'bits_per_raw_sample') || null,
    durationSeconds: numberIn(stream, 'duration') ?? numberIn(field(answer, 'format'), 'duration'),
  }
}

/** A running decoder: the samples, and a promise that tells whether they were all of them. */
export interface Decoding {
  /** Fills the target unless the sound ends; waits for the decoder without giving the thread away. */
  read(target: Uint8Array): number
  /** Resolves when the decoder ended well; rejects with an AudioError when it did not, even though the samples just end. */
  finished: Promise<void>
  /** Kills the decoder and lets the pipe go. */
  stop(): void
}

/** Opens the pipe, says so, and becomes the decoder under the same process id. */
const INTO_PIPE = `${OPEN_PIPE}; shift; exec "$@"`

/**
 * Decodes the first sound stream to interleaved samples at the file's own rate and channel count.
 * The samples come through a named pipe that this thread reads straight into the memory they are measured in; a
 * stream of buffers would cost as much as a third of the decoding.
 * @param limits maxSeconds cuts the output; timeoutSeconds is wall clock
 */
export async function decode(
  path: string,
  container: Container,
  sampleFormat: SampleFormat,
  limits: { maxSeconds: number; timeoutSeconds: number },
  decoder: DecoderPaths,
): Promise<Decoding> {
  const { default: ffmpeg } = await import('fluent-ffmpeg')
  const pipe = createPipe()
  const command = ffmpeg({ stdoutLines: 20 })
  // A shell stands where fluent-ffmpeg expects ffmpeg; the first "input options" are its own arguments.
  command.setFfmpegPath('/bin/sh')
  skipCapabilityCheck(command, container, sampleFormat)
  const most = String(limits.maxSeconds)
  command
    .input(`file:${resolve(path)}`)
    .inputOptions(
      ...['-c', INTO_PIPE, 'sh', pipe.path, 'prlimit'],
      ...jailed(decoder.ffmpegPath, limits.timeoutSeconds, DECODE_MEMORY_BYTES, limits.timeoutSeconds),
      ...['-nostdin', '-hide_banner', '-v', 'error', '-threads', '1'],
      ...inputGuards(container),
      ...['-t', most],
    )
    .output('pipe:1')
    .outputOptions(
      ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1', '-t', most],
      // Without it each packet of a few hundred samples is written by itself.
      ...['-flush_packets', '0', '-c:a', `pcm_${sampleFormat}`, '-f', sampleFormat],
    )
  const finished = outcomeOf(command)
  // The reader awaits it after the last sample; until then a failure must not count as unhandled.
  finished.catch(() => undefined)
  await new Promise<void>((done, fail) => {
    command.on('start', () => done()).on('error', fail)
    command.run()
  })
  const pid = await pipe.awaitWriter(endedEarly(finished))
  decoder.onDecoder?.(pid, true)
  return {
    read(target) {
      const got = pipe.read(target)
      if (got < target.length) decoder.onDecoder?.(pid, false)
      return got
    },
    finished,
    stop() {
      command.kill('SIGKILL')
      pipe.close()
    },
  }
}

/** A decoder that is gone before its first word never writes one. */
async function endedEarly(finished: Promise<void>): Promise<never> {
  await finished
  throw damaged('no sound could be decoded from it')
}

/** Asking ffmpeg for its lists costs two more processes, outside the jail; the formats used here are in every build. */
function skipCapabilityCheck(command: FfmpegCommand, container: Container, sampleFormat: SampleFormat): void {
  const formats = { [container]: { canDemux: true }, [sampleFormat]: { canMux: true } }
  Object.assign(command, {
    availableFormats: (callback: (error: null, list: object) => void) => callback(null, formats),
    availableEncoders: (callback: (error: null, list: object) => void) => callback(null, {}),
  })
}

function outcomeOf(command: FfmpegCommand): Promise<void> {
  return new Promise<void>((done, fail) => {
    command.on('end', () => done())
    command.on('error', (error: Error) => fail(whatFailed(error)))
  })
}

function whatFailed(error: Error): AudioError {
  if (/code (124|137|152)|SIGKILL|SIGXCPU/.test(error.message)) return timedOut()
  if (/ENOENT|code 12[67]/.test(error.message)) return missing(error)
  return new AudioError(
    'audio/decoder-failed',
    'The file could not be decoded; it may be damaged. Export it again, as WAV or FLAC if you can.',
    { cause: error },
  )
}

function timedOut(): AudioError {
  return new AudioError(
    'audio/decoder-timeout',
    'Decoding took too long and was stopped. Export the track as WAV or FLAC and try again.',
  )
}

function missing(cause?: Error): AudioError {
  return new AudioError(
    'audio/decoder-missing',
    'ffmpeg, ffprobe, prlimit or setpriv is not installed on this machine (Debian: apt install ffmpeg util-linux).',
    cause === undefined ? undefined : { cause },
  )
}

function aborted(): AudioError {
  return new AudioError('audio/aborted', 'The analysis was cancelled.')
}
