import type { SetChange, SetDiff } from '../src/set-diff/contract.ts'
import { printable } from './tracksensei-output.ts'

const DECIMALS = 2

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

function valueText(value: SetChange['before'], unit: string): string {
  if (value === null) return unit === 'dB' ? '−∞ dB' : 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = typeof value === 'number' ? String(Number(value.toFixed(DECIMALS))).replace('-', '−') : value
  return unit === '' ? text : `${text} ${unit}`
}

/** A change in words: "clip Drop moved by 8 bars, to bar 17". */
export function changeText(change: SetChange): string {
  const { kind, deviceName, clipName, what, before, after, unit, bar, count } = change
  const values = `${valueText(before, unit)} → ${valueText(after, unit)}`
  const clip = clipName === null || clipName === '' ? 'unnamed clip' : `clip ${clipName}`
  const at = bar === null ? '' : `, bar ${bar}`
  switch (kind) {
    case 'locator-added':
    case 'locator-removed':
      return `locator ${what ?? ''} ${kind.slice('locator-'.length)}${at}`
    case 'locator-moved':
      return `locator ${what ?? ''} moved by ${valueText(after, unit)}, to bar ${bar}`
    case 'track-added':
    case 'track-removed':
      return kind.replace('-', ' ')
    case 'track-moved':
      return 'track moved to another place'
    case 'device-added':
    case 'device-removed':
      return `${deviceName ?? 'device'} ${kind.slice('device-'.length)}`
    case 'device-moved':
      return `${deviceName ?? 'device'} moved from place ${before} to place ${after}`
    case 'clip-added':
    case 'clip-removed':
      return `${clip} ${kind.slice('clip-'.length)}${at}`
    case 'clip-moved':
      return `${count > 1 ? `${count} clips` : clip} moved by ${valueText(after, unit)}, to bar ${bar}`
    case 'clip-length':
    case 'clip-changed':
      return `${clip}: ${what} ${values}${at}`
    case 'automation':
      return `automation of ${[deviceName, what].filter((part) => part !== null).join(' ')}: ${values}`
    case 'send':
      return `send to ${what ?? 'a return'}: ${values}`
    default:
      return `${[deviceName, what ?? kind.replace('-', ' ')].filter((part) => part !== null).join(': ')} ${values}`
  }
}
