import { readAudioClip } from './audio-clip.ts'
import { readColor } from './color.ts'
import type { SetClip } from './contract.ts'
import { CLIP_ELEMENTS } from './known-elements.ts'
import { type NoteBudget, readMidiClip } from './midi-clip.ts'
import type { Reading } from './reading.ts'
import { readScale } from './scale.ts'

export type ClipBudget = NoteBudget & { clips: number }

export type TrackClips = {
  readonly counts: { arrangement: number; session: number; takeLanes: number; frozen: number }
  readonly list: SetClip[]
  readonly takeLaneNames: string[]
}

type View = Pick<SetClip, 'view' | 'slot' | 'takeLane'>

/** The clips of one track in all views. What a freeze rendered is counted and not listed: it repeats the others. */
export function readClips(reading: Reading, track: number, chain: number, budget: ClipBudget): TrackClips {
  const { tape } = reading
  const found = new ClipList(reading, budget)
  const sequencer = tape.child(chain, 'MainSequencer')
  const arranged = { view: 'arrangement', slot: null, takeLane: null } as const
  found.addEvents(tape.path(sequencer, 'Sample', 'ArrangerAutomation', 'Events'), arranged)
  found.addEvents(tape.path(sequencer, 'ClipTimeable', 'ArrangerAutomation', 'Events'), arranged)
  const arrangement = found.count
  let slot = 0
  for (const outer of tape.children(tape.child(sequencer, 'ClipSlotList'))) {
    found.addEvents(tape.path(outer, 'ClipSlot', 'Value'), { view: 'session', slot, takeLane: null })
    slot++
  }
  const session = found.count - arrangement
  const takeLaneNames: string[] = []
  for (const lane of tape.children(tape.path(track, 'TakeLanes', 'TakeLanes'))) {
    const view = { view: 'take-lane', slot: null, takeLane: takeLaneNames.length } as const
    found.addEvents(tape.path(lane, 'ClipAutomation', 'Events'), view)
    takeLaneNames.push(budget.clips > 0 ? (reading.name(tape.child(lane, 'Name')) ?? '') : '')
  }
  const takeLanes = found.count - arrangement - session
  const frozen = countFrozen(reading, tape.child(chain, 'FreezeSequencer'))
  return { counts: { arrangement, session, takeLanes, frozen }, list: found.clips, takeLaneNames }
}

function countFrozen(reading: Reading, sequencer: number): number {
  const { tape } = reading
  const wanted = tape.names.find('AudioClip')
  let count = 0
  for (let node = sequencer; node >= 0 && node < (tape.end[sequencer] ?? 0); node++) {
    if (tape.nameOf[node] === wanted) count++
  }
  return count
}

class ClipList {
  count = 0
  readonly clips: SetClip[] = []
  private readonly reading: Reading
  private readonly budget: ClipBudget

  constructor(reading: Reading, budget: ClipBudget) {
    this.reading = reading
    this.budget = budget
  }

  addEvents(events: number, view: View): void {
    const { tape } = this.reading
    for (const node of tape.children(events)) {
      const name = tape.name(node)
      if (name !== 'AudioClip' && name !== 'MidiClip') {
        this.reading.notUnderstood.add('element', name, 'clips')
        continue
      }
      this.count++
      if (this.budget.clips > 0) {
        this.budget.clips--
        this.clips.push(
          readClip(this.reading, node, name === 'AudioClip' ? 'audio' : 'midi', view, this.budget),
        )
      } else this.reading.notUnderstood.add('limit', 'clips', 'clips')
    }
  }
}

function readClip(
  reading: Reading,
  node: number,
  kind: SetClip['kind'],
  view: View,
  budget: ClipBudget,
): SetClip {
  const { tape } = reading
  reading.noteUnknownChildren(node, 'Clip', CLIP_ELEMENTS)
  const inKey = reading.flag(tape.child(node, 'IsInKey')) === true
  const audio = kind === 'audio' ? readAudioClip(reading, node) : null
  return {
    ...view,
    kind,
    name: reading.name(tape.child(node, 'Name')) ?? '',
    ...readColor(reading, node),
    startBeat: reading.number(tape.child(node, 'CurrentStart')) ?? timeOf(reading, node),
    endBeat: reading.number(tape.child(node, 'CurrentEnd')),
    disabled: reading.flag(tape.child(node, 'Disabled')),
    loop: readLoop(reading, tape.child(node, 'Loop'), audio?.warped === false),
    timeSignature: readClipSignature(reading, node),
    scale: inKey ? readScale(reading, tape.child(node, 'ScaleInformation')) : null,
    envelopes: countEnvelopes(reading, node),
    audio,
    midi: kind === 'midi' ? readMidiClip(reading, node, budget) : null,
  }
}

function timeOf(reading: Reading, clip: number): number | null {
  return reading.attributeNumber(reading.tape.attribute(clip, 'Time'), clip)
}

function readLoop(reading: Reading, loop: number, inSeconds: boolean): SetClip['loop'] {
  const { tape } = reading
  return {
    on: reading.flag(tape.child(loop, 'LoopOn')),
    start: reading.number(tape.child(loop, 'LoopStart')),
    end: reading.number(tape.child(loop, 'LoopEnd')),
    startRelative: reading.number(tape.child(loop, 'StartRelative')),
    unit: inSeconds ? 'seconds' : 'beats',
  }
}

function readClipSignature(reading: Reading, clip: number): string | null {
  const { tape } = reading
  const first = tape.firstChild(tape.path(clip, 'TimeSignature', 'TimeSignatures'))
  const numerator = reading.integer(tape.child(first, 'Numerator'))
  const denominator = reading.integer(tape.child(first, 'Denominator'))
  const valid = numerator !== null && denominator !== null && numerator > 0 && denominator > 0
  return valid ? `${numerator}/${denominator}` : null
}

function countEnvelopes(reading: Reading, clip: number): number {
  const { tape } = reading
  const now = tape.path(clip, 'Envelopes', 'Envelopes')
  const list = now >= 0 ? now : tape.path(clip, 'ModulationList', 'Modulations')
  return [...tape.children(list)].length
}
