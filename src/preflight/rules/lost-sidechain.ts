import { type Rule, word } from '../rule.ts'

export const lostSidechain: Rule = {
  id: 'set-lost-sidechain',
  severity: 'warning',
  title: 'A side-chain listens to a track that is not there',
  reason: 'Without its source the device reacts to nothing.',
  provenance: 'standard',
  source: 'the set names a source that it does not hold',
  check: ({ tracks }) => {
    const ids = new Set(tracks.map(({ id }) => id))
    const chained = tracks.flatMap((track) =>
      track.allDevices.flatMap((device) => (device.sidechain === null ? [] : [{ track, device }])),
    )
    if (chained.length === 0) return null
    return chained
      .filter(({ device }) => device.sidechain?.trackId != null && !ids.has(device.sidechain.trackId))
      .map((each) => ({ ...each, present: word('source missing'), proposed: word('choose a source') }))
  },
}
