import type { SetEqBand } from '../contract.ts'
import type { Reading } from '../reading.ts'
import { amplitude, choice, type DeviceFamily, fader, flag, plain, type Row } from './family.ts'

const BANDS = [0, 1, 2, 3, 4, 5, 6, 7]
const TYPES = [
  'low-cut-48',
  'low-cut-12',
  'low-shelf',
  'bell',
  'notch',
  'high-shelf',
  'high-cut-12',
  'high-cut-48',
]
/** Live 8 had six types; its sets are known by parameters without `Manual`. */
const TYPES_OF_LIVE_8 = ['low-cut', 'low-shelf', 'bell', 'notch', 'high-shelf', 'high-cut']

function readBand(reading: Reading, device: number, band: number, side: 'A' | 'B'): SetEqBand | undefined {
  const { tape } = reading
  const node = tape.path(device, `Bands.${band}`, `Parameter${side}`)
  if (node < 0) return undefined
  const modeNode = tape.child(node, 'Mode')
  const mode = reading.integer(modeNode)
  const types = tape.child(modeNode, 'Manual') < 0 ? TYPES_OF_LIVE_8 : TYPES
  const type = mode === null ? null : (types[mode] ?? null)
  if (mode !== null && type === null) reading.notUnderstood.add('value', `band type ${mode}`, 'Eq8')
  return {
    band: band + 1,
    side,
    on: reading.flag(tape.child(node, 'IsOn')),
    type,
    mode,
    freqHz: reading.number(tape.child(node, 'Freq')),
    gainDb: reading.number(tape.child(node, 'Gain')),
    q: reading.number(tape.child(node, 'Q')),
  }
}

/** The second curve sounds only in left/right and mid/side mode. */
function readBands(reading: Reading, device: number): SetEqBand[] {
  const mode = reading.integer(reading.tape.child(device, 'Mode'))
  const sides = mode === 0 || mode === null ? (['A'] as const) : (['A', 'B'] as const)
  return sides.flatMap((side) => BANDS.flatMap((band) => readBand(reading, device, band, side) ?? []))
}

const bandRows: Row[] = BANDS.flatMap((band) =>
  (['A', 'B'] as const).flatMap((side): Row[] => {
    const path = `Bands.${band}/Parameter${side}`
    const key = side === 'A' ? `band${band + 1}` : `band${band + 1}B`
    return [
      [`${path}/IsOn`, `${key}.on`, flag],
      [`${path}/Mode`, `${key}.mode`, plain],
      [`${path}/Freq`, `${key}.freqHz`, plain],
      [`${path}/Gain`, `${key}.gainDb`, plain],
      [`${path}/Q`, `${key}.q`, plain],
    ]
  }),
)

export const eqEight: DeviceFamily = {
  rows: [
    ['GlobalGain', 'globalGainDb', plain],
    ['Scale', 'scale', plain],
    ['Mode', 'channelMode', choice('stereo', 'left-right', 'mid-side')],
    ['AdaptiveQ', 'adaptiveQ', flag],
  ],
  automationRows: bandRows,
  read: (reading, device) => ({ bands: readBands(reading, device) }),
}

export const eqThree: DeviceFamily = {
  rows: [
    ['GainLo', 'lowGainDb', fader],
    ['GainMid', 'midGainDb', fader],
    ['GainHi', 'highGainDb', fader],
    ['FreqLo', 'lowFreqHz', plain],
    ['FreqHi', 'highFreqHz', plain],
    ['LowOn', 'lowOn', flag],
    ['MidOn', 'midOn', flag],
    ['HighOn', 'highOn', flag],
    ['Slope', 'steepSlope', flag],
  ],
}

export const channelEq: DeviceFamily = {
  rows: [
    ['HighpassOn', 'highPassOn', flag],
    ['LowShelfGain', 'lowGainDb', amplitude],
    ['MidGain', 'midGainDb', amplitude],
    ['MidFrequency', 'midFreqHz', plain],
    ['HighShelfGain', 'highGainDb', amplitude],
    ['Gain', 'outputGainDb', amplitude],
  ],
}
