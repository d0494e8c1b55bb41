import { asStored, type Unit } from '../automation.ts'
import type { SetParameters } from '../contract.ts'
import type { Reading } from '../reading.ts'
import { faderDb, gainDb, noteToHz, rounded } from '../units.ts'

/** How a stored value is reported: a number in a unit, a switch, or one of a list of words. */
export type Kind =
  | { readonly kind: 'number'; readonly unit: Unit }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly words: readonly (string | number)[] }

/** Path of the element below the device, key in the result, how to report it. */
export type Row = readonly [path: string, key: string, kind: Kind]

/** What is read of a class of devices. `read` adds what a table cannot say. */
export type DeviceFamily = {
  readonly rows: readonly Row[]
  /** Parameters that `read` reports in its own way: here only for the names of their automation. */
  readonly automationRows?: readonly Row[]
  readonly read?: (reading: Reading, device: number) => SetParameters
}

/** A family may depend on what the device holds: sets of several versions store the same knob differently. */
export type FamilyOf = DeviceFamily | ((reading: Reading, device: number) => DeviceFamily)

const number = (unit: Unit): Kind => ({ kind: 'number', unit })

/** Already in the unit that the key names: dB, Hz, ms, s, 0–1. */
export const plain = number(asStored)
/** Linear amplitude, reported in dB. */
export const amplitude = number(gainDb)
/** The same for a knob whose lowest value, −70 dB, means −∞. */
export const fader = number(faderDb)
/** MIDI note number, reported in Hz. */
export const note = number(noteToHz)
/** Seconds, reported in ms. */
export const seconds = number((stored) => rounded(stored * 1000, 4))
export const flag: Kind = { kind: 'flag' }
export const choice = (...words: readonly (string | number)[]): Kind => ({ kind: 'choice', words })

export function unitOf(kind: Kind): Unit {
  return kind.kind === 'number' ? kind.unit : asStored
}
