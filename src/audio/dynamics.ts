import type { Dynamics, Loudness, Peaks, Section } from './contract.ts'
import { bandCrestCurve, crestCurve } from './crest-curves.ts'
import { amplitudeDb, difference, powerDb, rounded, roundTo } from './decibels.ts'
import { type ChannelLevels, type Levels, sumOver } from './level-meter.ts'
import type { Onsets } from './onset-meter.ts'
import { findPumping } from './pumping.ts'
import { sectionDynamics } from './section-dynamics.ts'
import type { Stroke } from './strokes.ts'
import { transientDensity } from './transients.ts'
import type { TruePeaks } from './true-peak-meter.ts'

const SHORT_TERM_STEPS = 30
const STEP_HOPS = 10
/** Short-term loudness below this says nothing about dynamics: fades and gaps. */
const PSR_GATE_LUFS = -50
const DR_BLOCK_HOPS = 300
const DR_LOUDEST_SHARE = 0.2

/** What dynamics are told from. */
export interface DynamicsInput {
  levels: Levels
  loudness: Loudness
  peaks: Peaks
  truePeaks: TruePeaks
  onsets: Onsets
  transients: readonly Stroke[]
  /** Power of each of the seven bands in each window of the spectrum, and the distance of two windows. */
  bandPowers: readonly Float64Array[]
  stepSeconds: number
  sections: readonly Section[]
  /** Seconds, rising; none when nothing repeats. */
  beats: readonly number[]
}

/** Crest, PLR, PSR, DR and transients. @returns dB, null in silence or when the track is too short for the measure */
export function measureDynamics(input: DynamicsInput): Dynamics {
  const { levels, loudness, peaks, truePeaks } = input
  const squares = levels.channels.reduce((sum, channel) => sum + channel.squares, 0)
  const rmsDbfs = powerDb(squares / levels.frames / levels.channels.length)
  const psrDb = psrOf(loudness, truePeaks)
  return {
    crestDb: difference(peaks.samplePeakDbfs, rmsDbfs),
    plrDb: difference(peaks.truePeakDbtp, loudness.integratedLufs),
    rmsDbfs: rounded(rmsDbfs, 3),
    drDb: dynamicRange(levels),
    psrMinDb: psrDb.reduce<number | null>(
      (least, psr) => (psr !== null && (least === null || psr < least) ? psr : least),
      null,
    ),
    psrCurve: { stepSeconds: loudness.curve.stepSeconds, psrDb },
    crestCurve: crestCurve(levels),
    bandCrestCurve: bandCrestCurve(input.bandPowers, input.stepSeconds),
    sections: sectionDynamics(input.sections, levels, loudness, psrDb),
    pumping: findPumping(input.bandPowers, input.stepSeconds, input.beats),
    ...transientDensity(input.onsets, input.transients),
  }
}

/** True peak of the last 3 s minus their short-term loudness, every 100 ms; null below −50 LUFS. Source: AES 143 e-brief 373. */
function psrOf(loudness: Loudness, { hops }: TruePeaks): (number | null)[] {
  const steps = Array.from({ length: Math.ceil(hops.length / STEP_HOPS) }, (_, i) =>
    Math.max(...hops.subarray(i * STEP_HOPS, (i + 1) * STEP_HOPS)),
  )
  return loudness.curve.shortTermLufs.map((shortTerm, i) => {
    if (shortTerm === null || shortTerm < PSR_GATE_LUFS) return null
    const peakDb = amplitudeDb(Math.max(...steps.slice(Math.max(0, i + 1 - SHORT_TERM_STEPS), i + 1)))
    return peakDb === null ? null : roundTo(peakDb - shortTerm, 2)
  })
}

/**
 * TT dynamic range: second highest block peak over the RMS (sine-referred, +3 dB) of the loudest fifth of 3 s blocks,
 * mean of the channels. Source: TT Dynamic Range Meter, Pleasurize Music Foundation (published method).
 */
function dynamicRange(levels: Levels): number | null {
  const values = levels.channels.map((channel) => channelRange(channel, levels.hopFrames))
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  return roundTo(known.reduce((sum, value) => sum + value, 0) / known.length, 2)
}

function channelRange({ hopSquares, hopPeaks }: ChannelLevels, hopFrames: Float64Array): number | null {
  const meanSquares: number[] = []
  const peaks: number[] = []
  for (let hop = 0; hop + DR_BLOCK_HOPS <= hopSquares.length; hop += DR_BLOCK_HOPS) {
    const end = hop + DR_BLOCK_HOPS
    meanSquares.push((2 * sumOver(hopSquares, hop, end)) / sumOver(hopFrames, hop, end))
    peaks.push(Math.max(...hopPeaks.subarray(hop, end)))
  }
  if (peaks.length < 2) return null
  const loudest = meanSquares
    .sort((a, b) => b - a)
    .slice(0, Math.max(1, Math.floor(peaks.length * DR_LOUDEST_SHARE)))
  const rms = Math.sqrt(loudest.reduce((sum, square) => sum + square, 0) / loudest.length)
  const second = peaks.sort((a, b) => b - a)[1] ?? 0
  return rms > 0 && second > 0 ? 20 * Math.log10(second / rms) : null
}
