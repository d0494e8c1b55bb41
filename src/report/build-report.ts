import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import { ENGINE_VERSION } from '../audio/version.ts'
import { judgeTrack } from '../findings/judge-track.ts'
import type { Purpose } from '../findings/rule.ts'
import { changesSince } from './changes-since.ts'
import { compareTracks } from './compare-tracks.ts'
import type { TrackProfile } from './comparison-contract.ts'
import type { Report } from './contract.ts'
import { adoptSetTempo } from './correct-report.ts'
import type { EarlierSet } from './foresee-change.ts'
import { sealed } from './hash-report.ts'
import { placeInPopulations } from './place-in-populations.ts'
import { placeInReport } from './place-in-report.ts'
import { standingsOf } from './standings.ts'
import { type Comparable, profileTrack } from './track-profile.ts'

/**
 * The report of one analysis. A part that was not given is null.
 * @param against what the track is compared with, and what it is meant to be; left out where nobody said
 */
export async function buildReport(
  audio: AudioMeasures | null,
  set: LiveSet | null,
  against: {
    reference?: TrackProfile | null
    earlier?: Comparable | null
    earlierSet?: EarlierSet | null
    purpose?: Purpose
  } = {},
): Promise<Report> {
  const { reference = null, earlier = null, earlierSet = null } = against
  // Two engines that a track alone does not need: loading them would cost it a twentieth of its time.
  const findings =
    audio === null ? null : judgeTrack(audio, against.purpose, standingsOf(audio, against.purpose))
  const changes = audio === null || earlier === null ? null : changesSince(audio, earlier, against.purpose)
  const parts =
    set === null
      ? { arrangement: null, preflight: null, fusion: null, findings, setChanges: null }
      : (await import('./set-parts.ts')).setParts(set, { audio, findings, changes, earlierSet })
  const report: Report = {
    schemaVersion: 1,
    engine: { version: ENGINE_VERSION },
    source: audio?.source ?? null,
    loudness: audio?.loudness ?? null,
    peaks: audio?.peaks ?? null,
    dynamics: audio?.dynamics ?? null,
    spectrum: audio?.spectrum ?? null,
    stereo: audio?.stereo ?? null,
    waveform: audio?.waveform ?? null,
    rhythm: audio?.rhythm ?? null,
    tonality: audio?.tonality ?? null,
    structure: audio?.structure ?? null,
    faults: audio?.faults ?? null,
    delivery: audio?.delivery ?? null,
    codecs: audio?.codecs ?? null,
    set,
    arrangement: parts.arrangement,
    preflight: parts.preflight,
    findings: parts.findings,
    populations: audio === null ? null : placeInPopulations(audio),
    fusion: parts.fusion,
    comparison: audio === null || reference === null ? null : compareTracks(profileTrack(audio), reference),
    changes,
    setChanges: parts.setChanges,
  }
  return sealed(audio === null ? report : placeInReport(adoptSetTempo(report)))
}
