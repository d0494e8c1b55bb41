import type { Rhythm } from '../audio/contract.ts'
import { camelotOf } from '../audio/key.ts'
import { regrid, relativeOf } from '../audio/regrid.ts'
import type { Correction, Provenance, Report } from './contract.ts'
import { sealed } from './hash-report.ts'

const DEFAULT_BEATS_PER_BAR = 4

/** Where tempo and key of a measured report come from, before anybody corrects them. */
export function heardOf({ rhythm, tonality, fusion }: Report): Provenance {
  return {
    tempo: {
      source: 'audio',
      heardBpm: rhythm?.tempoBpm ?? null,
      heardConfidence: rhythm?.confidence ?? null,
      heardBeatsPerBar: rhythm?.beatsPerBar ?? null,
      setBpm: fusion?.timing?.tempoBpm ?? null,
      setAgrees: null,
    },
    key: { source: 'audio', heardKey: tonality?.key ?? null, heardConfidence: tonality?.confidence ?? null },
  }
}

/**
 * The tempo of the Live set counts where the audio does not contradict it: a set knows what ears can only guess.
 * A set that changes its tempo leaves the heard beats, which follow it, and says their metrical level.
 */
export function adoptSetTempo(report: Report): Report {
  const provenance = report.provenance ?? heardOf(report)
  const { rhythm } = report
  const { setBpm } = provenance.tempo
  if (setBpm === null || !rhythm) return { ...report, provenance }
  const agrees = relativeOf(setBpm, rhythm.tempoBpm) !== undefined
  const isHeardBetter = !agrees || report.fusion?.timing?.tempoChanges === true
  return {
    ...report,
    rhythm: isHeardBetter ? rhythm : regrid(rhythm, { tempoBpm: setBpm }),
    provenance: {
      ...provenance,
      tempo: { ...provenance.tempo, source: isHeardBetter ? 'audio' : 'set', setAgrees: agrees },
    },
  }
}

/** What the user knows better, with everything that follows from it; the heard values stand in `provenance`. */
export function correctReport(report: Report, correction: Correction): Report {
  const { tempoBpm, beatsPerBar, key } = correction
  const before = report.provenance ?? heardOf(report)
  const isRetimed = report.source !== null && (tempoBpm !== null || beatsPerBar !== null)
  const isRekeyed = report.source !== null && key !== null
  if (!isRetimed && !isRekeyed) return report
  return sealed({
    ...report,
    ...(isRetimed ? { rhythm: retimed(report.rhythm ?? null, tempoBpm, beatsPerBar) } : {}),
    ...(isRekeyed ? { tonality: rekeyed(report.tonality ?? null, key) } : {}),
    provenance: {
      tempo: isRetimed ? { ...before.tempo, source: 'user' } : before.tempo,
      key: isRekeyed ? { ...before.key, source: 'user' } : before.key,
    },
  })
}

function retimed(heard: Rhythm | null, tempoBpm: number | null, beatsPerBar: number | null): Rhythm | null {
  if (heard !== null)
    return regrid(heard, { tempoBpm: tempoBpm ?? undefined, beatsPerBar: beatsPerBar ?? undefined })
  if (tempoBpm === null) return null
  // Nothing was heard that beats could be laid on: the tempo is known, their places are not.
  return {
    tempoBpm,
    confidence: 1,
    alternatives: [],
    steady: true,
    tempoCurve: { stepSeconds: 2, tempoBpm: [] },
    beatsPerBar: beatsPerBar ?? DEFAULT_BEATS_PER_BAR,
    beatsSeconds: [],
    downbeatsSeconds: [],
  }
}

function rekeyed(heard: Report['tonality'], key: string): NonNullable<Report['tonality']> {
  const guesses = heard
    ? [{ key: heard.key, camelot: heard.camelot, confidence: heard.confidence }, ...heard.alternatives]
    : []
  return {
    key,
    camelot: camelotOf(key),
    confidence: 1,
    alternatives: guesses.flatMap((guess) =>
      guess.key === null || guess.camelot === null || guess.key === key
        ? []
        : [{ key: guess.key, camelot: guess.camelot, confidence: guess.confidence }],
    ),
    tuningCents: heard?.tuningCents ?? null,
  }
}
