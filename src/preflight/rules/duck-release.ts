import { type Found, ms, numberOf, type Rule } from '../rule.ts'

const MS_PER_MINUTE = 60_000
/** Rounding of the knob. */
const SLACK = 1.02

export const duckRelease: Rule = {
  id: 'set-duck-release',
  severity: 'advice',
  title: 'A side-chain lets go later than one beat',
  reason:
    'With a kick on every beat the compressor never recovers: it turns down for good in place of pumping.',
  provenance: 'practice',
  source: 'release of a ducking compressor: at most the time between two kicks',
  check: ({ tracks, set }) => {
    const tempoBpm = set.tempoAtStartBpm
    const duckers = tracks.flatMap((track) =>
      track.allDevices
        .filter(({ sidechain, effectivelyOn }) => sidechain !== null && effectivelyOn !== false)
        .filter((device) => numberOf(device, 'releaseMs') !== null && device.parameters.autoRelease !== true)
        .map((device) => ({ track, device })),
    )
    if (tempoBpm === null || duckers.length === 0) return null
    const beatMs = MS_PER_MINUTE / tempoBpm
    return duckers.flatMap(({ track, device }): Found[] => {
      const releaseMs = numberOf(device, 'releaseMs') ?? 0
      if (releaseMs <= beatMs * SLACK) return []
      const doubt = 'Right where the source sounds less often than on every beat.'
      return [{ track, device, present: ms(releaseMs), proposed: ms(beatMs), sureness: 'likely', doubt }]
    })
  },
}
