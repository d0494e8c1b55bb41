import { type DeviceFamily, note, plain } from './family.ts'

/** Until Live 12.1: the cutoff is stored as a MIDI note. */
export const autoFilter: DeviceFamily = {
  rows: [
    ['Cutoff', 'cutoffHz', note],
    ['FilterType', 'filterTypeIndex', plain],
    ['Resonance', 'resonance', plain],
    ['Drive', 'drive', plain],
    ['LfoAmount', 'lfoAmount', plain],
  ],
}

export const autoFilter2: DeviceFamily = {
  rows: [
    ['Filter_Frequency', 'cutoffHz', plain],
    ['Filter_Type', 'filterTypeIndex', plain],
    ['Filter_Resonance', 'resonance', plain],
    ['DryWet', 'dryWet', plain],
  ],
}
