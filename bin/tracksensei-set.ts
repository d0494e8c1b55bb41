import { createReadStream, statSync } from 'node:fs'
import type { LiveSet } from '../src/als/contract.ts'
import { printFailure, printLine } from './tracksensei-output.ts'

/** Prints each set as a line of JSON, with the name of its file. @returns whether all could be read */
export async function printSets(files: string[]): Promise<boolean> {
  let good = true
  for (const file of files) {
    try {
      printLine({ file, ...(await readSet(file)) })
    } catch (error) {
      printFailure(file, error, true)
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
