import type { AudioMeasures } from '../audio/contract.ts'
import { difference } from '../audio/decibels.ts'
import { ENGINE_VERSION } from '../audio/version.ts'
import type { TrackProfile } from './comparison-contract.ts'
import { spectrumLoudnessDb } from './equal-loudness.ts'
import { profileSections } from './profile-sections.ts'

/** What comparing needs of a track; parts that were not measured are null or empty. */
export type Comparable = Omit<AudioMeasures, 'waveform'>

/** The numbers of a track that others are compared with. @returns a few kilobytes, whatever the track's length */
export function profileTrack(track: Comparable): TrackProfile {
  const { source, loudness, peaks, dynamics, spectrum, stereo } = track
  const loudnessDb = spectrumLoudnessDb(spectrum.thirdOctaves ?? [])
  return {
    profileVersion: 1,
    engineVersion: ENGINE_VERSION,
    durationSeconds: source.durationSeconds,
    integratedLufs: loudness.integratedLufs,
    rangeLu: loudness.rangeLu,
    shortTermMaxLufs: loudness.shortTermMaxLufs,
    truePeakDbtp: peaks.truePeakDbtp,
    crestDb: dynamics.crestDb,
    plrDb: dynamics.plrDb,
    psrMinDb: dynamics.psrMinDb ?? null,
    drDb: dynamics.drDb ?? null,
    tiltDbPerOctave: spectrum.tiltDbPerOctave ?? null,
    tempoBpm: track.rhythm?.tempoBpm ?? null,
    key: track.tonality?.key ?? null,
    bands: spectrum.bands.map(({ name, fromHz, toHz, shareDb, crestDb }) => ({
      name,
      fromHz,
      toHz,
      levelDb: difference(shareDb, loudnessDb),
      crestDb: crestDb ?? null,
    })),
    thirdOctaves: (spectrum.thirdOctaves ?? []).map(({ centreHz, levelDb }) => ({
      centreHz,
      levelDb: difference(levelDb, loudnessDb),
    })),
    stereo: stereoOf(stereo),
    stereoBands: (stereo.bands ?? []).map((band) => ({ name: band.name, ...stereoOf(band) })),
    sections: profileSections(track),
  }
}

function stereoOf(sides: {
  correlation: number | null
  widthDb?: number | null | undefined
  balanceDb?: number | null | undefined
  monoLossDb?: number | null | undefined
}): TrackProfile['stereo'] {
  return {
    correlation: sides.correlation,
    widthDb: sides.widthDb ?? null,
    balanceDb: sides.balanceDb ?? null,
    monoLossDb: sides.monoLossDb ?? null,
  }
}
