import { amplitude, type DeviceFamily, fader, flag, plain } from './family.ts'

export const saturator: DeviceFamily = {
  rows: [
    ['PreDrive', 'driveDb', plain],
    ['PostDrive', 'outputGainDb', plain],
    ['Type', 'typeIndex', plain],
    ['DryWet', 'dryWet', plain],
    ['ColorOn', 'colorOn', flag],
    ['PostClip', 'softClip', flag],
    ['PreDcFilter', 'dcFilter', flag],
  ],
}

export const drumBuss: DeviceFamily = {
  rows: [
    ['EnableCompression', 'compressionOn', flag],
    ['InputTrim', 'inputGainDb', fader],
    ['DriveAmount', 'drive', plain],
    ['DriveType', 'driveTypeIndex', plain],
    ['CrunchAmount', 'crunch', plain],
    ['DampingFrequency', 'dampFreqHz', plain],
    ['TransientShaping', 'transients', plain],
    ['BoomAmount', 'boom', plain],
    ['BoomFrequency', 'boomFreqHz', plain],
    ['BoomDecay', 'boomDecay', plain],
    ['OutputGain', 'outputGainDb', amplitude],
    ['DryWet', 'dryWet', plain],
  ],
}
