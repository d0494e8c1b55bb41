import type { Container } from './sniff.ts'

/** What ffmpeg is allowed to take a container for, and to decode inside it. */
const CODECS: Readonly<Record<Container, string>> = {
  wav: 'pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_f64le',
  aiff: 'pcm_s8,pcm_s16be,pcm_s24be,pcm_s32be,pcm_f32be,pcm_f64be,pcm_s16le',
  mp3: 'mp3float,mp3',
  flac: 'flac',
  ogg: 'vorbis,libvorbis,opus,libopus,flac',
}

/** One allocation of the decoder may take this much: a forged header asks for gigabytes. */
const MAX_ALLOCATION_BYTES = 268_435_456

/** Starts a program only while the process given first is its parent: one killed a moment earlier sent no signal. */
const WHILE_PARENT_LIVES = '[ "$PPID" = "$1" ] || exit 137; shift; exec "$@"'

/** The same, and the program learns who its parent will be: `timeout` keeps this shell's process id. */
const THEN_WATCHED =
  '[ "$PPID" = "$1" ] || exit 137; shift; seconds=$1 check=$2; shift 2; exec timeout --signal=KILL "$seconds" setpriv --pdeathsig KILL -- sh -c "$check" sh $$ "$@"'

/**
 * The command line that runs a decoder under limits: processor time, wall clock, memory, files and no core dump; an
 * environment without secrets; and death with the thread that started it.
 * @returns arguments for `prlimit`; exit status 124 or 137 when the wall clock ran out
 */
export function jailed(
  program: string,
  cpuSeconds: number,
  memoryBytes: number,
  wallSeconds: number,
): string[] {
  return [
    ...[
      `--cpu=${Math.ceil(cpuSeconds)}`,
      `--as=${memoryBytes}`,
      '--nofile=64',
      '--fsize=0',
      '--core=0',
      '--',
    ],
    ...['env', '-i', 'PATH=/usr/local/bin:/usr/bin:/bin'],
    ...['setpriv', '--pdeathsig', 'KILL', '--', 'sh', '-c', THEN_WATCHED, 'sh', String(process.pid)],
    ...[String(wallSeconds), WHILE_PARENT_LIVES],
    program,
  ]
}

/** Options before `-i` for a stream from one of our own encoders: only this demuxer and decoder, only the pipe. */
export function streamGuards(demuxer: string, decoder: string): string[] {
  return [
    ...['-max_alloc', String(MAX_ALLOCATION_BYTES), '-protocol_whitelist', 'pipe'],
    ...['-format_whitelist', demuxer, '-codec_whitelist', decoder, '-f', demuxer],
  ]
}

/** Options before `-i`: only this demuxer, only these codecs, only local files. */
export function inputGuards(container: Container): string[] {
  return [
    '-max_alloc',
    String(MAX_ALLOCATION_BYTES),
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    container,
    '-codec_whitelist',
    CODECS[container],
    '-f',
    container,
  ]
}
