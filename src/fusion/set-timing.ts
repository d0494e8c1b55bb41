import type { SetTiming } from './contract.ts'
import type { Fused } from './fuse.ts'

const MOST_BARS = 2000

const toMillisecond = (seconds: number) => Math.round(seconds * 1000) / 1000

/** Bars and locators of the set on the time line of the file. */
export function setTiming({ set, audio, clock, bars, offset }: Fused): SetTiming {
  const { durationSeconds } = audio.source
  const inFile = (beat: number) => toMillisecond(clock.secondsOf(beat) - offset.seconds)
  const startBeat = Math.max(0, clock.beatOf(Math.max(0, offset.seconds)))
  const startsAt = bars.placeOf(startBeat + 0.02)
  const firstBar = inFile(bars.startOf(startsAt.bar)) < -0.03 ? startsAt.bar + 1 : startsAt.bar
  const barStartsSeconds: number[] = []
  for (let bar = firstBar; barStartsSeconds.length < MOST_BARS; bar++) {
    const seconds = inFile(bars.startOf(bar))
    if (seconds >= durationSeconds || bars.startOf(bar) >= set.arrangementLengthBeats) break
    barStartsSeconds.push(Math.max(0, seconds))
  }
  return {
    offsetSeconds: toMillisecond(offset.seconds),
    startsAt,
    tempoBpm: Math.round((100 * 60) / (clock.secondsOf(startBeat + 1) - clock.secondsOf(startBeat))) / 100,
    tempoChanges: set.tempoChanges.length > 0,
    timeSignature: set.timeSignature ?? '4/4',
    barStartsSeconds,
    firstBar,
    meters: bars.metersFrom(firstBar, firstBar + barStartsSeconds.length - 1),
    locators: set.locators
      .map(({ beat, name }) => ({ ...bars.placeOf(beat), name, seconds: inFile(beat) }))
      .filter(({ seconds }) => seconds >= -0.03 && seconds < durationSeconds)
      .map((locator) => ({ ...locator, seconds: Math.max(0, locator.seconds) })),
  }
}
