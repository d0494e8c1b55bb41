import { summariseBands } from './bands.ts'
import { findCutoff, findLossyEdge } from './bandwidth.ts'
import type { Source, Spectrum } from './contract.ts'
import { powerDb, rounded, roundTo } from './decibels.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { sumOver } from './level-meter.ts'
import { measureLowEnd } from './low-end.ts'
import { summariseOctaves } from './octaves-over-time.ts'
import { findResonances } from './resonances.ts'
import { drawSpectrogram } from './spectrogram.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'
import type { Tones } from './tone-meter.ts'
import { findUpsampling } from './upsampling.ts'

const TILT_FROM_HZ = 90
const TILT_TO_HZ = 11_000
/** A third octave holds 1/3 of an octave: white noise rises by this much per octave in it. */
const WIDTH_DB_PER_OCTAVE = 10 * Math.log10(2)

const NO_EDGE = { suspected: false, edgeHz: null, dropDb: null }

/** What the distribution over frequency is told from. */
export interface SpectrumInput {
  spectrum: TrackSpectrum
  source: Source
  /** Power of each of the seven bands in each window. */
  bandPowers: readonly Float64Array[]
  tones: Tones
  transientSeconds: readonly number[]
  runtime: KernelRuntime
}

/** Everything that is said about the distribution over frequency. @returns levels in dB, null in silence */
export function measureSpectrum({ spectrum, source, bandPowers, ...music }: SpectrumInput): Spectrum {
  const lossless = source.bitDepth !== null
  const upsampledFrom = lossless ? findUpsampling(spectrum, source.sampleRateHz) : null
  const thirdOctaves = measureThirdOctaves(spectrum)
  return {
    bands: summariseBands(spectrum, bandPowers),
    thirdOctaves,
    octavesOverTime: summariseOctaves(spectrum),
    tiltDbPerOctave: tiltOf(thirdOctaves),
    cutoffHz: findCutoff(spectrum),
    // One edge has one cause: that of a converter is not a coder's.
    lossySource: lossless ? (upsampledFrom ? NO_EDGE : findLossyEdge(spectrum, source.sampleRateHz)) : null,
    upsampledFrom,
    resonances: findResonances(spectrum),
    lowEnd: measureLowEnd(
      spectrum,
      music.tones,
      music.transientSeconds,
      bandPowers.reduce((sum, powers) => sum + sumOver(powers), 0),
      music.runtime,
    ),
    spectrogram: drawSpectrogram(spectrum),
  }
}

/** Long-term level of each third octave relative to all together. */
function measureThirdOctaves(spectrum: TrackSpectrum): { centreHz: number; levelDb: number | null }[] {
  const powers = THIRD_OCTAVES.map(({ fromHz, toHz }) => powerBetween(spectrum, fromHz, toHz))
  const all = powers.reduce((sum, power) => sum + power, 0)
  return THIRD_OCTAVES.map(({ centreHz }, i) => ({
    centreHz,
    levelDb: all > 0 ? rounded(powerDb((powers[i] ?? 0) / all), 2) : null,
  }))
}

/** Slope of a straight line through the third octaves from 100 Hz to 10 kHz, as power density. */
function tiltOf(thirdOctaves: { centreHz: number; levelDb: number | null }[]): number | null {
  const points = thirdOctaves.flatMap(({ centreHz, levelDb }) =>
    levelDb !== null && centreHz > TILT_FROM_HZ && centreHz < TILT_TO_HZ
      ? [{ x: Math.log2(centreHz), y: levelDb }]
      : [],
  )
  if (points.length < 10) return null
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length
  const products = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  const squares = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
  return roundTo(products / squares - WIDTH_DB_PER_OCTAVE, 2)
}
