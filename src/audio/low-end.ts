import { bassNotes, type HeldShare } from './bass-notes.ts'
import type { LowEnd } from './contract.ts'
import { powerDb, rounded, roundTo } from './decibels.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { type LowParts, partLowEnd } from './low-parts.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import type { Tones } from './tone-meter.ts'

const SUB_TO_HZ = 60
/** Fewer strokes than this a minute, or than four in all, are no kick. */
const STROKES_PER_MINUTE = 10
const MIN_STROKES = 4
/** Strokes must hold this part of the low end to be a kick: −20 dB. */
const MIN_KICK_SHARE = 0.01
/** The low end is silent when it is this far below all bands together: −80 dB. */
const SILENT_SHARE = 1e-8
/** A frame of tones lasts eight windows of the spectrum; its Hann window weighs them (power) like this. */
const FRAME_WEIGHTS = [0.02, 0.25, 0.73, 1, 0.73, 0.25, 0.02]

/**
 * The low end (20–200 Hz): how much is sub, how much comes in strokes (kick drum) and how much is held (bass), which
 * notes the bass holds, and how much of the strokes stands where the bass stands at that moment.
 * A bass note that is shorter than 0.19 s, or falls as fast as a drum, counts as a stroke; a drum that rings on as held.
 * @param bandPower power of all seven bands together, summed over the windows; full-scale sine = 1
 * @returns levels in dB relative to all seven bands; null in silence of the low end
 */
export function measureLowEnd(
  spectrum: TrackSpectrum,
  tones: Tones,
  transientSeconds: readonly number[],
  bandPower: number,
  runtime: KernelRuntime,
): LowEnd | null {
  const parts = partLowEnd(spectrum, transientSeconds, runtime)
  const { sub, kick, bass, shared } = sumsOf(parts)
  if (!(kick + bass > SILENT_SHARE * bandPower)) return null
  const minutes = (parts.frames * spectrum.stepSeconds) / 60
  const struckOften = parts.strokes.length >= Math.max(MIN_STROKES, STROKES_PER_MINUTE * minutes)
  const hasKick = struckOften && kick >= MIN_KICK_SHARE * (kick + bass)
  const toDb = (power: number) => rounded(powerDb(power / bandPower), 1)
  return {
    subDb: toDb(sub),
    kickDb: hasKick ? toDb(kick) : null,
    bassDb: toDb(hasKick ? bass : kick + bass),
    strokesPerMinute: hasKick ? Math.round(parts.strokes.length / minutes) : null,
    overlap: hasKick ? roundTo(shared / kick, 2) : null,
    ...bassNotes(tones.bassPeaks, heldShare(parts, tones)),
  }
}

/** Energy under 60 Hz, of the strokes, of all else, and of strokes that a lasting sound matches in the same band and window. */
function sumsOf({ frames, bands, fromHz, bandHz, powers, held, lasting, struck }: LowParts) {
  let [sub, kick, bass, shared] = [0, 0, 0, 0]
  for (let band = 0; band < bands; band++) {
    let all = 0
    for (let at = band * frames; at < (band + 1) * frames; at++) {
      const power = powers[at] ?? 0
      all += power
      if (struck[at - band * frames] === 0) continue
      const stroke = power - (held[at] ?? 0)
      kick += stroke
      bass -= stroke
      shared += Math.min(stroke, lasting[at] ?? 0)
    }
    bass += all
    if (fromHz + (band + 1) * bandHz <= SUB_TO_HZ) sub += all
  }
  return { sub, kick, bass, shared }
}

/** How much of what sounds around a frequency in a frame of tones is held. */
function heldShare(
  { frames, bands, fromHz, bandHz, stepSeconds, powers, held }: LowParts,
  tones: Tones,
): HeldShare {
  return (frame, hz) => {
    const band = Math.max(0, Math.floor((hz - fromHz) / bandHz))
    // Above 210 Hz nothing was parted: what sounds there is taken as held.
    if (band >= bands) return 1
    const middle = Math.round(((frame + 1) * tones.stepSeconds) / stepSeconds) - 1
    const first = middle - (FRAME_WEIGHTS.length >> 1)
    let [still, all] = [0, 0]
    for (let i = Math.max(0, -first); i < FRAME_WEIGHTS.length && first + i < frames; i++) {
      const weight = FRAME_WEIGHTS[i] ?? 0
      still += weight * (held[band * frames + first + i] ?? 0)
      all += weight * (powers[band * frames + first + i] ?? 0)
    }
    return all > 0 ? still / all : 1
  }
}
