import { gzipSync } from 'node:zlib'

const value = (name: string, text: string | number) => `<${name} Value="${text}"/>`
const fixed = (name: string, text: string | number) => `<${name}>${value('Manual', text)}</${name}>`

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function nameOf(name: string): string {
  return `<Name>${value('EffectiveName', escapeXml(name))}${value('UserName', escapeXml(name))}</Name>`
}

function midiTrack(id: number, name: string): string {
  const mixer = `<Mixer>${fixed('Volume', 0.5)}${fixed('Pan', 0)}${fixed('Speaker', 'true')}</Mixer>`
  const eq = `<Eq8 Id="0">${fixed('On', 'true')}${value('UserName', '')}</Eq8>`
  const chain = `<DeviceChain>${mixer}<DeviceChain><Devices>${eq}</Devices></DeviceChain></DeviceChain>`
  return `<MidiTrack Id="${id}">${nameOf(name)}${value('Color', 3)}${value('TrackGroupId', -1)}${chain}</MidiTrack>`
}

/** A Live 12 set at 128 BPM in 4/4 with MIDI tracks at amplitude 0.5 (−6.0 dB), each with an EQ Eight. */
export function makeLiveSet(trackNames: readonly string[]): Buffer {
  const tracks = trackNames.map((name, index) => midiTrack(index + 8, name)).join('')
  const mixer = `<Mixer>${fixed('Tempo', 128)}${fixed('TimeSignature', 201)}</Mixer>`
  const main = `<MainTrack>${nameOf('Main')}<DeviceChain>${mixer}</DeviceChain></MainTrack>`
  const root = 'MajorVersion="5" MinorVersion="12.0_12203" Creator="Ableton Live 12.1.5"'
  return gzipSync(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton ${root}><LiveSet><Tracks>${tracks}</Tracks>${main}</LiveSet></Ableton>`,
  )
}
