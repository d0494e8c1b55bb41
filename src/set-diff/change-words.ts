import type { SetChange } from './contract.ts'

const DECIMALS = 2

function valueText(value: SetChange['before'], unit: string): string {
  if (value === null) return unit === 'dB' ? '−∞ dB' : 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const text = typeof value === 'number' ? String(Number(value.toFixed(DECIMALS))).replace('-', '−') : value
  return unit === '' ? text : `${text} ${unit}`
}

const UNIT_ENDING = /(Db|Ms|Hz|Bpm|Semitones|Cents)$/

/** "band3.gainDb" → "band 3 gain": keys as they would be said; the unit stands with the value. */
function keyWords(key: string): string {
  return key
    .replace(UNIT_ENDING, '')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/([a-z])([A-Z])/g, (_, one: string, other: string) => `${one} ${other.toLowerCase()}`)
    .replace(/\./g, ' ')
}

/** A change in words, without the name of its track: "clip Drop moved by 8 bars, to bar 17". */
export function changeText(change: SetChange): string {
  const { kind, deviceName, clipName, before, after, unit, bar, count } = change
  const isKey = kind === 'mixer' || kind === 'parameter' || kind === 'automation' || kind.startsWith('clip-')
  const what = change.what !== null && isKey ? keyWords(change.what) : change.what
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
