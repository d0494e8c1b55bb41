import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'

const namePattern = /^tracksensei-(\d{4}-\d\d-\d\d)\.log$/

/** Lines go to one file a day (UTC), which nobody else may read. */
export function createLogFiles(folder: string, now: () => Date): { write(line: string): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    write(line) {
      const file = `tracksensei-${now().toISOString().slice(0, 10)}.log`
      appendFileSync(path.join(folder, file), line, { mode: 0o600 })
    },
  }
}

/** No line that is older than this is kept. */
export function dropOldLogFiles(folder: string, now: Date, keptMs: number): void {
  for (const file of readdirSync(folder)) {
    const [, day] = namePattern.exec(file) ?? []
    if (day !== undefined && new Date(day).getTime() + keptMs <= now.getTime())
      rmSync(path.join(folder, file))
  }
}
