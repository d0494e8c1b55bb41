import type { Rhythm } from '../audio/contract.ts'
import { roundTo } from '../audio/decibels.ts'
import { camelotOf } from '../audio/key.ts'
import { regrid, relativeOf } from '../audio/regrid.ts'
import type { SetTiming } from '../fusion/contract.ts'
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
      setBpm: fusion?.timing ? setTempo(fusion.timing) : null,
      setAgrees: null,
    },
    key: { source: 'audio', heardKey: tonality?.key ?? null, heardConfidence: tonality?.confidence ?? null },
  }
}

/** Tempo of each bar of the set that lies in the file; bars of other metres than the first are a little off. */
function barTempos({ barStartsSeconds, timeSignature }: SetTiming): { seconds: number; bpm: number }[] {
  const [upper = 4, lower = 4] = timeSignature.split('/').map(Number)
  const beatsPerBar = (4 * upper) / lower
  return barStartsSeconds.slice(1).map((end, i) => {
    const start = barStartsSeconds[i] ?? 0
    return { seconds: start, bpm: roundTo((60 * beatsPerBar) / (end - start), 2) }
  })
}

/** The set's tempo; the middle one when it changes, as the heard tempo is. */
function setTempo(timing: SetTiming): number {
  const tempos = barTempos(timing)
    .map(({ bpm }) => bpm)
    .sort((a, b) => a - b)
  return timing.tempoChanges ? (tempos[tempos.length >> 1] ?? timing.tempoBpm) : timing.tempoBpm
}

/** The tempo curve of a set that changes its tempo, in the steps of the heard one. */
function followSet(rhythm: Rhythm, timing: SetTiming): Rhythm {
  const tempos = barTempos(timing)
  const { stepSeconds, tempoBpm } = rhythm.tempoCurve
  const at = (seconds: number, heard: number) =>
    (tempos.findLast((bar) => bar.seconds <= seconds) ?? tempos[0])?.bpm ?? heard
  const curve = tempoBpm.map((heard, i) => at(i * stepSeconds, heard))
  return { ...rhythm, steady: false, tempoCurve: { stepSeconds, tempoBpm: curve } }
}

/**
 * The tempo of the Live set counts where the audio does not contradict it: a set knows what ears can only guess.
 * Beats stay where they were heard, at the metrical level of the set; a set that changes its tempo says how.
 */
export function adoptSetTempo(report: Report): Report {
  const provenance = report.provenance ?? heardOf(report)
  const { rhythm } = report
  const { setBpm } = provenance.tempo
  if (setBpm === null || !rhythm) return { ...report, provenance }
  const agrees = relativeOf(setBpm, rhythm.tempoBpm) !== undefined
  const timing = report.fusion?.timing ?? null
  return {
    ...report,
    rhythm: agrees ? adopted(rhythm, setBpm, timing) : rhythm,
    provenance: {
      ...provenance,
      tempo: { ...provenance.tempo, source: agrees ? 'set' : 'audio', setAgrees: agrees },
    },
  }
}

function adopted(rhythm: Rhythm, setBpm: number, timing: SetTiming | null): Rhythm {
  const known = regrid(rhythm, { tempoBpm: setBpm })
  return timing?.tempoChanges ? followSet(known, timing) : known
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
