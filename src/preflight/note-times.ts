/** Note lengths that a delay is usually set to, in quarter notes, with their names. */
const NOTES: readonly (readonly [beats: number, name: string])[] = [
  [1 / 8, '1/32'],
  [1 / 6, '1/16 triplet'],
  [1 / 4, '1/16'],
  [1 / 3, '1/8 triplet'],
  [3 / 8, '1/16 dotted'],
  [1 / 2, '1/8'],
  [2 / 3, '1/4 triplet'],
  [3 / 4, '1/8 dotted'],
  [1, '1/4'],
  [4 / 3, '1/2 triplet'],
  [3 / 2, '1/4 dotted'],
  [2, '1/2'],
  [3, '1/2 dotted'],
  [4, '1/1'],
]
const MS_PER_MINUTE = 60_000

export interface NoteTime {
  name: string
  timeMs: number
  /** Share by which the given time misses it. */
  offBy: number
}

/** The note length nearest to a time, by ratio. */
export function nearestNote(timeMs: number, tempoBpm: number): NoteTime {
  const beatMs = MS_PER_MINUTE / tempoBpm
  const all = NOTES.map(([beats, name]) => ({
    name,
    timeMs: beats * beatMs,
    offBy: Math.abs(timeMs / (beats * beatMs) - 1),
  }))
  return all.reduce((best, each) => (each.offBy < best.offBy ? each : best))
}
