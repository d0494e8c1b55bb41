import { difference } from '../audio/decibels.ts'
import { compareSections } from './compare-sections.ts'
import type { Comparison, LowEndDifference, TrackProfile } from './comparison-contract.ts'

const LOW_END_TO_HZ = 120
const BASS_TO_HZ = 200

/**
 * How a track differs from a reference: track minus reference. Bands are compared at equal loudness, so that a louder
 * track does not seem to have more of everything; `gainDb` says what that takes.
 * @returns null wherever one of the two has no such number
 */
export function compareTracks(track: TrackProfile, reference: TrackProfile): Comparison {
  const minus = (pick: (profile: TrackProfile) => number | null) => difference(pick(track), pick(reference))
  return {
    gainDb: difference(reference.integratedLufs, track.integratedLufs),
    integratedLu: minus((one) => one.integratedLufs),
    rangeLu: minus((one) => one.rangeLu),
    shortTermMaxLu: minus((one) => one.shortTermMaxLufs),
    truePeakDb: minus((one) => one.truePeakDbtp),
    crestDb: minus((one) => one.crestDb),
    plrDb: minus((one) => one.plrDb),
    psrMinDb: minus((one) => one.psrMinDb),
    drDb: minus((one) => one.drDb),
    tiltDbPerOctave: minus((one) => one.tiltDbPerOctave),
    correlation: minus((one) => one.stereo.correlation),
    widthDb: minus((one) => one.stereo.widthDb),
    monoLossDb: minus((one) => one.stereo.monoLossDb),
    bands: compareBands(track, reference),
    thirdOctaves: track.thirdOctaves.map(({ centreHz, levelDb }) => ({
      centreHz,
      differenceDb: difference(levelDb, levelAt(reference, centreHz)),
    })),
    stereoBands: compareStereoBands(track, reference),
    lowEnd: compareLowEnd(track, reference),
    sections: compareSections(track, reference),
    reference,
  }
}

function levelAt({ thirdOctaves }: TrackProfile, centreHz: number): number | null {
  return thirdOctaves.find((third) => third.centreHz === centreHz)?.levelDb ?? null
}

const bandOf = ({ bands }: TrackProfile, name: string) => bands.find((band) => band.name === name)
const sidesOf = ({ stereoBands }: TrackProfile, name: string) =>
  stereoBands.find((band) => band.name === name)

function compareBands(track: TrackProfile, reference: TrackProfile): Comparison['bands'] {
  return track.bands.map((band) => {
    const other = bandOf(reference, band.name)
    return {
      name: band.name,
      fromHz: band.fromHz,
      toHz: band.toHz,
      differenceDb: difference(band.levelDb, other?.levelDb ?? null),
      crestDb: difference(band.crestDb, other?.crestDb ?? null),
    }
  })
}

function compareStereoBands(track: TrackProfile, reference: TrackProfile): Comparison['stereoBands'] {
  return track.stereoBands.map((band) => {
    const other = sidesOf(reference, band.name)
    return {
      name: band.name,
      correlation: difference(band.correlation, other?.correlation ?? null),
      widthDb: difference(band.widthDb, other?.widthDb ?? null),
      balanceDb: difference(band.balanceDb, other?.balanceDb ?? null),
      monoLossDb: difference(band.monoLossDb, other?.monoLossDb ?? null),
    }
  })
}

function compareLowEnd(track: TrackProfile, reference: TrackProfile): LowEndDifference {
  const subToLow = (profile: TrackProfile) =>
    difference(bandOf(profile, 'Sub')?.levelDb ?? null, bandOf(profile, 'Low')?.levelDb ?? null)
  const ofLow = (pick: (profile: TrackProfile) => number | null | undefined) =>
    difference(pick(track) ?? null, pick(reference) ?? null)
  return {
    levelDb: difference(lowEndDb(track), lowEndDb(reference)),
    subToLowDb: difference(subToLow(track), subToLow(reference)),
    crestDb: ofLow((one) => bandOf(one, 'Low')?.crestDb),
    monoLossDb: ofLow((one) => sidesOf(one, 'Low')?.monoLossDb),
    trackPeakHz: bassPeakHz(track),
    referencePeakHz: bassPeakHz(reference),
  }
}

function lowEndDb({ thirdOctaves }: TrackProfile): number | null {
  let power = 0
  for (const { centreHz, levelDb } of thirdOctaves)
    if (centreHz < LOW_END_TO_HZ && levelDb !== null) power += 10 ** (levelDb / 10)
  return power > 0 ? 10 * Math.log10(power) : null
}

/** The strongest third octave of the bass. */
function bassPeakHz({ thirdOctaves }: TrackProfile): number | null {
  let strongest: { centreHz: number; levelDb: number } | null = null
  for (const { centreHz, levelDb } of thirdOctaves) {
    if (centreHz >= BASS_TO_HZ || levelDb === null) continue
    if (strongest === null || levelDb > strongest.levelDb) strongest = { centreHz, levelDb }
  }
  return strongest?.centreHz ?? null
}
