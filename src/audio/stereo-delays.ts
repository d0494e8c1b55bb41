import type { StereoDelay } from './contract.ts'
import { roundTo } from './decibels.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'

/** Bands that are looked at one by one. A band cannot tell delays that are shorter than two periods of its width. */
const BANDS = [
  { fromHz: 500, toHz: 2000 },
  { fromHz: 2000, toHz: 6000 },
  { fromHz: 6000, toHz: 12_000 },
] as const
const PERIODS = 2
const LONGEST_MS = 40
/** Part of a band that must be one and the same sound on both sides, displaced in time. */
const MIN_LIKENESS = 0.25
/** … when no other band shows the same delay: reverb displaces each band by chance. */
const MIN_LIKENESS_ALONE = 0.5
/** … and how far that stands out from what other delays show. */
const MIN_PROMINENCE = 5
/** From this likeness on there is no doubt left. */
const SURE_LIKENESS = 0.6
/** Bins weaker than this part of the strongest hold nothing but noise: −80 dB. */
const WEAK = 1e-8
const SAME_DELAY_MS = 0.15

interface Peak {
  fromHz: number
  toHz: number
  /** Positive when the right side comes later. */
  ms: number
  likeness: number
}

/**
 * Delays of one side against the other, as the precedence effect (Haas) or two microphones make them: a peak of the
 * whitened cross-correlation (generalised cross-correlation over coherence, Knapp and Carter 1976) away from zero.
 * Sounds that are only panned stand at zero; reverb and doubled takes make no peak.
 * @returns by falling confidence, ±0.05 ms; empty for mono and ordinary stereo
 */
export function findStereoDelays(spectrum: TrackSpectrum, runtime: KernelRuntime): StereoDelay[] {
  const points = 2 * spectrum.power.length
  if (spectrum.both.length === 0) return []
  const transform = createTransform(points, runtime)
  const peaks = BANDS.flatMap((band) => {
    const peak = peakOf(spectrum, band, transform)
    return peak === null ? [] : [peak]
  })
  return joined(peaks).sort((a, b) => b.confidence - a.confidence || a.milliseconds - b.milliseconds)
}

/** Cosine transform of one row of bins and negative sine transform of another: index = lag in samples. */
type Transform = (even: Float64Array, odd: Float64Array) => { cosines: Float64Array; sines: Float64Array }

function createTransform(points: number, runtime: KernelRuntime): Transform {
  const setup = runtime.fftSetup(points)
  const [input, output, work] = [0, 1, 2].map(() => runtime.allocate(points * 4))
  function part(values: Float64Array, imaginary: 0 | 1): Float64Array {
    const samples = runtime.floats(input ?? 0, points)
    samples.fill(0)
    samples.set(values)
    runtime.kernels.spectrumOf(input ?? 0, setup, output ?? 0, work ?? 0)
    const bins = runtime.floats(output ?? 0, points)
    const lags = new Float64Array(points / 2)
    for (let lag = 0; lag < lags.length; lag++) lags[lag] = bins[2 * lag + imaginary] ?? 0
    return lags
  }
  return (even, odd) => ({ cosines: part(even, 0), sines: part(odd, 1) })
}

function peakOf(
  spectrum: TrackSpectrum,
  { fromHz, toHz }: { fromHz: number; toHz: number },
  transform: Transform,
): Peak | null {
  const { binHz, frames } = spectrum
  const points = 2 * spectrum.power.length
  const windows = Math.ceil(frames / 4)
  const likeness = correlate(spectrum, Math.ceil(fromHz / binHz), Math.floor(toHz / binHz), transform)
  const rateHz = binHz * points
  const nearest = Math.ceil((PERIODS * rateHz) / (toHz - fromHz))
  const farthest = Math.min(points / 2 - 2, Math.floor((LONGEST_MS * rateHz) / 1000))
  if (likeness === null || windows < 4) return null
  let best = 0
  let squares = 0
  let count = 0
  for (let lag = -farthest; lag <= farthest; lag++) {
    if (Math.abs(lag) < nearest) continue
    const value = likeness(lag)
    squares += value * value
    count++
    if (best === 0 || Math.abs(value) > Math.abs(likeness(best))) best = lag
  }
  const height = Math.abs(likeness(best))
  const whole = height / overlap(Math.abs(best) / points)
  if (whole < MIN_LIKENESS || height < MIN_PROMINENCE * Math.sqrt(squares / count)) return null
  // What still grows at the ends of the range is no peak, but the flank of the sound in the middle or of one later yet.
  if (Math.abs(best) === nearest || Math.abs(best) === farthest) return null
  return { fromHz, toHz, ms: (1000 * vertex(likeness, best)) / rateHz, likeness: whole }
}

/** Likeness of left and right at each lag (samples by which right is later), as windows see it; null when the band is empty. */
function correlate(
  { power, left, right, both, quadrature, frames }: TrackSpectrum,
  from: number,
  to: number,
  transform: Transform,
): ((lag: number) => number) | null {
  const even = new Float64Array(to + 1)
  const odd = new Float64Array(to + 1)
  const strongest = Math.max(...power.subarray(from, to + 1))
  const every = frames / Math.ceil(frames / 4)
  let bins = 0
  for (let k = from; k <= to; k++) {
    const scale = Math.sqrt((left[k] ?? 0) * (right[k] ?? 0))
    if (!((power[k] ?? 0) > strongest * WEAK && scale > 0)) continue
    even[k] = (both[k] ?? 0) / scale
    odd[k] = (every * (quadrature[k] ?? 0)) / scale
    bins++
  }
  if (bins === 0) return null
  const { cosines, sines } = transform(even, odd)
  return (lag) => {
    const at = Math.abs(lag)
    return ((cosines[at] ?? 0) - Math.sign(lag) * (sines[at] ?? 0)) / bins
  }
}

/** What a Hann window leaves of a sound that is displaced by a share of its length (its autocorrelation). */
function overlap(shift: number): number {
  const turn = 2 * Math.PI * shift
  return ((1 - shift) * (2 + Math.cos(turn)) + (3 * Math.sin(turn)) / (2 * Math.PI)) / 3
}

function vertex(value: (lag: number) => number, lag: number): number {
  const sign = Math.sign(value(lag))
  const [a, b, c] = [sign * value(lag - 1), sign * value(lag), sign * value(lag + 1)]
  const bend = a - 2 * b + c
  return bend < 0 ? lag + (0.5 * (a - c)) / bend : lag
}

/** The same delay in several bands is one delay. */
function joined(peaks: readonly Peak[]): StereoDelay[] {
  const groups: Peak[][] = []
  for (const peak of peaks) {
    const group = groups.find(([first]) => Math.abs((first?.ms ?? 0) - peak.ms) <= SAME_DELAY_MS)
    if (group === undefined) groups.push([peak])
    else group.push(peak)
  }
  const sure = groups.filter(
    (group) => group.length > 1 || group.some(({ likeness }) => likeness >= MIN_LIKENESS_ALONE),
  )
  return sure.map((group) => {
    const strongest = group.reduce((best, peak) => (peak.likeness > best.likeness ? peak : best))
    return {
      milliseconds: roundTo(Math.abs(strongest.ms), 2),
      leads: strongest.ms > 0 ? 'left' : 'right',
      fromHz: Math.min(...group.map(({ fromHz }) => fromHz)),
      toHz: Math.max(...group.map(({ toHz }) => toHz)),
      confidence: roundTo(Math.min(1, strongest.likeness / SURE_LIKENESS), 2),
    }
  })
}
