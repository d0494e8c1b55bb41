import type { Rhythm } from '../audio/contract.ts'
import { camelotOf } from '../audio/key.ts'
import { regrid, relativeOf } from '../audio/regrid.ts'
import type { SetTiming } from '../fusion/contract.ts'
import type { Correction, Provenance, Report } from './contract.ts'
import { sealed } from './hash-report.ts'
import { placeInReport } from './place-in-report.ts'
import { barTempos, inBarsOfSet, liesOnSetGrid } from './set-rhythm.ts'

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
    ...(rhythm ? { bars: { source: 'audio', firstBar: 1 } } : {}),
  }
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
 * Tempo, metre and bars of the Live set count where the audio does not contradict them: a set knows what ears can only
 * guess. Where the heard beats do not lie on its grid, the set's tempo alone is taken and beats stay where they were heard.
 */
export function adoptSetTempo(report: Report): Report {
  const heard = report.provenance ?? heardOf(report)
  const { setBpm } = heard.tempo
  const timing = report.fusion?.timing ?? null
  if (setBpm === null) return { ...report, provenance: heard }
  const { rhythm } = report
  if (!rhythm) return timing === null ? { ...report, provenance: heard } : onlyFromSet(report, heard, timing)
  const agrees = relativeOf(setBpm, rhythm.tempoBpm) !== undefined
  const isOnGrid = agrees && timing !== null && liesOnSetGrid(rhythm.beatsSeconds, timing)
  return {
    ...report,
    rhythm: agrees ? adopted(rhythm, setBpm, timing, isOnGrid) : rhythm,
    provenance: {
      ...heard,
      tempo: { ...heard.tempo, source: agrees ? 'set' : 'audio', setAgrees: agrees },
      ...(isOnGrid ? { bars: { source: 'set', firstBar: timing.firstBar } } : {}),
    },
  }
}

function adopted(rhythm: Rhythm, setBpm: number, timing: SetTiming | null, isOnGrid: boolean): Rhythm {
  const known = regrid(rhythm, { tempoBpm: setBpm })
  const curved = timing?.tempoChanges ? followSet(known, timing) : known
  return timing !== null && isOnGrid ? inBarsOfSet(curved, timing) : curved
}

/** Nothing was heard that repeats: the set alone says where its beats lie. */
function onlyFromSet(report: Report, heard: Provenance, timing: SetTiming): Report {
  const { setBpm } = heard.tempo
  if (setBpm === null || report.fusion?.match.verdict !== 'yes' || timing.barStartsSeconds.length < 2)
    return { ...report, provenance: heard }
  const rhythm = retimed(null, setBpm, null)
  return {
    ...report,
    rhythm: rhythm && inBarsOfSet(rhythm, timing),
    provenance: {
      ...heard,
      tempo: { ...heard.tempo, source: 'set' },
      bars: { source: 'set', firstBar: timing.firstBar },
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
  const corrected: Report = {
    ...report,
    ...(isRetimed ? { rhythm: retimed(report.rhythm ?? null, tempoBpm, beatsPerBar) } : {}),
    ...(isRekeyed ? { tonality: rekeyed(report.tonality ?? null, key) } : {}),
    provenance: {
      tempo: isRetimed ? { ...before.tempo, source: 'user' } : before.tempo,
      key: isRekeyed ? { ...before.key, source: 'user' } : before.key,
      ...barsAfter(before, isRetimed),
    },
  }
  return sealed(isRetimed ? placeInReport(corrected) : corrected)
}

function barsAfter({ bars }: Provenance, isRetimed: boolean): Pick<Provenance, 'bars'> {
  if (isRetimed) return { bars: { source: 'user', firstBar: 1 } }
  return bars === undefined ? {} : { bars }
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
