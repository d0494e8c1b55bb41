import { asStored, type TrackAutomation } from './automation.ts'
import type { SetTrack } from './contract.ts'
import type { Reading } from './reading.ts'
import { faderDb } from './units.ts'

export const FADER = { min: 0, max: 1000 }
const PAN = { min: -1, max: 1 }
const SPLIT_STEREO = 1

/** Parameters of which only the automation is of interest. */
const OTHER_PARAMETERS = ['On', 'CrossFade', 'GlobalGrooveAmount']

type Mixer = Pick<SetTrack, 'volumeDb' | 'pan' | 'splitPan' | 'muted' | 'soloed' | 'crossfade' | 'sends'>

/** Faders and switches of a track. The sends get the names of their return tracks once all tracks are known. */
export function readMixer(reading: Reading, mixer: number, automation: TrackAutomation): Mixer {
  const { tape } = reading
  const volume = tape.child(mixer, 'Volume')
  const pan = tape.child(mixer, 'Pan')
  const speaker = tape.child(mixer, 'Speaker')
  automation.add(volume, 'volumeDb', faderDb, undefined)
  automation.add(pan, 'pan', asStored, undefined)
  automation.add(speaker, 'on', asStored, undefined)
  for (const other of OTHER_PARAMETERS) automation.add(tape.child(mixer, other), other, asStored, undefined)
  const on = reading.flag(speaker)
  return {
    volumeDb: faderDb(reading.number(volume, FADER)),
    pan: reading.number(pan, PAN),
    splitPan: readSplitPan(reading, mixer, automation),
    muted: on === null ? null : !on,
    soloed: reading.flag(tape.child(mixer, 'SoloSink')),
    crossfade: readCrossfade(reading, mixer, automation),
    sends: readSends(reading, tape.child(mixer, 'Sends'), automation),
  }
}

function readSplitPan(reading: Reading, mixer: number, automation: TrackAutomation): SetTrack['splitPan'] {
  const { tape } = reading
  const left = tape.child(mixer, 'SplitStereoPanL')
  const right = tape.child(mixer, 'SplitStereoPanR')
  automation.add(left, 'splitPan.left', asStored, undefined)
  automation.add(right, 'splitPan.right', asStored, undefined)
  if (reading.number(tape.child(mixer, 'PanMode')) !== SPLIT_STEREO) return null
  return { left: reading.number(left, PAN), right: reading.number(right, PAN) }
}

function readCrossfade(reading: Reading, mixer: number, automation: TrackAutomation): SetTrack['crossfade'] {
  const node = reading.tape.child(mixer, 'CrossFadeState')
  automation.add(node, 'crossfade', asStored, undefined)
  const state = reading.number(node)
  return state === null ? null : ((['A', 'none', 'B'] as const)[state] ?? null)
}

function readSends(reading: Reading, list: number, automation: TrackAutomation): SetTrack['sends'] {
  const { tape } = reading
  const sends: SetTrack['sends'] = []
  for (const holder of tape.children(list)) {
    if (sends.length >= reading.limits.sends) {
      reading.notUnderstood.add('limit', 'sends', 'Mixer')
      continue
    }
    const send = tape.child(holder, 'Send')
    const enabled = tape.child(holder, 'EnabledByUser')
    automation.add(send, `send ${sends.length + 1} db`, faderDb, undefined)
    sends.push({
      returnId: null,
      returnName: null,
      db: faderDb(reading.number(send, FADER)),
      on: reading.flag(enabled >= 0 ? enabled : tape.child(holder, 'Active')),
      preFader: null,
    })
  }
  return sends
}
