import { count, type Rule } from '../rule.ts'

/** A loop over less is for working on a part. */
const LEAST_SHARE = 0.8

export const loopCutsEnd: Rule = {
  id: 'set-loop-end',
  severity: 'info',
  title: 'The loop ends before the arrangement does',
  reason: 'It covers nearly the whole song and is switched on: playing never reaches the end.',
  provenance: 'opinion',
  source: `ours: a loop from the start over ${LEAST_SHARE * 100} % of the arrangement and more`,
  check: ({ set, usesArrangement, barOf, barBeatsAt, tracks }) => {
    const { loop, arrangementLengthBeats } = set
    if (!usesArrangement || loop?.on !== true || loop.startBeat === null || loop.lengthBeats === null)
      return null
    const first = Math.min(...tracks.flatMap(({ content }) => content.map(({ startBeat }) => startBeat ?? 0)))
    const endBeat = loop.startBeat + loop.lengthBeats
    const isWhole =
      loop.startBeat <= first + barBeatsAt(0) && loop.lengthBeats >= LEAST_SHARE * arrangementLengthBeats
    if (!isWhole || endBeat >= arrangementLengthBeats - 1e-6) return []
    const left = arrangementLengthBeats - endBeat
    return [
      {
        beat: endBeat,
        present: count(Math.max(1, barOf(endBeat + left) - barOf(endBeat)), 'bars behind it'),
        sureness: 'likely',
      },
    ]
  },
}
