import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { AudioError } from './audio-error.ts'
import type { Codec } from './codecs.ts'
import type { DecoderPaths, Decoding } from './decode.ts'
import { inputGuards, jailed, streamGuards } from './decoder-jail.ts'
import { createPipe, OPEN_PIPE } from './decoder-pipe.ts'
import type { Container } from './sniff.ts'

const MEMORY_BYTES = 1_500_000_000
/** Opens both pipes, says so, and becomes the decoder. */
const FROM_PIPE_INTO_PIPE = `exec <"$2"; ${OPEN_PIPE}; shift 2; exec "$@"`
const INTO_PIPE = 'exec >"$1" 2>/dev/null; shift; exec "$@"'
const QUIET = ['-nostdin', '-hide_banner', '-v', 'error', '-threads', '1']

/**
 * Encodes the first sound stream of a file and decodes it again, as stereo floats that may exceed full scale.
 * Two programs work hand in hand through a pipe; no file is written.
 * @param rateHz what the track is resampled to where it has another rate
 * @param limits maxSeconds cuts the track; timeoutSeconds is wall clock
 */
export async function decodeThroughCodec(
  file: { path: string; container: Container },
  codec: Codec,
  rateHz: number,
  limits: { maxSeconds: number; timeoutSeconds: number },
  decoder: Pick<DecoderPaths, 'ffmpegPath' | 'onDecoder'>,
): Promise<Decoding> {
  const pipe = createPipe()
  const between = pipe.between()
  const jail = [
    'prlimit',
    ...jailed(decoder.ffmpegPath, limits.timeoutSeconds, MEMORY_BYTES, limits.timeoutSeconds),
  ]
  const run = (script: string, words: string[]) =>
    spawn('/bin/sh', ['-c', script, 'sh', ...words], { stdio: 'ignore' })
  const encoding = run(INTO_PIPE, [between, ...jail, ...encoderWords(file, codec, rateHz, limits.maxSeconds)])
  const reading = run(FROM_PIPE_INTO_PIPE, [pipe.path, between, ...jail, ...decoderWords(codec, rateHz)])
  const children = [encoding, reading]
  const finished = Promise.all(children.map(outcomeOf)).then(() => undefined)
  // The reader awaits it after the last sample; until then a failure must not count as unhandled.
  finished.catch(() => undefined)
  const stop = () => {
    for (const child of children) child.kill('SIGKILL')
    pipe.close()
  }
  try {
    const pid = await pipe.awaitWriter(finished.then(() => Promise.reject(failed())))
    decoder.onDecoder?.(pid, true)
    return {
      read(target) {
        const got = pipe.read(target)
        if (got < target.length) decoder.onDecoder?.(pid, false)
        return got
      },
      finished,
      stop,
    }
  } catch (error) {
    stop()
    throw error
  }
}

function encoderWords(
  { path, container }: { path: string; container: Container },
  codec: Codec,
  rateHz: number,
  maxSeconds: number,
): string[] {
  return [
    ...QUIET,
    ...inputGuards(container),
    ...['-t', String(maxSeconds), '-i', `file:${resolve(path)}`],
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    // Floats before resampling: integers would cut off what the resampler raises above full scale.
    ...['-af', `aformat=sample_fmts=fltp,aresample=${rateHz}:filter_size=64:cutoff=0.97`, '-ac', '2'],
    ...['-c:a', ...codec.encoder, '-threads', '1', '-flags', '+bitexact', '-f', codec.muxer, 'pipe:1'],
  ]
}

function decoderWords(codec: Codec, rateHz: number): string[] {
  return [
    ...QUIET,
    ...streamGuards(codec.demuxer, codec.decoder),
    ...['-c:a', codec.decoder, '-i', 'pipe:0', '-map', '0:a:0'],
    ...['-ac', '2', '-ar', String(rateHz), '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1'],
  ]
}

function outcomeOf(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, killedBy) => {
      if (code === 0) done()
      else fail(killedBy !== null || code === 124 || code === 137 ? outOfTime() : failed())
    })
  })
}

function failed(): AudioError {
  return new AudioError('audio/decoder-failed', 'The track could not be encoded and decoded again.')
}

function outOfTime(): AudioError {
  return new AudioError('audio/decoder-timeout', 'Encoding took too long and was stopped.')
}
