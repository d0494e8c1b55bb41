import { changeText } from '../src/set-diff/change-words.ts'
import type { SetDiff } from '../src/set-diff/contract.ts'
import { printable } from './tracksensei-output.ts'

/** What was changed between two versions of a set, a line for each change, under the track that it belongs to. */
export function diffText(file: string, { changes, more }: SetDiff): string {
  const lines = [`${printable(file)}\n`]
  let heading: string | null = null
  for (const change of changes) {
    const track = change.trackName ?? 'Set'
    if (track !== heading) lines.push(`  ${printable(track === '' ? 'unnamed' : track)}\n`)
    heading = track
    lines.push(`    ${printable(changeText(change))}\n`)
  }
  if (changes.length === 0) lines.push('  No differences.\n')
  if (more > 0) lines.push(`  and ${more} more changes\n`)
  return `${lines.join('')}\n`
}
