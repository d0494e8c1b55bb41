import type { SetClip, SetDevice } from '../als/contract.ts'
import type { PreflightProvenance, PreflightSeverity, PreflightSureness, PreflightValue } from './contract.ts'
import type { SetView, ViewedTrack } from './set-view.ts'

/** One thing that a set can have wrong; reason and threshold are data, so that both can be shown. */
export interface Rule {
  id: `set-${string}`
  severity: PreflightSeverity
  title: string
  reason: string
  provenance: PreflightProvenance
  source: string
  /** @returns what was found; null when the set holds nothing that this rule could judge */
  check: (view: SetView) => Found[] | null
}

export interface Found {
  track?: ViewedTrack
  device?: SetDevice
  clip?: SetClip
  beat?: number | null
  present?: PreflightValue
  proposed?: PreflightValue
  sureness?: PreflightSureness
  doubt?: string
  /** Where one case of a rule weighs less or more than the rule as such. */
  severity?: PreflightSeverity
}

export const db = (value: number): PreflightValue => ({ value: Math.round(value * 100) / 100, unit: 'dB' })
export const ms = (value: number): PreflightValue => ({ value: Math.round(value * 10) / 10, unit: 'ms' })
export const word = (value: string): PreflightValue => ({ value, unit: '' })
export const count = (value: number, unit = ''): PreflightValue => ({ value, unit })

/** Live stores 32-bit floats and shows decibels with two decimals at most: what differs by less is the same. */
const SLACK_DB = 0.02

/** True only when a level stands over a threshold by more than the noise of storing and showing it. */
export function isOverDb(levelDb: number | null | undefined, thresholdDb: number): levelDb is number {
  return typeof levelDb === 'number' && levelDb > thresholdDb + SLACK_DB
}

/** A parameter of a device as a number; null for anything else. */
export function numberOf(device: SetDevice, key: string): number | null {
  const value = device.parameters[key]
  return typeof value === 'number' ? value : null
}
