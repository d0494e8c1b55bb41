import { formatHz, formatNumber, formatSigned } from '../ui/format.ts'

const UNITS: readonly (readonly [suffix: string, format: (value: number) => string])[] = [
  ['Dbtp', (value) => `${formatSigned(value, 1)} dBTP`],
  ['Db', (value) => `${formatSigned(value, 1)} dB`],
  [
    'Ms',
    (value) =>
      value >= 1000 ? `${formatNumber(value / 1000, 2)} s` : `${formatNumber(value, value < 10 ? 1 : 0)} ms`,
  ],
  ['Hz', formatHz],
  ['Semitones', (value) => `${formatSigned(value, 0)} st`],
  ['Cents', (value) => `${formatSigned(value, 0)} ct`],
]
/** Shares of one that Live shows as percent. */
const PERCENT = new Set(['dryWet', 'width', 'feedback', 'amount', 'scale', 'crunch'])

/** "outputGainDb" → "output gain"; names of the file stay as they are. */
export function parameterName(key: string): string {
  if (!/^[a-z][a-zA-Z0-9.]*$/.test(key)) return key
  const bare = UNITS.reduce(
    (name, [suffix]) => (name.endsWith(suffix) ? name.slice(0, -suffix.length) : name),
    key,
  )
  return bare
    .replace(/Index$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('.', ' ')
    .toLowerCase()
}

/** A value with the unit that its key ends in; null where there is none to show. */
export function parameterValue(key: string, value: number | boolean | string | null): string | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'string') return key === 'ratio' && value === 'inf' ? '∞:1' : value
  if (key === 'ratio') return `${formatNumber(value, 1)}:1`
  if (PERCENT.has(key)) return `${formatNumber(value * 100, 0)} %`
  const unit = UNITS.find(([suffix]) => key.endsWith(suffix))
  return unit === undefined ? formatNumber(value, Number.isInteger(value) ? 0 : 2) : unit[1](value)
}
