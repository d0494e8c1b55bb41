import { createReadStream, statSync } from 'node:fs'
import type { LiveSet } from '../src/als/contract.ts'
import type { SetCommand } from './tracksensei-arguments.ts'
import { diffText } from './tracksensei-diff.ts'
import { printFailure, printLine } from './tracksensei-output.ts'
import { preflightText } from './tracksensei-preflight.ts'

/** Prints each set: all of it as a line of JSON, or its preflight in words. @returns whether all could be read */
export async function printSets({ files, since, json }: SetCommand): Promise<boolean> {
  if (since !== null) return printChanges(files, since, json)
  const { preflight } = await import('../src/preflight/preflight.ts')
  let good = true
  for (const file of files) {
    try {
      const set = await readSet(file)
      if (json) printLine({ file, ...set, preflight: preflight(set) })
      else process.stdout.write(preflightText(file, preflight(set)))
    } catch (error) {
      printFailure(file, error, json)
      good = false
    }
  }
  return good
}

/** Prints what was changed in each set since an older version. @returns whether all could be read */
async function printChanges(files: string[], since: string, json: boolean): Promise<boolean> {
  const { diffSets } = await import('../src/set-diff/diff-sets.ts')
  let good = true
  for (const file of files) {
    try {
      const diff = diffSets(await readSet(since), await readSet(file))
      if (json) printLine({ file, since, diff })
      else process.stdout.write(diffText(file, diff))
    } catch (error) {
      printFailure(file, error, json)
      good = false
    }
  }
  return good
}

/** @throws an error with a code of the form als/… or file/… */
export async function readSet(file: string): Promise<LiveSet> {
  checkReadable(file)
  const { parseLiveSet } = await import('../src/als/parse-live-set.ts')
  return parseLiveSet(createReadStream(file))
}

function checkReadable(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isFile()) return
  throw Object.assign(new Error('The set cannot be opened. Check that it exists and is a file.'), {
    code: 'als/unreadable',
  })
}
