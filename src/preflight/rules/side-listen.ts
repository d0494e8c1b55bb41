import { type Rule, word } from '../rule.ts'

export const sideListen: Rule = {
  id: 'set-side-listen',
  severity: 'serious',
  title: 'Listening to the side-chain is left on',
  reason: 'The device puts out the signal that controls it, in place of the track.',
  provenance: 'standard',
  source: 'Live manual, audio effects: sidechain listen',
  check: ({ tracks }) =>
    tracks.flatMap((track) =>
      track.allDevices
        .filter(({ effectivelyOn, parameters }) => effectivelyOn !== false && parameters.sideListen === true)
        .map((device) => ({ track, device, present: word('listen on'), proposed: word('listen off') })),
    ),
}
