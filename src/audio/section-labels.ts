import type { Section } from './contract.ts'

export interface SectionLabel {
  label: Section['label']
  confidence: number
  /** Mean level of all bands, dB relative to the loudest section. */
  energyDb: number
}

/** Levels of the lowest groups of bands (25–80 Hz) make the bass. */
const BASS_GROUPS = 2
const ONSETS = 3
/** A band this far below its own loudest section is empty. */
const EMPTY_DB = 20
/** Sections this close to the fullest one are peaks of the track. */
const PEAK = 0.12
/** In songs, full sections that differ by more than this are verses and choruses; closer ones are not told apart. */
const CHORUS_LEAD = 0.03
const NO_BASS_DB = 8
const WEAK_DRUMS = 0.3

interface Summary {
  /** Mean level of each group of bands, dB. */
  levels: number[]
  energyDb: number
  bassDb: number
  drums: number
  /** 0…1: how much of the spectrum is filled, relative to each band's loudest section. */
  fullness: number
}

/**
 * Names sections by what plays in them: fullness, bass and drums relative to the strongest section.
 * @param sections the bars of each section (levels of bands in dB, then three onset strengths)
 */
export function labelSections(sections: readonly (readonly Float64Array[])[]): SectionLabel[] {
  const summaries = sections.map(summarise)
  const tops = (summaries[0]?.levels ?? []).map((_, k) =>
    Math.max(...summaries.map(({ levels }) => levels[k] ?? 0)),
  )
  const loudest = Math.max(...summaries.map(({ energyDb }) => energyDb))
  const bass = Math.max(...summaries.map(({ bassDb }) => bassDb))
  const drums = Math.max(...summaries.map((summary) => summary.drums), 1e-9)
  const relative = summaries.map((summary) => ({
    levels: summary.levels,
    energyDb: summary.energyDb - loudest,
    bassDb: summary.bassDb - bass,
    drums: summary.drums / drums,
    fullness: fullnessOf(summary.levels, tops),
  }))
  return relative.map((summary, i) => ({ ...nameOf(relative, i), energyDb: summary.energyDb }))
}

function fullnessOf(levels: number[], tops: number[]): number {
  const filled = levels.map((level, k) => Math.max(0, 1 - ((tops[k] ?? 0) - level) / EMPTY_DB))
  return filled.reduce((sum, value) => sum + value, 0) / Math.max(1, filled.length)
}

function nameOf(sections: readonly Summary[], i: number): { label: Section['label']; confidence: number } {
  const here = sections[i]
  if (here === undefined || sections.length === 1) return { label: 'section', confidence: 1 }
  const fullest = Math.max(...sections.map(({ fullness }) => fullness))
  const peak = (section: Summary) => section.fullness >= fullest - PEAK && !bare(section)
  if (i === 0 && peak(here)) return { label: 'section', confidence: 0.5 }
  // With drums from the start, a build may begin before the first border that is heard.
  if (i === 0) return { label: 'intro', confidence: here.drums < WEAK_DRUMS ? 0.9 : 0.7 }
  if (i === sections.length - 1 && !peak(here)) return { label: 'outro', confidence: 0.9 }
  const before = sections.slice(0, i)
  const next = sections[i + 1]
  const inner = sections.slice(1, -1)
  if (peak(here) && isClubForm(sections)) return { label: 'drop', confidence: 0.7 }
  if (peak(here) || returnsToLess(inner, peak)) return partOfSong(inner, here)
  if (here.drums < WEAK_DRUMS || (bare(here) && before.some(peak)))
    return { label: 'breakdown', confidence: 0.8 }
  if (next !== undefined && peak(next) && next.fullness > here.fullness) {
    return { label: before.some(peak) ? 'verse' : 'build', confidence: 0.5 }
  }
  return { label: bare(here) ? 'breakdown' : 'verse', confidence: 0.3 }
}

/** Songs keep bass and drums, and come back from their choruses to verses. */
function returnsToLess(inner: readonly Summary[], peak: (section: Summary) => boolean): boolean {
  return !inner.some(bare) && inner.some((section, i) => !peak(section) && inner.slice(0, i).some(peak))
}

/** Choruses are the fuller half of the inner sections of a song. */
function partOfSong(
  full: readonly Summary[],
  here: Summary,
): { label: Section['label']; confidence: number } {
  const most = Math.max(...full.map(({ fullness }) => fullness))
  const least = Math.min(...full.map(({ fullness }) => fullness))
  if (most - least < CHORUS_LEAD) return { label: 'section', confidence: 0.5 }
  return { label: here.fullness > (most + least) / 2 ? 'chorus' : 'verse', confidence: 0.6 }
}

/** Without bass or without drums. */
function bare({ bassDb, drums }: Summary): boolean {
  return bassDb < -NO_BASS_DB || drums < WEAK_DRUMS
}

/** Club music takes bass or drums away in the middle and drops them in again; songs keep both. */
function isClubForm(sections: readonly Summary[]): boolean {
  return sections.slice(1, -1).some(bare)
}

function summarise(bars: readonly Float64Array[]): Summary {
  const width = bars[0]?.length ?? ONSETS
  const bands = width - ONSETS
  const mean = (from: number, to: number) =>
    bars.reduce((sum, bar) => {
      let power = 0
      for (let k = from; k < to; k++) power += 10 ** ((bar[k] ?? 0) / 10)
      return sum + power
    }, 0) / Math.max(1, bars.length)
  const strikes = bars.reduce((sum, bar) => sum + (bar[bands] ?? 0), 0)
  return {
    levels: Array.from({ length: bands }, (_, k) => 10 * Math.log10(mean(k, k + 1) + 1e-30)),
    fullness: 0,
    energyDb: 10 * Math.log10(mean(0, bands) + 1e-30),
    bassDb: 10 * Math.log10(mean(0, BASS_GROUPS) + 1e-30),
    drums: strikes / Math.max(1, bars.length),
  }
}
