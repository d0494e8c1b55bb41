import type { Cause, CauseChange } from '../../src/findings/causes-contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { countOf } from '../ui/format.ts'
import { sureness, valueWords } from './finding-words.ts'

/** More stretches than these are told as a number. */
const TOLD_BARS = 3

function settingWords(value: CauseChange['present'], unit: CauseChange['unit']): string | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return valueWords(value, unit === null || unit === 'switch' ? '' : unit)
}

/** "EQ Eight, gain of band 2: −1 dB → −3.5 dB"; empty where its settings offer nothing. */
export function changeWords({ change }: Cause): string {
  if (change === null) return ''
  const { device, isNew, parameter, present, proposed, unit } = change
  const values = [settingWords(present, unit), settingWords(proposed, unit)].filter((words) => words !== null)
  const what = `${isNew ? `new ${device}` : device}, ${parameter}`
  return values.length === 0 ? what : `${what}: ${values.join(' → ')}`
}

/** The track as the page names it: "Bass (T3)". */
export function trackWords({ trackIndex }: Cause, { set }: Report): string {
  const id = `T${trackIndex + 1}`
  const name = set?.tracks[trackIndex]?.name ?? ''
  return name === '' || name === id ? id : `${name} (${id})`
}

/** "because …; …": the reasons as one half of a sentence, without its full stop. */
export function reasonWords({ reasons }: Cause): string {
  return reasons.map((reason) => reason.replace(/\.$/, '')).join('; ')
}

/** "bars 17 to 25, 33 to 41": where it plays within the finding; empty for what plays throughout. */
export function barWords({ bars }: Cause): string {
  if (bars.length === 0) return ''
  const told = bars.slice(0, TOLD_BARS).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`))
  const rest = bars.length - told.length
  return `bars ${told.join(', ')}${rest > 0 ? ` and ${countOf(rest, 'more stretch', 'more stretches')}` : ''}`
}

/** "likely: Bass (T3), because …; EQ Eight, gain of band 2: −1 dB → −3.5 dB". */
export function causeWords(cause: Cause, report: Report): string {
  const reasons = reasonWords(cause)
  const change = changeWords(cause)
  const because = reasons === '' ? '' : `, because ${reasons}`
  return `${sureness(cause.likelihood)}: ${trackWords(cause, report)}${because}${change === '' ? '' : `; ${change}`}`
}
