import type { Preflight, PreflightPlace, PreflightResult, PreflightValue } from '../src/preflight/contract.ts'
import { printable } from './tracksensei-output.ts'

const INDENT = '            '
const SEVERITIES = ['serious', 'warning', 'advice', 'info'] as const

/** The preflight of a set for reading in a terminal: most serious first, then which rules had nothing to judge. */
export function preflightText(file: string, preflight: Preflight): string {
  const idle = preflight.rules.filter(({ outcome }) => outcome === 'nothing-to-judge').map(({ id }) => id)
  const shortened = preflight.rules.flatMap(({ id, found }) => {
    const listed = preflight.results.filter(({ rule }) => rule === id).length
    return found > listed ? [`  ${id}: ${found - listed} more places\n`] : []
  })
  return [
    `${printable(file)}\n`,
    `Preflight: ${preflightCount(preflight)}\n`,
    ...preflight.results.map(resultText),
    ...shortened,
    `${preflight.rules.length} rules asked; nothing to judge for ${idle.length}: ${idle.join(', ') || '–'}\n\n`,
  ].join('')
}

/** "1 serious, 2 advice"; "nothing found" without results. */
export function preflightCount({ results }: Preflight): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = results.filter((result) => result.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}`]
  })
  return counts.join(', ') || 'nothing found'
}

function resultText(result: PreflightResult): string {
  const { severity, title, rule, place, present, proposed, reason, provenance, source, sureness, doubt } =
    result
  const value = [present, proposed].flatMap((each) => (each === null ? [] : [valueText(each)])).join(' → ')
  const where = placeText(place)
  return [
    `  ${severity.padEnd(INDENT.length - 3)} ${title} (${rule})\n`,
    where === '' && value === '' ? '' : `${INDENT}${[where, value].filter(Boolean).join(': ')}\n`,
    `${INDENT}${reason} [${provenance}: ${source}]\n`,
    sureness === 'certain' && doubt === null
      ? ''
      : `${INDENT}${[sureness, doubt].filter(Boolean).join('. ')}\n`,
  ].join('')
}

function placeText(place: PreflightPlace): string {
  const track =
    place.trackIndex === null ? null : `track ${place.trackIndex + 1} ${place.trackName || 'unnamed'}`
  const bar = place.bar === null ? null : `bar ${place.bar}.${Math.floor(place.beatInBar ?? 1)}`
  return printable([track, place.deviceName, place.clipName, bar].filter(Boolean).join(', '))
}

function valueText({ value, unit }: PreflightValue): string {
  const text = typeof value === 'number' ? String(value).replace('-', '−') : String(value)
  return unit === '' ? text : `${text} ${unit}`
}
