import type { SetClip } from './contract.ts'
import type { Reading } from './reading.ts'
import { readSampleReference } from './samples.ts'
import { gainDb, rounded } from './units.ts'

const WARP_MODES = ['Beats', 'Tones', 'Texture', 'Re-Pitch', 'Complex', 'REX', 'Complex Pro'] as const

/** What an audio clip plays and how. The warp mode counts only while the clip is warped. */
export function readAudioClip(reading: Reading, clip: number): NonNullable<SetClip['audio']> {
  const { tape } = reading
  const warped = reading.flag(tape.child(clip, 'IsWarped'))
  const mode = reading.integer(tape.child(clip, 'WarpMode'))
  const warpMode = mode === null ? null : (WARP_MODES[mode] ?? null)
  if (mode !== null && warpMode === null) reading.notUnderstood.add('value', `warp mode ${mode}`, 'AudioClip')
  const fades = tape.child(clip, 'Fades')
  const leader = tape.child(clip, 'IsSongTempoLeader')
  return {
    warped,
    warpMode: warped === true ? warpMode : null,
    sampleBpm: warped === true ? sampleBpm(reading, clip) : null,
    gainDb: gainDb(reading.number(tape.child(clip, 'SampleVolume'), { min: 0, max: 1000 })),
    transposeSemitones: reading.number(tape.child(clip, 'PitchCoarse')),
    detuneCents: reading.number(tape.child(clip, 'PitchFine')),
    fadesOn: reading.flag(tape.child(clip, 'Fade')),
    fadeInLength: reading.number(tape.child(fades, 'FadeInLength')),
    fadeOutLength: reading.number(tape.child(fades, 'FadeOutLength')),
    highQuality: reading.flag(tape.child(clip, 'HiQ')),
    tempoLeader: reading.flag(leader >= 0 ? leader : tape.child(clip, 'IsSongTempoMaster')),
    sample: readSampleReference(reading, tape.child(clip, 'SampleRef')),
  }
}

/** Mean tempo of a sample between its first and its last warp marker; null without two of them apart. */
function sampleBpm(reading: Reading, clip: number): number | null {
  const { tape } = reading
  const markers = [...tape.children(tape.child(clip, 'WarpMarkers'))]
  const [first, last] = [markers[0], markers.at(-1)]
  if (first === undefined || last === undefined) return null
  const span = (attribute: string) => {
    const [from, to] = [first, last].map((marker) =>
      reading.attributeNumber(tape.attribute(marker, attribute), marker),
    )
    return from == null || to == null ? 0 : to - from
  }
  const [seconds, beats] = [span('SecTime'), span('BeatTime')]
  return seconds > 0 && beats > 0 ? rounded((beats * 60) / seconds, 3) : null
}
