import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'

/** Digits of the process id that a writer begins with. */
const PID_DIGITS = 10
const LOOK_MS = 2

/** Shell words that open the pipe "$1" for all output but complaints, which nobody reads, and say who writes. */
export const OPEN_PIPE = `exec >"$1" 2>/dev/null; printf '%0${PID_DIGITS}d' $$`

/** A named pipe that a child process writes into and this thread reads. */
export interface DecoderPipe {
  path: string
  /** A second pipe beside it, for two children that work hand in hand; gone with the first one's name. */
  between(): string
  /**
   * Waits for the writer, without holding up this thread, then removes the names: from here on nothing is left behind,
   * whatever happens.
   * @param failed rejects when there will be no writer
   * @returns the process that writes: while it lives, read() may wait for it
   */
  awaitWriter(failed: Promise<never>): Promise<number>
  /** Fills the target unless the writer has ended. @returns bytes read */
  read(target: Uint8Array): number
  close(): void
}

function makePipe(folder: string, name: string): string {
  const path = join(folder, name)
  execFileSync('mkfifo', ['-m', '600', path])
  return path
}

function isNothingYet(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}

const folderPrefix = (thread: number): string => `tracksensei-pipe-${process.pid}-${thread}-`

/** Removes what a thread that was stopped in the middle has left of its pipes. */
export function forgetPipesOf(thread: number): void {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix(thread)))
  for (const name of left) rmSync(join(tmpdir(), name), { recursive: true, force: true })
}

/** Creates the pipe in a folder that only this user can enter. */
export function createPipe(): DecoderPipe {
  const folder = mkdtempSync(join(tmpdir(), folderPrefix(threadId)))
  const path = makePipe(folder, 'samples')
  // Open for both directions first: opening for reading alone would wait for a writer that may never come.
  const keeper = openSync(path, constants.O_RDWR)
  const fd = openSync(path, constants.O_RDONLY)
  const looking = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  let isOpen = true
  let isNamed = true

  function forgetName() {
    if (!isNamed) return
    isNamed = false
    closeSync(keeper)
    closeSync(looking)
    rmSync(folder, { recursive: true })
  }

  async function firstWords(): Promise<string> {
    const words = new Uint8Array(PID_DIGITS)
    for (let got = 0; isOpen && got < PID_DIGITS; ) {
      try {
        got += readSync(looking, words, got, PID_DIGITS - got, null)
      } catch (error) {
        if (!isNothingYet(error)) throw error
        await setTimeout(LOOK_MS)
      }
    }
    return Buffer.from(words).toString('latin1')
  }

  return {
    path,
    between: () => makePipe(folder, 'encoded'),
    async awaitWriter(failed) {
      const pid = Number(await Promise.race([firstWords(), failed]))
      forgetName()
      return pid
    },
    read(target) {
      let done = 0
      while (done < target.length) {
        const got = readSync(fd, target, done, target.length - done, null)
        if (got === 0) break
        done += got
      }
      return done
    },
    close() {
      if (isOpen) closeSync(fd)
      isOpen = false
      forgetName()
    },
  }
}
