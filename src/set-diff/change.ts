import type { SetDevice, SetTrack } from '../als/contract.ts'
import type { ChangeValue, SetChange } from './contract.ts'

/** Where changes of one track are noted. */
export interface Place {
  track: SetTrack | null
  trackIndex: number | null
}

const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ['Db', 'dB'],
  ['Ms', 'ms'],
  ['Hz', 'Hz'],
  ['Bpm', 'BPM'],
  ['Semitones', 'st'],
  ['Cents', 'ct'],
]

/** The unit that a key ends in. */
export function unitOf(key: string): string {
  return UNITS.find(([suffix]) => key.endsWith(suffix))?.[1] ?? ''
}

/** A change with what is given; the rest says that it does not apply. */
export function changeAt(
  place: Place,
  kind: SetChange['kind'],
  parts: Partial<SetChange> & { device?: SetDevice } = {},
): SetChange {
  const { device, ...given } = parts
  return {
    kind,
    trackName: place.track?.name ?? null,
    trackIndex: place.trackIndex,
    deviceName: device?.name ?? null,
    deviceId: device?.id ?? null,
    clipName: null,
    what: null,
    before: null,
    after: null,
    unit: '',
    bar: null,
    count: 1,
    ...given,
  }
}

/** Stored floats differ by noise from save to save. */
const NOISE = 1e-5

export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') {
    return Math.abs(one - other) <= NOISE * Math.max(1, Math.abs(one), Math.abs(other))
  }
  return one === other
}

/** What a record holds, as single values; lists and objects are taken apart elsewhere. */
export function asValue(value: unknown): ChangeValue {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
}
