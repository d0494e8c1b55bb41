import type { Judged } from '../rule.ts'
import type { ToneSpectrum } from './estimate-tone.ts'

/** Sections whose bands are on the mean this far below the fullest one are thin on purpose. */
const SPARSE_DB = 6
/** What must be left to judge by. */
const LEAST_SECONDS = 20
const LEAST_SHARE = 0.25
/** As in spectrum.octavesOverTime: moments this far below the mean power are pauses, dB. */
const PAUSE_DB = 25
const QUIET_SHARE = 0.1
const LOUD_SHARE = 0.9

interface Stretch {
  startSeconds: number
  endSeconds: number
}

/**
 * The sections in which everything plays, where others do not: a sparse intro is not dull, a breakdown not thin.
 * @returns empty where there are no sparse sections, or too little beside them: then the whole track counts
 */
export function fullSections({ structure, source }: Pick<Judged, 'structure' | 'source'>): Stretch[] {
  const sections = structure?.sections ?? []
  const full = sections.filter(({ energyDb }) => energyDb > -SPARSE_DB)
  const seconds = full.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0)
  const enough = seconds >= Math.max(LEAST_SECONDS, LEAST_SHARE * source.durationSeconds)
  if (full.length === sections.length || !enough) return []
  return full.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds }))
}

/**
 * The spectrum that tone is judged by: of the whole track, moved by what the full sections have more or less of in each
 * third octave than all sections together (both from the spectrogram, so that its coarser steps cancel out).
 */
export function toneSpectrum(audio: Pick<Judged, 'spectrum' | 'structure' | 'source'>): ToneSpectrum {
  const { spectrum } = audio
  const { spectrogram, thirdOctaves, octavesOverTime } = spectrum
  const full = fullSections(audio)
  if (full.length === 0 || !spectrogram || !thirdOctaves || !octavesOverTime) return spectrum
  const { stepSeconds, levelsDb } = spectrogram
  const inside = levelsDb.filter((_, column) => {
    const at = (column + 0.5) * stepSeconds
    return full.some(({ startSeconds, endSeconds }) => at >= startSeconds && at < endSeconds)
  })
  const [all, some] = [overTime(levelsDb), overTime(inside)]
  if (all === null || some === null) return spectrum
  const moved = (levels: readonly number[], part: 'meanDb' | 'quietDb' | 'loudDb') =>
    levels.map((level, i) => level + (some[part][i] ?? 0) - (all[part][i] ?? 0))
  return {
    thirdOctaves: thirdOctaves.map(({ centreHz, levelDb }, i) => ({
      centreHz,
      levelDb: levelDb === null ? null : levelDb + (some.powerDb[i] ?? 0) - (all.powerDb[i] ?? 0),
    })),
    octavesOverTime: {
      meanDb: moved(octavesOverTime.meanDb, 'meanDb'),
      quietDb: moved(octavesOverTime.quietDb, 'quietDb'),
      loudDb: moved(octavesOverTime.loudDb, 'loudDb'),
    },
  }
}

/** Power, mean of the decibels and the levels exceeded 90 % and 10 % of the time, per band; null when nothing sounds. */
function overTime(columns: readonly (readonly number[])[]) {
  const totals = columns.map((column) => column.reduce((sum, level) => sum + powerOf(level), 0))
  const least = meanOf(totals) * powerOf(-PAUSE_DB)
  const sounding = columns.filter((_, i) => (totals[i] ?? 0) > least)
  const bands = sounding[0]?.map((_, band) => {
    const levels = sounding.map((column) => column[band] ?? 0).sort((a, b) => a - b)
    return {
      powerDb: 10 * Math.log10(meanOf(levels.map(powerOf))),
      meanDb: meanOf(levels),
      quietDb: levels[Math.floor(QUIET_SHARE * levels.length)] ?? 0,
      loudDb: levels[Math.floor(LOUD_SHARE * levels.length)] ?? 0,
    }
  })
  if (!bands) return null
  return {
    powerDb: bands.map(({ powerDb }) => powerDb),
    meanDb: bands.map(({ meanDb }) => meanDb),
    quietDb: bands.map(({ quietDb }) => quietDb),
    loudDb: bands.map(({ loudDb }) => loudDb),
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function powerOf(levelDb: number): number {
  return 10 ** (levelDb / 10)
}
