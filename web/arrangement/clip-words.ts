import type { SetClip } from '../../src/als/contract.ts'
import { formatSigned } from '../ui/format.ts'
import type { Row } from './rows.ts'
import type { SetClock } from './set-clock.ts'

/** What a clip is, in one line. */
export function clipWords(clip: SetClip, clock: SetClock): string {
  const { audio, midi, startBeat, endBeat } = clip
  const place = `bars ${clock.placeWords(startBeat ?? 0)} to ${clock.placeWords(endBeat ?? 0)}`
  const parts = [
    clip.name === '' ? 'unnamed clip' : clip.name,
    place,
    midi === null ? null : `${midi.noteCount} notes`,
    audio?.warpMode ?? null,
    audio?.gainDb ? `${formatSigned(audio.gainDb, 1)} dB` : null,
    clip.disabled === true ? 'switched off' : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

/** The clip under a place of a row. */
export function clipAt(row: Row, beat: number): SetClip | undefined {
  if (row.kind !== 'track' || row.drawn.isGroup) return undefined
  return row.drawn.clips.find(({ startBeat, endBeat }) => (startBeat ?? 0) <= beat && beat < (endBeat ?? 0))
}
