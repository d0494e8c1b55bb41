import type { SetDevice } from '../../als/contract.ts'
import { nearestNote } from '../note-times.ts'
import { type Found, ms, numberOf, type Rule } from '../rule.ts'

/** Shorter ones are heard as thickening, not as rhythm. Source: echo threshold, about 50 ms. */
const SHORTEST_ECHO_MS = 60
/** So far off, repeats drift against the beat for anyone; nearer ones are feel. */
const LEAST_OFF = 0.03
const DELAYS = new Set(['Delay', 'Echo', 'CrossDelay', 'PingPongDelay'])
/** A Ping Pong Delay has one time for both. */
const SIDES = ['left', 'right', 'time'] as const

/** The free-running side of a delay that is furthest from a note length. */
function strayTime(device: SetDevice, tempoBpm: number) {
  return SIDES.flatMap((side) => {
    const timeMs = numberOf(device, `${side}Ms`)
    if (device.parameters[`${side}Synced`] !== false || timeMs === null || timeMs < SHORTEST_ECHO_MS)
      return []
    const note = nearestNote(timeMs, tempoBpm)
    return note.offBy > LEAST_OFF ? [{ timeMs, note }] : []
  }).toSorted((a, b) => b.note.offBy - a.note.offBy)[0]
}

export const delayTime: Rule = {
  id: 'set-delay-time',
  severity: 'info',
  title: 'A delay runs beside the tempo',
  reason: 'Its repeats fall between the notes of the grid.',
  provenance: 'opinion',
  source: `ours: found ${LEAST_OFF * 100} % off the nearest note length, from ${SHORTEST_ECHO_MS} ms`,
  check: ({ tracks, set }) => {
    const tempoBpm = set.tempoAtStartBpm
    if (tempoBpm === null || set.tempoChanges.length > 0) return null
    const delays = tracks.flatMap((track) =>
      track.allDevices
        .filter((device) => DELAYS.has(device.class) && device.effectivelyOn !== false)
        .map((device) => ({ track, device })),
    )
    if (delays.length === 0) return null
    return delays.flatMap(({ track, device }): Found[] => {
      const stray = strayTime(device, tempoBpm)
      if (stray === undefined) return []
      const { timeMs, note } = stray
      const doubt = `Free times are often on purpose. Nearest note: ${note.name}.`
      return [{ track, device, present: ms(timeMs), proposed: ms(note.timeMs), sureness: 'possible', doubt }]
    })
  },
}
