import type { Tape } from './tape.ts'
import { cleanName } from './text.ts'

/** Attributes of the root element that tell which Live wrote the set. */
export type Version = { readonly creator: string | null; readonly liveMajor: number | null }

/** Newest version whose sets have been seen. */
export const NEWEST_KNOWN_LIVE = 12

/**
 * The version of Live from `Creator`, or from `MinorVersion` ("8.1_225") in sets of Live 8.0, which have no creator.
 * `MajorVersion` counts something else.
 */
export function readVersion(tape: Tape): Version {
  const creator = tape.text(tape.attribute(0, 'Creator'))
  const minor = tape.text(tape.attribute(0, 'MinorVersion')) ?? ''
  const major = /(?:^|\s)(\d{1,3})\./.exec(creator ?? '')?.[1] ?? /^(\d{1,3})[._]/.exec(minor)?.[1]
  return {
    creator: creator === undefined || creator === '' ? null : cleanName(creator),
    liveMajor: major === undefined ? null : Number(major),
  }
}
