import type { AudioMeasures, PartialMeasures } from './contract.ts'
import { amplitudeDb, rounded, roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import type { LevelMeter } from './level-meter.ts'
import { type LoudnessMeter, loudnessSoFar } from './loudness-meter.ts'
import type { PcmSource } from './pcm-source.ts'
import type { TruePeakMeter } from './true-peak-meter.ts'
import { drawWaveform } from './waveform.ts'

/** Points of a curve at most: enough for a first look, few enough to send several times a second. */
const MAX_POINTS = 300
const LEAST_INTERVAL_MS = 150
/** Looking takes at most this share of the time, however long the track has become. */
const MAX_SHARE = 0.05

interface Meters {
  loudness: LoudnessMeter
  levels: LevelMeter
  truePeak: TruePeakMeter
}

/** Tells what is measured so far, a few times a second of the machine's time. */
export function createPartials(
  source: PcmSource,
  meters: Meters,
  onPartial: ((partial: PartialMeasures) => void) | undefined,
): (frames: number) => void {
  let dueAtMs = 0
  return (frames) => {
    const startedMs = performance.now()
    if (onPartial === undefined || startedMs < dueAtMs) return
    onPartial(measuredSoFar(source, meters, frames))
    const now = performance.now()
    dueAtMs = now + Math.max(LEAST_INTERVAL_MS, (now - startedMs) / MAX_SHARE)
  }
}

function measuredSoFar(source: PcmSource, meters: Meters, frames: number): PartialMeasures {
  const { sampleRateHz } = source.facts
  const coveredSeconds = frames / sampleRateHz
  const durationSeconds = source.declaredFrames === null ? null : source.declaredFrames / sampleRateHz
  const levels = meters.levels.finish()
  const truePeak = Math.max(
    ...levels.channels.map(({ samplePeak }) => samplePeak),
    ...meters.truePeak.finish().channels,
  )
  const loudness = loudnessSoFar(meters.loudness.energies(), sampleRateHz)
  const hops = Math.ceil((durationSeconds ?? coveredSeconds) * HOPS_PER_SECOND)
  return {
    coveredSeconds: roundTo(coveredSeconds, 2),
    durationSeconds: durationSeconds === null ? null : roundTo(durationSeconds, 2),
    integratedLufs: loudness.integratedLufs,
    truePeakDbtp: rounded(amplitudeDb(truePeak), 3),
    shortTerm: thinned(loudness.stepSeconds, loudness.shortTermLufs, hops),
    waveform: drawWaveform(levels, Math.max(1, Math.ceil(hops / MAX_POINTS))),
    tempoBpm: null,
    key: null,
  }
}

/** Every n-th value, so that the curve of the whole track keeps its places while it grows. */
function thinned(stepSeconds: number, values: (number | null)[], hops: number): PartialMeasures['shortTerm'] {
  const every = Math.max(1, Math.ceil(hops / (stepSeconds * HOPS_PER_SECOND) / MAX_POINTS))
  return {
    stepSeconds: roundTo(every * stepSeconds, 1),
    shortTermLufs: values.filter((_, i) => (i + 1) % every === 0),
  }
}

/** The whole track in the same few numbers, for showing while something else is still being measured. */
export function partialOfAll({ source, loudness, peaks, ...rest }: AudioMeasures): PartialMeasures {
  const { durationSeconds } = source
  const { secondsPerPoint, min, max } = rest.waveform
  const group = Math.max(1, Math.ceil(min.length / MAX_POINTS))
  const points = Array.from({ length: Math.ceil(min.length / group) }, (_, i) => i * group)
  return {
    coveredSeconds: durationSeconds,
    durationSeconds,
    integratedLufs: loudness.integratedLufs,
    truePeakDbtp: peaks.truePeakDbtp,
    shortTerm: thinned(
      loudness.curve.stepSeconds,
      loudness.curve.shortTermLufs,
      Math.ceil(durationSeconds * HOPS_PER_SECOND),
    ),
    waveform: {
      secondsPerPoint: roundTo(group * secondsPerPoint, 2),
      min: points.map((at) => Math.min(...min.slice(at, at + group))),
      max: points.map((at) => Math.max(...max.slice(at, at + group))),
    },
    tempoBpm: rest.rhythm?.tempoBpm ?? null,
    key: rest.tonality?.key ?? null,
  }
}
