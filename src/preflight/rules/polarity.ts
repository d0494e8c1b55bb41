import { type Rule, word } from '../rule.ts'

export const polarity: Rule = {
  id: 'set-polarity',
  severity: 'advice',
  title: 'One side of a track is inverted',
  reason: 'With left or right alone inverted, what is in the centre cancels in mono.',
  provenance: 'practice',
  source: 'mono compatibility',
  check: ({ tracks }) => {
    const utilities = tracks.flatMap((track) =>
      track.allDevices
        .filter((device) => device.class === 'StereoGain' && device.effectivelyOn !== false)
        .map((device) => ({ track, device })),
    )
    if (utilities.length === 0) return null
    return utilities
      .filter(
        ({ device: { parameters } }) =>
          (parameters.phaseInvertLeft === true) !== (parameters.phaseInvertRight === true),
      )
      .map((each) => ({
        ...each,
        present: word(each.device.parameters.phaseInvertLeft === true ? 'left inverted' : 'right inverted'),
        proposed: word('both sides alike'),
        sureness: 'likely',
        doubt: 'Right where it mends a recording with one side inverted.',
      }))
  },
}
