import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A named pipe that a child process writes into and this thread reads. */
export interface DecoderPipe {
  path: string
  /** Waits for the writer's first byte, then removes the name: from here on nothing is left behind, whatever happens. */
  awaitWriter(): void
  /** Fills the target unless the writer has ended. @returns bytes read */
  read(target: Uint8Array): number
  close(): void
}

/** Creates the pipe in a folder that only this user can enter. */
export function createPipe(): DecoderPipe {
  const folder = mkdtempSync(join(tmpdir(), 'tracksensei-pipe-'))
  const path = join(folder, 'samples')
  execFileSync('mkfifo', ['-m', '600', path])
  // Open for both directions first: opening for reading alone would wait for a writer that may never come.
  const keeper = openSync(path, constants.O_RDWR)
  const fd = openSync(path, constants.O_RDONLY)
  let open = true
  return {
    path,
    awaitWriter() {
      readSync(fd, new Uint8Array(1))
      closeSync(keeper)
      rmSync(folder, { recursive: true })
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
      if (open) closeSync(fd)
      open = false
    },
  }
}
