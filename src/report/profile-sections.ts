import type { Section } from '../audio/contract.ts'
import { rounded } from '../audio/decibels.ts'
import { BANDS } from '../audio/seven-bands.ts'
import type { ProfileSection } from './comparison-contract.ts'
import { meanOver, meanPowerDb } from './curve-means.ts'
import { spectrumLoudnessDb } from './equal-loudness.ts'
import type { Comparable } from './track-profile.ts'

/** The sections of a track with what each sounds like, from its stored curves. Empty without sections. */
export function profileSections(track: Comparable): ProfileSection[] {
  const anchorDb = wholeLoudnessDb(track)
  return (track.structure?.sections ?? []).map((section) => ({
    label: section.label,
    confidence: section.confidence,
    startSeconds: section.startSeconds,
    endSeconds: section.endSeconds,
    energyDb: section.energyDb,
    loudnessLu: loudnessOf(track, section),
    bandsDb: bandsOf(track, section, anchorDb),
    psrDb: rounded(meanOf(track.dynamics.psrCurve, track.dynamics.psrCurve?.psrDb, section), 2),
    correlation: rounded(meanOf(track.stereo.curve, track.stereo.curve?.correlation, section), 3),
  }))
}

function meanOf(
  curve: { stepSeconds: number } | undefined,
  values: readonly (number | null)[] | undefined,
  section: Section,
): number | null {
  if (curve === undefined || values === undefined) return null
  return meanOver(values, section.startSeconds / curve.stepSeconds, section.endSeconds / curve.stepSeconds)
}

/** Loudness of the section over the loudness of the whole, in LU. */
function loudnessOf({ loudness }: Comparable, section: Section): number | null {
  const { stepSeconds, momentaryLufs } = loudness.curve
  const here = meanPowerDb(
    momentaryLufs,
    section.startSeconds / stepSeconds,
    section.endSeconds / stepSeconds,
  )
  return here === null || loudness.integratedLufs === null ? null : rounded(here - loudness.integratedLufs, 2)
}

/** The K-weighted level of the whole spectrogram: what the levels of the sections are relative to. */
function wholeLoudnessDb({ spectrum }: Comparable): number | null {
  const spectrogram = spectrum.spectrogram
  if (spectrogram === undefined) return null
  const columns = spectrogram.levelsDb
  const means = spectrogram.bandsHz.map((centreHz, band) => ({
    centreHz,
    levelDb: meanPowerDb(
      columns.map((column) => column[band] ?? null),
      0,
      columns.length,
    ),
  }))
  return spectrumLoudnessDb(means)
}

function bandsOf(track: Comparable, section: Section, anchorDb: number | null): (number | null)[] {
  const spectrogram = track.spectrum.spectrogram
  if (spectrogram === undefined || anchorDb === null) return BANDS.map(() => null)
  const { stepSeconds, bandsHz, levelsDb } = spectrogram
  const columns = levelsDb.slice(
    Math.floor(section.startSeconds / stepSeconds),
    Math.ceil(section.endSeconds / stepSeconds),
  )
  return BANDS.map(({ fromHz, toHz }) => {
    const powers = columns.map((column) => bandPower(column, bandsHz, fromHz, toHz))
    const mean = powers.reduce((sum, power) => sum + power, 0) / Math.max(1, powers.length)
    return mean > 0 ? rounded(10 * Math.log10(mean) - anchorDb, 2) : null
  })
}

/** Power of the third octaves whose centres lie in a band. */
export function bandPower(
  column: readonly number[],
  bandsHz: readonly number[],
  fromHz: number,
  toHz: number,
): number {
  let power = 0
  for (const [band, centreHz] of bandsHz.entries())
    if (centreHz >= fromHz && centreHz < toHz) power += 10 ** ((column[band] ?? -120) / 10)
  return power
}
