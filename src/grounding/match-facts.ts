import type { Fact } from './facts.ts'
import { ALIASES, type Alias } from './lexicon.ts'
import type { WrittenNumber } from './read-text.ts'
import { isDifference } from './units.ts'

/** Slack for numbers that were rounded twice on their way. */
const EPSILON = 1e-6
const END_OF_SCALE = 0.05

/** The last word of a path: what the number is called. */
export function keyOf(path: string): string {
  return (
    path
      .replace(/(\[\d+\])+$/, '')
      .split('.')
      .at(-1) ?? path
  )
}

/** The row of a table that a path lies in; undefined outside of tables. */
export function rowOf(path: string): string | undefined {
  return (
    /^.*\[\d+\]/.exec(path)?.[0] ?? /^set\.[TD]\d+|^(?:findings|strengths|preflight)\.[a-z-]+/.exec(path)?.[0]
  )
}

/** Axes of tables: they say which row it is, not what was measured there. */
export function isAxis(path: string): boolean {
  return /\]\.(centreHz|fromHz|toHz)$/.test(path)
}

/** Units that a sentence may leave out. */
const UNWRITTEN = new Set(['', 'share', 'samples', 'bit', 'beats', 'bars', '%', 'per second', 'per minute'])

/** Measures that are often said without their unit: "a PLR of 9.5", "a tempo of 124". */
const UNITLESS_SPEECH = /^(?:plrDb|psrMinDb|drDb|tempoBpm)$/

/** A written unit stands for this fact's unit: absolute levels are never plain dB, and LU is never LUFS. */
function unitFits(written: string, fact: Fact): boolean {
  const { unit, path } = fact
  if (written === unit) return true
  if (written === '') return UNWRITTEN.has(unit) || UNITLESS_SPEECH.test(keyOf(path))
  // What changed is a number whose unit depends on its row.
  if (unit === '' && /\.change$/.test(path)) return written === 'dB' || written === 's'
  if (written === 's') return unit === 'ms'
  if (written === '%') return unit === 'share'
  if (written === 'dB') return unit === 'dBTP' || unit === 'dBFS' || (unit === 'LU' && isDifference(path))
  if (written === 'LU') return unit === 'dB' && isDifference(path)
  if (written === 'bars') return unit === 'bar' && /firstBar|startsAt/.test(path) === false
  return false
}

/** A fact's number in the unit that was written. */
function valueIn(written: string, fact: Fact & { value: number }): number {
  if (written === '%' && fact.unit === 'share') return fact.value * 100
  if (written === 's' && fact.unit === 'ms') return fact.value / 1000
  return fact.value
}

/** Within the decimals written; differences may be said without their sign ("down by 4.9 dB"). */
export function valueFits(number: WrittenNumber, fact: Fact): boolean {
  if (typeof fact.value !== 'number') return false
  const value = valueIn(number.unit, { ...fact, value: fact.value })
  // On a scale from 0 to 1 a whole number is an end of it, and no rounding.
  const isEndOfScale = number.unit === '' && number.decimals === 0 && Math.abs(value) <= 1
  const tolerance = isEndOfScale ? END_OF_SCALE : 0.5 * 10 ** -number.decimals + EPSILON
  if (Math.abs(value - number.value) <= tolerance) return true
  const mayLoseSign =
    isDifference(fact.path) || (number.unit === 'dB' && (fact.unit === 'dBTP' || fact.unit === 'dBFS'))
  return mayLoseSign && !number.isSigned && Math.abs(Math.abs(value) - number.value) <= tolerance
}

export function fits(number: WrittenNumber, fact: Fact): boolean {
  return unitFits(number.unit, fact) && valueFits(number, fact)
}

/** Facts under a path: itself, or everything inside it. */
export function under(facts: readonly Fact[], path: string): Fact[] {
  return facts.filter(
    (fact) => fact.path === path || fact.path.startsWith(`${path}.`) || fact.path.startsWith(`${path}[`),
  )
}

export function aliasesIn(text: string): Alias[] {
  return ALIASES.filter(({ words }) => words.test(text))
}

/** Whether the words beside a number name something else than what the fact is. */
export function contradicts(aliases: readonly Alias[], path: string): boolean {
  const specific = aliases.filter((alias) => alias.isSpecific)
  return specific.length > 0 && !specific.some(({ keys }) => keys.test(keyOf(path)))
}
