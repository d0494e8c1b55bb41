import type { Judged } from './rule.ts'

const BANDS_HZ = [10_000, 12_500, 16_000, 20_000]
/** Exact silence before and after the music is no noise. */
const SILENT_DB = -119
const QUIETEST = 0.01
const QUIET = 0.1
/** From the power of the highest third octave to that of all frequencies, RMS instead of a sine's peak. */
const WHOLE_NOISE_DB = 4

interface Floor {
  /** Hardly ever below, and seldom below. */
  quietestDb: number
  quietDb: number
}

/** What each of the highest bands hardly ever falls below, dB of full scale; null when there is no such band. */
export function noiseFloors({ spectrum }: Judged): Floor[] | null {
  const { spectrogram } = spectrum
  if (!spectrogram) return null
  const found = BANDS_HZ.flatMap((hz) => {
    const band = spectrogram.bandsHz.findIndex((centre) => Math.abs(centre / hz - 1) < 0.06)
    const levels = spectrogram.levelsDb
      .flatMap((column) => column[band] ?? [])
      .filter((level) => level > SILENT_DB)
      .sort((a, b) => a - b)
    const quietestDb = levels[Math.floor(levels.length * QUIETEST)]
    const quietDb = levels[Math.floor(levels.length * QUIET)]
    return quietestDb === undefined || quietDb === undefined ? [] : [{ quietestDb, quietDb }]
  })
  return found.length === BANDS_HZ.length ? found : null
}

/** RMS of a noise of all frequencies that would leave this floor, dBFS; null where the highest band is not there. */
export function noiseFloorDbfs(audio: Judged): number | null {
  const highest = noiseFloors(audio)?.at(-1)
  return highest === undefined ? null : highest.quietestDb + WHOLE_NOISE_DB
}
