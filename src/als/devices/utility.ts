import type { Reading } from '../reading.ts'
import { amplitude, choice, type DeviceFamily, flag, plain, type Row } from './family.ts'

const common: readonly Row[] = [
  ['Mute', 'mute', flag],
  ['PhaseInvertL', 'phaseInvertLeft', flag],
  ['PhaseInvertR', 'phaseInvertRight', flag],
]

/** Live 8 and 9: gain in dB, width 0–2, 1 = 100 %. */
const untilLive9: DeviceFamily = {
  rows: [
    ...common,
    ['Gain', 'gainDb', plain],
    ['StereoSeparation', 'width', plain],
    ['Panorama', 'pan', plain],
    ['Source', 'channelModeIndex', plain],
    ['BlockDc', 'dcFilter', flag],
  ],
}

/** Live 10 and newer: gain is an amplitude, up to +35 dB; width 0–4, 1 = 100 %. */
const fromLive10: readonly Row[] = [
  ...common,
  ['StereoWidth', 'width', plain],
  ['Mono', 'mono', flag],
  ['BassMono', 'bassMono', flag],
  ['BassMonoFrequency', 'bassMonoHz', plain],
  ['Balance', 'balance', plain],
  ['ChannelMode', 'channelMode', choice('left', 'both', 'right', 'swap')],
  ['MidSideBalanceOn', 'midSideOn', flag],
  ['MidSideBalance', 'midSideBalance', plain],
  ['DcFilter', 'dcFilter', flag],
]

/** In legacy mode the knob that sounds is LegacyGain, in dB. */
export function utility(reading: Reading, device: number): DeviceFamily {
  const { tape } = reading
  if (tape.child(device, 'StereoWidth') < 0) return untilLive9
  return reading.flag(tape.child(device, 'LegacyMode')) === true ? legacyGain : linearGain
}

const legacyGain: DeviceFamily = { rows: [...fromLive10, ['LegacyGain', 'gainDb', plain]] }
const linearGain: DeviceFamily = { rows: [...fromLive10, ['Gain', 'gainDb', amplitude]] }
