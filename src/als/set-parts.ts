import { readColor } from './color.ts'
import type { LiveSet } from './contract.ts'
import { FADER } from './mixer.ts'
import type { Reading } from './reading.ts'
import { timeSignatureFromId } from './time-signature.ts'
import { outerChain } from './tracks.ts'
import { faderDb } from './units.ts'

const LATEST_BEAT = 63_072_000
const SCENE_TEMPO = { min: 1, max: 10_000 }

/** Locators in the order of time; their seconds are filled in once the tempo is known. */
export function readLocators(reading: Reading, list: number): LiveSet['locators'] {
  const { tape } = reading
  const locators: LiveSet['locators'] = []
  for (const node of tape.children(list)) {
    const beat = reading.number(tape.child(node, 'Time'), { min: -LATEST_BEAT, max: LATEST_BEAT })
    if (beat === null) continue
    if (locators.length >= reading.limits.locators) {
      reading.notUnderstood.add('limit', 'locators', 'Locators')
      continue
    }
    locators.push({
      beat,
      name: reading.name(tape.child(node, 'Name')) ?? '',
      info: reading.info(tape.child(node, 'Annotation')),
      seconds: null,
      songStart: reading.flag(tape.child(node, 'IsSongStart')),
    })
  }
  return locators.sort((one, other) => one.beat - other.beat)
}

/** Scenes of Live 11 and newer (`Scenes`), or the names that older sets hold (`SceneNames`). */
export function readScenes(reading: Reading): LiveSet['scenes'] {
  const { tape } = reading
  const scenes: LiveSet['scenes'] = []
  for (const node of tape.children(0)) {
    if (tape.name(node) !== 'Scene') continue
    if (scenes.length >= reading.limits.scenes) {
      reading.notUnderstood.add('limit', 'scenes', 'Scenes')
      continue
    }
    const tempoOn = reading.flag(tape.child(node, 'IsTempoEnabled')) === true
    const signatureOn = reading.flag(tape.child(node, 'IsTimeSignatureEnabled')) === true
    const signature = signatureOn ? reading.integer(tape.child(node, 'TimeSignatureId')) : null
    scenes.push({
      name: reading.name(tape.child(node, 'Name')) ?? reading.name(node) ?? '',
      color: readColor(reading, node).color,
      tempoBpm: tempoOn ? reading.number(tape.child(node, 'Tempo'), SCENE_TEMPO) : null,
      timeSignature: timeSignatureFromId(signature),
    })
  }
  return scenes
}

export function readTransport(reading: Reading): LiveSet['loop'] {
  const { tape } = reading
  return {
    on: reading.flag(tape.child(0, 'LoopOn')),
    startBeat: reading.number(tape.child(0, 'LoopStart')),
    lengthBeats: reading.number(tape.child(0, 'LoopLength')),
  }
}

/** Whether sends leave before the fader, one switch for each return track. */
export function readSendsPre(reading: Reading): (boolean | null)[] {
  return [...reading.tape.children(0)].slice(0, reading.limits.sends).map((node) => reading.flag(node))
}

export function readCueVolume(reading: Reading): LiveSet['cueVolumeDb'] {
  const volume = reading.tape.path(outerChain(reading, 0), 'Mixer', 'Volume')
  return faderDb(reading.number(volume, FADER))
}

/** The tuning of a set of Live 12 or newer; null when it has none. */
export function readTuning(reading: Reading): LiveSet['tuning'] {
  const { tape } = reading
  const system = tape.firstChild(0)
  if (system < 0) return null
  const reference = tape.child(system, 'ReferencePitch')
  return {
    name: reading.givenName(tape.child(system, 'TuningSystemName')),
    referenceHz: reading.number(tape.child(reference, 'FrequencyInHz'), { min: 1, max: 100_000 }),
  }
}
