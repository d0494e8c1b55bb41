import type { BarStretch, LiveSet } from './contract.ts'

const COMMON_TIME_BEATS = 4

/** Quarter notes in a bar of "7/8"; null for anything else than two whole numbers. */
function barBeatsOf(timeSignature: string | null): number | null {
  const match = /^(\d{1,2})\/(\d{1,2})$/.exec(timeSignature ?? '')
  const [numerator, denominator] = [Number(match?.[1]), Number(match?.[2])]
  return numerator > 0 && denominator > 0 ? (numerator * 4) / denominator : null
}

/**
 * Where the bars of a set lie: from each stretch's beat on, bars have its length. A change in the middle of a bar begins
 * a new bar there, as in Live. A set without a stored time signature counts in 4/4 and says so by `timeSignature: null`.
 */
export function barsOf(set: Pick<LiveSet, 'timeSignature' | 'timeSignatureChanges'>): BarStretch[] {
  const first = barBeatsOf(set.timeSignature)
  const stretches: BarStretch[] = [
    {
      beat: 0,
      bar: 1,
      barBeats: first ?? COMMON_TIME_BEATS,
      timeSignature: first ? set.timeSignature : null,
    },
  ]
  for (const { beat, timeSignature } of set.timeSignatureChanges) {
    const barBeats = barBeatsOf(timeSignature)
    const last = stretches.at(-1)
    if (barBeats === null || last === undefined) continue
    const at = Math.max(beat, 0)
    if (at === last.beat) stretches.pop()
    else if (timeSignature === last.timeSignature) continue
    const bar = at === last.beat ? last.bar : last.bar + Math.ceil((at - last.beat) / last.barBeats - 1e-9)
    stretches.push({ beat: at, bar, barBeats, timeSignature })
  }
  return stretches
}

/** Quarter notes of one beat: in 7/8 Live's ruler counts eighths. */
function beatLengthOf({ timeSignature }: BarStretch): number {
  return 4 / Number(timeSignature?.split('/')[1] ?? 4)
}

/**
 * Bar and beat as Live's ruler counts them, both from 1, beats in the denominator of the time signature; the beat may have
 * a fraction. Negative beats count from bar 1 back.
 */
export function placeOfBeat(bars: readonly BarStretch[], beat: number): { bar: number; beatInBar: number } {
  const stretch = bars.findLast((each) => each.beat <= beat) ?? bars[0]
  if (stretch === undefined) return { bar: 1, beatInBar: 1 + beat }
  const bar = Math.floor((beat - stretch.beat) / stretch.barBeats + 1e-9)
  const rest = beat - stretch.beat - bar * stretch.barBeats
  const beats = Math.max(0, rest) / beatLengthOf(stretch)
  return { bar: stretch.bar + bar, beatInBar: Math.round(beats * 1000) / 1000 + 1 }
}
