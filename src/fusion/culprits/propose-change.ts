import type { SetDevice, SetEqBand } from '../../als/contract.ts'
import { bandGainDb, numberOf } from '../device-curve.ts'
import type { Evidence } from './evidence.ts'
import type { Family, ProblemPlace } from './problem.ts'
import { driveDb, invertsOneSide } from './settings.ts'

/** A knob to turn: which, where it stands, where to try it. */
export interface Change {
  /** null for the track's own mixer, or a device that is not there yet. */
  deviceId: string | null
  device: string
  parameter: string
  /** null when the set does not show it. */
  present: number | boolean | null
  proposed: number | boolean | null
  unit: 'dB' | 'Hz' | '%' | 'switch' | null
}

/** Advice within one step of what can be heard and judged. */
const LARGEST_CUT_DB = 6
const SMALLEST_DB = 2
/** Gain into a limiter that most mixes bear, by practice. */
const USUAL_DRIVE_DB = 3

const tenth = (value: number) => Math.round(value * 10) / 10

/** What to try first on a suspect; null when its settings offer nothing that fits. */
export function proposeChange(family: Family, evidence: Evidence, place: ProblemPlace): Change | null {
  if (family === 'level') return levelChange(evidence)
  if (family === 'stereo') return widthChange(evidence)
  if (family === 'phase') return phaseChange(evidence)
  return family === 'limiting' ? limitingChange(evidence) : tonalChange(evidence, place)
}

function tonalChange({ suspect, liftDb, bumpDb }: Evidence, place: ProblemPlace): Change | null {
  if (place.fromHz === null || place.toHz === null) return null
  const centreHz = Math.sqrt(place.fromHz * place.toHz)
  const strongest = strongestBand(suspect.devices, [place.fromHz, centreHz, place.toHz])
  if (strongest !== null) {
    const present = strongest.band.gainDb ?? 0
    return {
      deviceId: strongest.device.id,
      device: strongest.device.classLabel,
      parameter: `gain of band ${strongest.band.band} (${Math.round(strongest.band.freqHz ?? 0)} Hz)`,
      present: tenth(present),
      proposed: tenth(present / 3),
      unit: 'dB',
    }
  }
  const excess = Math.max(3, Math.min(LARGEST_CUT_DB, Math.max(liftDb, bumpDb)))
  const existing = suspect.devices.find((device) => device.class === 'Eq8')
  return {
    deviceId: existing?.id ?? null,
    device: 'EQ Eight',
    parameter: `gain of a new bell at ${Math.round(centreHz)} Hz`,
    present: 0,
    proposed: -tenth(excess),
    unit: 'dB',
  }
}

function strongestBand(
  devices: readonly SetDevice[],
  hz: readonly number[],
): { device: SetDevice; band: SetEqBand } | null {
  const bands = devices.flatMap((device) => {
    const list = device.parameters.bands
    return Array.isArray(list)
      ? list.map((band) => ({
          device,
          band,
          effect: Math.max(...hz.map((at) => bandGainDb(band, at, numberOf(device, 'scale') ?? 1))),
        }))
      : []
  })
  const [first] = bands.filter(({ effect }) => effect >= SMALLEST_DB).sort((a, b) => b.effect - a.effect)
  return first ?? null
}

function levelChange({ suspect, settings, levelLiftDb }: Evidence): Change {
  const loud = suspect.devices.find(
    (device) => device.class === 'StereoGain' && (numberOf(device, 'gainDb') ?? 0) > 3,
  )
  const cut = Math.max(3, Math.min(LARGEST_CUT_DB, levelLiftDb))
  if (loud !== undefined) {
    const present = numberOf(loud, 'gainDb') ?? 0
    return {
      deviceId: loud.id,
      device: loud.classLabel,
      parameter: 'gain',
      present: tenth(present),
      proposed: tenth(present - cut),
      unit: 'dB',
    }
  }
  return {
    deviceId: null,
    device: 'Mixer',
    parameter: 'track volume',
    present: suspect.track.volumeDb === null ? null : tenth(settings.faderDb),
    proposed: tenth(settings.faderDb - cut),
    unit: 'dB',
  }
}

function widthChange({ suspect }: Evidence): Change {
  const wide = suspect.devices.find(
    (device) => device.class === 'StereoGain' && (numberOf(device, 'width') ?? 1) > 1.05,
  )
  const present = wide === undefined ? 1 : (numberOf(wide, 'width') ?? 1)
  return {
    deviceId: wide?.id ?? null,
    device: 'Utility',
    parameter: 'width',
    present: Math.round(100 * present),
    proposed: present > 1 ? 100 : 70,
    unit: '%',
  }
}

function phaseChange({ suspect }: Evidence): Change {
  const inverting = suspect.devices.find(invertsOneSide)
  const side = inverting?.parameters.phaseInvertRight === true ? 'right' : 'left'
  return {
    deviceId: inverting?.id ?? null,
    device: inverting?.classLabel ?? 'Utility',
    parameter: `phase invert ${side}`,
    present: inverting !== undefined,
    proposed: inverting === undefined,
    unit: 'switch',
  }
}

function limitingChange({ suspect }: Evidence): Change | null {
  const [driven] = [...suspect.devices].sort((a, b) => driveDb(b) - driveDb(a))
  const drive = driven === undefined ? 0 : driveDb(driven)
  if (driven !== undefined && drive > USUAL_DRIVE_DB) {
    const parameter =
      driven.class === 'Saturator' ? 'drive' : driven.class === 'GlueCompressor' ? 'makeup' : 'gain'
    return {
      deviceId: driven.id,
      device: driven.classLabel,
      parameter,
      present: tenth(drive),
      proposed: USUAL_DRIVE_DB,
      unit: 'dB',
    }
  }
  const opaque = suspect.devices.find(({ plugin }) => plugin !== null && plugin.instrument !== true)
  return opaque === undefined
    ? null
    : {
        deviceId: opaque.id,
        device: opaque.classLabel,
        parameter: 'input gain or threshold',
        present: null,
        proposed: null,
        unit: null,
      }
}
