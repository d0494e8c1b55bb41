import { createRows, type Rows } from './rows.ts'

const FROM_HZ = 28
const TO_HZ = 250
/** Peaks kept of each frame, the strongest first. */
const PEAKS = 4
/** A row: power of all bins from 28 to 250 Hz, then frequency (Hz) and power of each peak; 0 where there is none. */
const WIDTH = 1 + 2 * PEAKS
/** Peaks weaker than this part of the strongest are leakage: −26 dB. */
const WEAK = 0.0025
/** A held tone stands this much (power) above what lies three and four bins beside it; a drum does not. */
const PROMINENCE = 30
/** Power of the whole range below which a frame is silent: −80 dB of a full-scale sine. */
const SILENT = 1e-8

/** The tones of the bass, frame by frame. */
export interface BassPeaks {
  /** Power (full-scale sine = 1), then pairs of frequency and power; 0 where there is none. */
  rows: Rows<Float32Array>
}

export interface BassPeakRecorder extends BassPeaks {
  /** @param power of each bin of one Hann window */
  add(power: Float32Array): void
}

/** Keeps the strongest peaks of the bass of each frame. @param fullScale power of a full-scale sine over its bins */
export function recordBassPeaks(binHz: number, fullScale: number): BassPeakRecorder {
  const rows = createRows(WIDTH, (length) => new Float32Array(length))
  const first = Math.ceil(FROM_HZ / binHz)
  const last = Math.floor(TO_HZ / binHz)

  return {
    rows,
    add(power) {
      const row = rows.add()
      let sum = 0
      let strongest = 0
      for (let k = first; k <= last; k++) {
        sum += power[k] ?? 0
        strongest = Math.max(strongest, power[k] ?? 0)
      }
      if (sum < SILENT * fullScale) return
      row[0] = sum / fullScale
      const peaks: { hz: number; power: number }[] = []
      for (let k = first; k <= last; k++) {
        const here = power[k] ?? 0
        if (here < WEAK * strongest || here <= (power[k - 1] ?? 0) || here < (power[k + 1] ?? 0)) continue
        if (!stands(power, k)) continue
        peaks.push({ hz: (k + offset(power, k)) * binHz, power: lobe(power, k) / fullScale })
      }
      peaks.sort((a, b) => b.power - a.power)
      for (const [i, peak] of peaks.slice(0, PEAKS).entries()) row.set([peak.hz, peak.power], 1 + 2 * i)
    },
  }
}

function stands(power: Float32Array, k: number): boolean {
  const beside = Math.min(power[k - 4] ?? 0, power[k - 3] ?? 0, power[k + 3] ?? 0, power[k + 4] ?? 0)
  return (power[k] ?? 0) > PROMINENCE * beside
}

/** What a Hann window puts into a steady tone's bin and its neighbours is all of its power. */
function lobe(power: Float32Array, k: number): number {
  return (power[k - 1] ?? 0) + (power[k] ?? 0) + (power[k + 1] ?? 0)
}

/** Distance of a steady tone from the bin it peaks in, exact for a Hann window (Grandke 1983); bins. */
function offset(power: Float32Array, k: number): number {
  const before = power[k - 1] ?? 0
  const after = power[k + 1] ?? 0
  const ratio = Math.sqrt(Math.max(before, after) / (power[k] ?? 1))
  const distance = (2 * ratio - 1) / (ratio + 1)
  return after >= before ? distance : -distance
}
