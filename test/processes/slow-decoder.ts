import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface DecoderProgram {
  file: string
  remove(): Promise<void>
}

async function makeProgram(script: string): Promise<DecoderProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tracksensei-decoder-'))
  const file = path.join(folder, 'decoder')
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
  return { file, remove: () => rm(folder, { recursive: true, force: true }) }
}

/**
 * The real ffmpeg, told to read no faster than one could listen: an analysis of some seconds of FLAC takes as many
 * seconds on any machine, and is still going on when it is interrupted.
 */
export function makeSlowDecoder(): Promise<DecoderProgram> {
  return makeProgram('exec ffmpeg -re "$@"')
}

/** One that never writes: no broken pipe ends it, only whoever started it. */
export function makeHangingDecoder(): Promise<DecoderProgram> {
  return makeProgram(`exec perl -e 'sleep 300' -- "$@"`)
}

function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(read(String(pid), 'status'))?.[1] ?? 0)
}

function ancestorsOf(pid: number): number[] {
  const found: number[] = []
  for (let at = parentOf(pid); at > 1; at = parentOf(at)) found.push(at)
  return found
}

export interface Decoder {
  pid: number
  ancestors: number[]
  /** Its arguments, one after the other. */
  command: string
}

/** Every process that decodes a file below this folder, or watches over that, whoever its parent is by now. */
export function decodersIn(folder: string): Decoder[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid: Number(pid),
      ancestors: ancestorsOf(Number(pid)),
      command: read(pid, 'cmdline').replaceAll('\0', ' '),
    }))
    .filter(({ command }) => command.includes(`file:${folder}`))
}
