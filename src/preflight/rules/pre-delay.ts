import { nearestNote } from '../note-times.ts'
import { type Found, ms, numberOf, type Rule } from '../rule.ts'

/** From here on the gap before the reverb is heard as a beat of its own. Source: echo threshold, about 50 ms. */
const SHORTEST_HEARD_MS = 50
const LEAST_OFF = 0.08
const REVERBS = new Set(['Reverb', 'Hybrid'])

export const preDelay: Rule = {
  id: 'set-pre-delay',
  severity: 'info',
  title: 'A long pre-delay stands beside the tempo',
  reason: 'The reverb answers between the notes of the grid.',
  provenance: 'opinion',
  source: `ours: from ${SHORTEST_HEARD_MS} ms, ${LEAST_OFF * 100} % off the nearest note length`,
  check: ({ tracks, set }) => {
    const tempoBpm = set.tempoAtStartBpm
    if (tempoBpm === null || set.tempoChanges.length > 0) return null
    const reverbs = tracks.flatMap((track) =>
      track.allDevices
        .filter((device) => REVERBS.has(device.class) && device.effectivelyOn !== false)
        .map((device) => ({ track, device })),
    )
    if (reverbs.length === 0) return null
    return reverbs.flatMap(({ track, device }): Found[] => {
      const timeMs = numberOf(device, 'preDelayMs')
      if (timeMs === null || timeMs < SHORTEST_HEARD_MS) return []
      const note = nearestNote(timeMs, tempoBpm)
      if (note.offBy <= LEAST_OFF) return []
      return [
        {
          track,
          device,
          present: ms(timeMs),
          proposed: ms(note.timeMs),
          sureness: 'possible',
          doubt: `Nearest note: ${note.name}.`,
        },
      ]
    })
  },
}
