import type { Tonality } from '../../audio/contract.ts'
import type { PlayingTrack } from '../playing-tracks.ts'

const NOTES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']
/** How well each step of a scale fits a key. Source: C. Krumhansl, E. Kessler, 1982. */
const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]

/**
 * How well the notes of the set fit the key that was heard, against the same notes moved by any interval.
 * @returns −1 (another transposition fits far better) … 1 (this one fits best by far); null without notes or a clear key
 */
export function keyAgreement(
  tracks: readonly PlayingTrack[],
  tonality: Tonality | null | undefined,
): number | null {
  const classes = pitchClasses(tracks)
  if (classes === null || !tonality?.key) return null
  const keys = [{ key: tonality.key, confidence: tonality.confidence }, ...tonality.alternatives]
  const scores = Array.from({ length: 12 }, (_, shift) =>
    keys.reduce((sum, { key, confidence }) => sum + confidence * fitness(classes, shift, key), 0),
  )
  const others = scores.slice(1).reduce((a, b) => Math.max(a, b), -1)
  return Math.max(-1, Math.min(1, (scores[0] ?? 0) - others))
}

/** How long each of the twelve notes sounds, drums left out. */
function pitchClasses(tracks: readonly PlayingTrack[]): number[] | null {
  const classes = new Array<number>(12).fill(0)
  for (const { notes } of tracks) {
    if (notes.every(({ key }) => key === notes[0]?.key)) continue
    for (const { key, startBeat, endBeat, velocity } of notes)
      classes[key % 12] = (classes[key % 12] ?? 0) + Math.min(4, endBeat - startBeat) * velocity
  }
  return classes.every((time) => time === 0) ? null : classes
}

function fitness(classes: readonly number[], shift: number, key: string): number {
  const [tonic = '', mode] = key.split(' ')
  const root = NOTES.indexOf(tonic)
  const profile = mode === 'minor' ? MINOR : MAJOR
  return correlation(
    classes,
    classes.map((_, note) => profile[(note + shift - root + 24) % 12] ?? 0),
  )
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = a.reduce((sum, x) => sum + x, 0) / a.length
  const meanB = b.reduce((sum, x) => sum + x, 0) / b.length
  let both = 0
  let one = 0
  let other = 0
  for (const [i, x] of a.entries()) {
    const y = (b[i] ?? 0) - meanB
    both += (x - meanA) * y
    one += (x - meanA) ** 2
    other += y * y
  }
  return one > 0 && other > 0 ? both / Math.sqrt(one * other) : 0
}
