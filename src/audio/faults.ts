import type { EventList, Faults, Source } from './contract.ts'
import { powerDb, rounded, roundTo } from './decibels.ts'
import { eventsOf } from './events.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import { type Levels, sumOver } from './level-meter.ts'
import type { SampleFacts } from './sample-meter.ts'

/** Quieter than this at head and tail counts as silence: −60 dBFS peak. */
const SILENT_PEAK = 0.001
/** A single sample out of line holds 4/6 of the energy of the second difference around it; a mere step holds half. */
const CLICK_SHARE = 0.55
/** … and stands this far above what the second difference usually is nearby. */
const CLICK_OVER_NEIGHBOURS = 8
/** In dense highs: a bend with the shape of one moved sample that is this many times the usual of the 0.7 ms either side … */
const CLICK_OVER_AROUND = 8
/** … and this many times what the sharpest bends of the 0.2 s around it are. */
const CLEAR_OVER_NEIGHBOURS = 2
const CLICK_NEIGHBOURS_HOPS = 10
const CLICK_MIN = 0.05
const DROPOUT_MAX_SECONDS = 1
/** Sound on both sides of a hole must be this loud (RMS of 30 ms) for the hole to be a fault. */
const DROPOUT_RMS = 0.005
const DROPOUT_CONTEXT_HOPS = 3
const ABRUPT_HOPS = 2
/** An end that is at most this far below the mean level of the track was cut. */
const ABRUPT_BELOW_MEAN = 10 ** (-20 / 10)

/** What is technically wrong with a file. */
export function findFaults(levels: Levels, samples: SampleFacts, source: Source, hum: Faults['hum']): Faults {
  const { head, tail } = silentEnds(levels)
  return {
    dcOffsets: levels.channels.map(({ sum }) => roundTo(sum / levels.frames, 6)),
    silentChannels: silentChannels(levels),
    headSilenceSeconds: head / HOPS_PER_SECOND,
    tailSilenceSeconds: tail / HOPS_PER_SECOND,
    endsAbruptly: endsAbruptly(levels),
    noiseFloorDbfs: noiseFloor(levels),
    usedBits:
      source.bitDepth === null || source.codec.includes('_f')
        ? null
        : Math.min(source.bitDepth, samples.usedBits),
    clicks: findClicks(samples),
    dropouts: findDropouts(levels, samples, source.sampleRateHz),
    hum,
  }
}

function silentEnds({ hopLows, hopHighs }: Levels): { head: number; tail: number } {
  const loud = (hop: number) => Math.max(hopHighs[hop] ?? 0, -(hopLows[hop] ?? 0)) > SILENT_PEAK
  let head = 0
  while (head < hopLows.length && !loud(head)) head++
  if (head === hopLows.length) return { head, tail: 0 }
  let tail = 0
  while (!loud(hopLows.length - 1 - tail)) tail++
  return { head, tail }
}

function silentChannels({ channels }: Levels): number[] {
  const loudest = Math.max(...channels.map(({ squares }) => squares))
  // −90 dB beside a channel with sound is no channel any more.
  return [...channels.keys()].filter((i) => loudest > 0 && (channels[i]?.squares ?? 0) < loudest * 1e-9)
}

/** Mean square of all channels in a stretch of hops. */
function meanSquare({ channels, hopFrames }: Levels, from: number, to: number): number {
  const frames = sumOver(hopFrames, from, to)
  return (
    channels.reduce((sum, { hopSquares }) => sum + sumOver(hopSquares, from, to), 0) /
    Math.max(1, frames) /
    channels.length
  )
}

function endsAbruptly(levels: Levels): boolean | null {
  const hops = levels.hopFrames.length
  const all = meanSquare(levels, 0, hops)
  if (all === 0 || hops < 100) return null
  return meanSquare(levels, hops - ABRUPT_HOPS, hops) > all * ABRUPT_BELOW_MEAN
}

function noiseFloor({ channels, hopFrames }: Levels): number | null {
  const powers = hopFrames.map((frames, hop) => {
    let squares = 0
    for (const { hopSquares } of channels) squares += hopSquares[hop] ?? 0
    return squares / frames / channels.length
  })
  const sounding = powers.filter((power) => power > 0).sort()
  const low = sounding[Math.floor(sounding.length / 20)]
  return low === undefined ? null : rounded(powerDb(low), 1)
}

function findClicks({ roughPeaks, roughSquares, clickiness }: SampleFacts): EventList {
  const hits: number[] = []
  for (const [hop, peak] of roughPeaks.entries()) {
    // A track that begins in mid-sound is no click.
    if (hop === 0 || peak < CLICK_MIN) continue
    const alone = peak * peak >= CLICK_SHARE * (roughSquares[hop] ?? 0)
    const clear = (clickiness[hop] ?? 0) >= CLICK_OVER_AROUND
    if (!alone && !clear) continue
    if (peak > (clear ? CLEAR_OVER_NEIGHBOURS : CLICK_OVER_NEIGHBOURS) * neighbourhood(roughPeaks, hop))
      hits.push(hop)
  }
  return eventsOf(hits, 0)
}

/** Median of the values around a place, the place and its direct neighbours left out. */
function neighbourhood(values: Float64Array, at: number): number {
  const around = [
    ...values.subarray(Math.max(0, at - CLICK_NEIGHBOURS_HOPS), Math.max(0, at - 1)),
    ...values.subarray(at + 2, at + CLICK_NEIGHBOURS_HOPS + 1),
  ].sort((a, b) => a - b)
  return around[around.length >> 1] ?? 0
}

function findDropouts(levels: Levels, { silences }: SampleFacts, sampleRateHz: number): EventList {
  const hits: number[] = []
  const hopFrames = sampleRateHz / HOPS_PER_SECOND
  for (const { endFrame, frames } of silences) {
    const startFrame = endFrame - frames
    if (startFrame <= 0 || frames > DROPOUT_MAX_SECONDS * sampleRateHz) continue
    const first = Math.floor(startFrame / hopFrames)
    const last = Math.floor(endFrame / hopFrames)
    const before = meanSquare(levels, Math.max(0, first - DROPOUT_CONTEXT_HOPS), first)
    const after = meanSquare(levels, last + 1, last + 1 + DROPOUT_CONTEXT_HOPS)
    if (Math.min(before, after) < DROPOUT_RMS ** 2) continue
    for (let hop = first; hop <= last; hop++) hits.push(hop)
  }
  return eventsOf(hits, 1)
}
