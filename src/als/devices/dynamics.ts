import type { Reading } from '../reading.ts'
import { amplitude, choice, type DeviceFamily, flag, type Kind, plain } from './family.ts'

/** Live stores ∞:1 as the largest float; it is reported as the ratio "inf". */
const INFINITE_RATIO = 1e30

function ratioOf(reading: Reading, device: number): number | 'inf' | null {
  const ratio = reading.number(reading.tape.child(device, 'Ratio'))
  return ratio !== null && ratio >= INFINITE_RATIO ? 'inf' : ratio
}

const ratio: Kind = { kind: 'number', unit: (stored) => (stored >= INFINITE_RATIO ? null : stored) }

export const compressor: DeviceFamily = {
  rows: [
    ['Threshold', 'thresholdDb', amplitude],
    ['Ratio', 'ratio', ratio],
    ['Attack', 'attackMs', plain],
    ['Release', 'releaseMs', plain],
    ['AutoReleaseControlOnOff', 'autoRelease', flag],
    ['Gain', 'outputGainDb', plain],
    ['GainCompensation', 'makeup', flag],
    ['DryWet', 'dryWet', plain],
    ['Knee', 'kneeDb', plain],
    ['Model', 'model', plain],
    ['LookAhead', 'lookAheadIndex', plain],
    ['SideListen', 'sideListen', flag],
    ['SideEqOn', 'sideEqOn', flag],
    ['SideChainEq/On', 'sideEqOn', flag],
    ['SideChainEq_On', 'sideEqOn', flag],
    ['SideEqFreq', 'sideEqFreqHz', plain],
    ['SideChainEq/Freq', 'sideEqFreqHz', plain],
    ['SideChainEq_Freq', 'sideEqFreqHz', plain],
  ],
  read: (reading, device) => ({ ratio: ratioOf(reading, device) }),
}

const GLUE_ATTACK_MS = [0.01, 0.1, 0.3, 1, 3, 10, 30]
const GLUE_RATIO = [2, 4, 10]
const GLUE_RELEASE_MS = [100, 200, 400, 600, 800, 1200, 'auto']

export const glueCompressor: DeviceFamily = {
  rows: [
    ['Threshold', 'thresholdDb', plain],
    ['Range', 'rangeDb', plain],
    ['Makeup', 'makeupDb', plain],
    ['Attack', 'attackMs', choice(...GLUE_ATTACK_MS)],
    ['Ratio', 'ratio', choice(...GLUE_RATIO)],
    ['Release', 'releaseMs', choice(...GLUE_RELEASE_MS)],
    ['DryWet', 'dryWet', plain],
    ['PeakClipIn', 'softClip', flag],
  ],
  read: (reading, device) => ({
    attackIndex: reading.number(reading.tape.child(device, 'Attack')),
    ratioIndex: reading.number(reading.tape.child(device, 'Ratio')),
    releaseIndex: reading.number(reading.tape.child(device, 'Release')),
  }),
}

export const limiter: DeviceFamily = {
  rows: [
    ['Gain', 'gainDb', plain],
    ['Ceiling', 'ceilingDb', plain],
    ['Release', 'releaseMs', plain],
    ['AutoRelease', 'auto', flag],
    ['Lookahead', 'lookaheadIndex', plain],
    ['LinkChannels', 'linkChannels', flag],
    ['LinkAmount', 'linkAmount', plain],
    ['Mode', 'modeIndex', plain],
    ['Routing', 'routingIndex', plain],
    ['Maximize', 'maximize', flag],
  ],
}

/** Its ratios are stored as −1…1 and −3…1, not as n:1: they are reported as amounts. */
const BAND_NAMES = ['Low', 'Mid', 'High'] as const

export const multibandDynamics: DeviceFamily = {
  rows: [
    ['SplitLowMid', 'lowMidFreqHz', plain],
    ['SplitMidHigh', 'midHighFreqHz', plain],
    ['SplitLowMidOn', 'lowMidOn', flag],
    ['SplitMidHighOn', 'midHighOn', flag],
    ...BAND_NAMES.flatMap((band): DeviceFamily['rows'] => {
      const key = band.toLowerCase()
      return [
        [`Active${band}`, `${key}On`, flag],
        [`AboveThreshold${band}`, `${key}AboveThresholdDb`, plain],
        [`AboveRatio${band}`, `${key}AboveAmount`, plain],
        [`BelowThreshold${band}`, `${key}BelowThresholdDb`, plain],
        [`BelowRatio${band}`, `${key}BelowAmount`, plain],
        [`Attack${band}`, `${key}AttackMs`, plain],
        [`Release${band}`, `${key}ReleaseMs`, plain],
        [`InputGain${band}`, `${key}InputGainDb`, plain],
        [`Gain${band}`, `${key}OutputGainDb`, plain],
      ]
    }),
    ['OutputGain', 'outputGainDb', plain],
    ['GlobalAmount', 'amount', plain],
    ['GlobalTime', 'timeScale', plain],
    ['SoftKnee', 'softKnee', flag],
    ['SideListen', 'sideListen', flag],
  ],
}

export const gate: DeviceFamily = {
  rows: [
    ['Threshold', 'thresholdDb', amplitude],
    ['Return', 'returnDb', plain],
    ['Attack', 'attackMs', plain],
    ['Hold', 'holdMs', plain],
    ['Release', 'releaseMs', plain],
    ['Gain', 'floorDb', plain],
    ['FlipMode', 'flip', flag],
    ['SideListen', 'sideListen', flag],
  ],
}
