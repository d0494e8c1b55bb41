import type { Finding } from '../../findings/contract.ts'
import type { Evidence } from '../culprits/evidence.ts'
import type { Change } from '../culprits/propose-change.ts'
import { deviceGainDb, numberOf } from '../device-curve.ts'
import type { Search } from './searches.ts'

/** One suspect by arithmetic alone: how much speaks for it, why, and what to turn. */
export interface Estimate {
  /** ≥ 0; 0 speaks for nothing. */
  weight: number
  reasons: string[]
  change: Change | null
}

/** Less than this is no cut, dB. */
const SMALLEST_CUT_DB = 1
const USUAL_CEILING_DB = -1

const NOTHING: Estimate = { weight: 0, reasons: [], change: null }
const one = (value: number) => (Math.round(value * 10) / 10).toFixed(1)
const tenth = (value: number) => Math.round(value * 10) / 10

/** @param balanceDb of the mix, positive to the left */
export function estimate(
  search: Exclude<Search, { by: 'weights' }>,
  evidence: Evidence,
  finding: Finding,
  balanceDb: number,
): Estimate {
  switch (search.by) {
    case 'share':
      return byShare(evidence, search.of)
    case 'cut':
      return byCut(evidence, finding)
    case 'narrowing':
      return byNarrowing(evidence)
    case 'lean':
      return byLean(evidence, balanceDb)
    case 'ceiling':
      return byCeiling(evidence, finding)
    case 'level':
      return byLevel(evidence, finding)
  }
}

function byShare({ suspect, share, bus }: Evidence, of: 'all' | 'recordings'): Estimate {
  const records = suspect.track.clipList.some(({ audio }) => audio !== null)
  if (bus || (of === 'recordings' && !records)) return NOTHING
  const reasons = [
    `carries about ${Math.round(100 * share)} % of the sound there (estimated from when it plays)`,
  ]
  if (of === 'recordings') reasons.push('plays recordings, which bring such things along')
  return { weight: share, reasons, change: null }
}

/** What would run through without its filters, times what they take away in the middle of the band. */
function byCut({ suspect, share, liftDb }: Evidence, { place }: Finding): Estimate {
  if (place.band === null) return NOTHING
  const centreHz = Math.sqrt(place.band.fromHz * place.band.toHz)
  const [strongest] = suspect.devices
    .map((device) => ({ device, cutDb: -deviceGainDb(device, centreHz) }))
    .sort((a, b) => b.cutDb - a.cutDb)
  if (strongest === undefined || strongest.cutDb < SMALLEST_CUT_DB) return NOTHING
  const { device, cutDb } = strongest
  const usualShare = Math.min(1, share * 10 ** (-liftDb / 10))
  return {
    weight: usualShare * (1 - 10 ** (-cutDb / 10)),
    reasons: [
      `${device.classLabel} takes ${one(Math.min(60, cutDb))} dB off at ${Math.round(centreHz)} Hz`,
      `such parts usually carry about ${Math.round(100 * usualShare)} % of the sound there`,
    ],
    change: {
      deviceId: device.id,
      device: device.classLabel,
      parameter: `gain at ${Math.round(centreHz)} Hz`,
      present: -tenth(Math.min(60, cutDb)),
      proposed: -tenth(Math.min(60, cutDb) / 3),
      unit: 'dB',
    },
  }
}

/** Kick and bass belong in the middle: that is no fault of theirs. */
function byNarrowing({ suspect, share }: Evidence): Estimate {
  if (suspect.role === 'kick' || suspect.role === 'bass') return NOTHING
  const [narrowest] = suspect.devices
    .filter((device) => device.class === 'StereoGain')
    .map((device) => ({
      device,
      width: device.parameters.mono === true ? 0 : (numberOf(device, 'width') ?? 1),
    }))
    .sort((a, b) => a.width - b.width)
  if (narrowest === undefined || narrowest.width >= 1) return NOTHING
  const { device, width } = narrowest
  const isSwitch = device.parameters.mono === true
  return {
    weight: share * (1 - width),
    reasons: [
      isSwitch ? 'Utility is switched to mono' : `Utility makes it ${Math.round(100 * width)} % wide`,
      `about ${Math.round(100 * share)} % of the sound runs through it`,
    ],
    change: {
      deviceId: device.id,
      device: device.classLabel,
      parameter: isSwitch ? 'mono' : 'width',
      present: isSwitch ? true : Math.round(100 * width),
      proposed: isSwitch ? false : 100,
      unit: isSwitch ? 'switch' : '%',
    },
  }
}

function byLean({ suspect, share }: Evidence, balanceDb: number): Estimate {
  const pan = suspect.track.pan ?? 0
  const leans = balanceDb > 0 ? -pan : pan
  if (leans < 0.05) return NOTHING
  const side = balanceDb > 0 ? 'left' : 'right'
  return {
    weight: share * leans,
    reasons: [
      `is panned ${Math.round(100 * leans)} % to the ${side}`,
      `carries about ${Math.round(100 * share)} % of the sound (estimated from when it plays)`,
    ],
    change: {
      deviceId: null,
      device: 'Mixer',
      parameter: `pan to the ${side}`,
      present: Math.round(100 * leans),
      proposed: Math.round(50 * leans),
      unit: '%',
    },
  }
}

function byCeiling({ suspect }: Evidence, finding: Finding): Estimate {
  if (suspect.track.kind !== 'main') return NOTHING
  const limiter = suspect.devices.findLast((device) => device.class === 'Limiter')
  const present = limiter === undefined ? null : numberOf(limiter, 'ceilingDb')
  const lowerDb = -(finding.advice?.change.to ?? 0)
  const reasons = ['all of the mix runs through it']
  if (limiter === undefined) reasons.push('no Limiter of Live stands on it')
  else if (present !== null)
    reasons.push(`its last Limiter has a ceiling of ${one(present)} dB`.replace('-', '−'))
  return {
    weight: 1,
    reasons,
    change: {
      deviceId: limiter?.id ?? null,
      device: 'Limiter',
      parameter: 'ceiling, with true-peak mode where it has one',
      present,
      proposed: present === null ? USUAL_CEILING_DB : tenth(present - Math.max(0, lowerDb)),
      unit: 'dB',
    },
  }
}

function byLevel({ suspect }: Evidence, finding: Finding): Estimate {
  if (suspect.track.kind !== 'main') return NOTHING
  const limiter = suspect.devices.findLast((device) => device.class === 'Limiter')
  const present = limiter === undefined ? suspect.track.volumeDb : numberOf(limiter, 'gainDb')
  const raiseDb = finding.advice?.change.from ?? 0
  return {
    weight: 1,
    reasons: ['all of the mix runs through it'],
    change: {
      deviceId: limiter?.id ?? null,
      device: limiter === undefined ? 'Mixer' : 'Limiter',
      parameter: limiter === undefined ? 'main volume' : 'gain',
      present: present === null ? null : tenth(present),
      proposed: present === null ? null : tenth(present + Math.max(0, raiseDb)),
      unit: 'dB',
    },
  }
}
