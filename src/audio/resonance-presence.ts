import type { Resonance } from './contract.ts'
import { roundTo } from './decibels.ts'
import { LEVELS_PER_DB, type SpectrumRows } from './spectrum-rows.ts'

/** A third of an octave. */
const NEIGHBOURHOOD = 2 ** (1 / 3)
/** Neighbours that are looked at, at most. */
const MAX_NEIGHBOURS = 32
/** The peak itself spreads over this many bins either side. */
const PEAK_BINS = 3
/** It is there while it stands this far above half of its neighbours. */
const PRESENT_DB = 6
/** Neither the peak nor its neighbours sound below −90 dB of a full-scale sine; levels count from −120. */
const SILENT_LEVEL = 30 * LEVELS_PER_DB
/** What is gone for less than this (1.1 s) was there all the time; what is there for less than this is not listed. */
const GAP_ROWS = 4
const SHORTEST_ROWS = 2
/** Steady: there for at least this part of the time that its surroundings sound. */
const STEADY_SHARE = 0.8
const MAX_RANGES = 12

type Presence = Pick<Resonance, 'presentShare' | 'steady' | 'ranges'>

/**
 * When a narrow peak is there, in steps of about 0.3 s.
 * @returns share of the sounding time; whether that is nearly all of it (a steady tone) or it comes and goes with the
 * notes; the longest stretches in order. Share and steadiness are null when nothing ever sounds there.
 */
export function presenceOf(bin: number, rows: SpectrumRows): Presence {
  const neighbours = neighboursOf(bin)
  const present: number[] = []
  let sounding = 0
  for (let index = 0; index < rows.levels.count(); index++) {
    const row = rows.levels.at(index)
    const level = levelAt(row, bin, rows.firstBin)
    if (level < SILENT_LEVEL && !neighbours.some((k) => (row[k - rows.firstBin] ?? 0) >= SILENT_LEVEL))
      continue
    sounding++
    const limit = level - PRESENT_DB * LEVELS_PER_DB
    let lower = 0
    for (const k of neighbours) if ((row[k - rows.firstBin] ?? 0) <= limit) lower++
    if (level >= SILENT_LEVEL && 2 * lower >= neighbours.length) present.push(index)
  }
  if (sounding === 0) return { presentShare: null, steady: null, ranges: [] }
  const share = present.length / sounding
  return {
    presentShare: roundTo(share, 2),
    steady: share >= STEADY_SHARE,
    ranges: rangesOf(present, rows.levelStepSeconds),
  }
}

/** The highest of the bin and its direct neighbours: a tone between two bins peaks in either. */
function levelAt(row: Uint8Array, bin: number, firstBin: number): number {
  const at = bin - firstBin
  return Math.max(row[at - 1] ?? 0, row[at] ?? 0, row[at + 1] ?? 0)
}

function neighboursOf(bin: number): number[] {
  const all: number[] = []
  for (let k = Math.floor(bin / NEIGHBOURHOOD); k <= Math.ceil(bin * NEIGHBOURHOOD); k++) {
    if (Math.abs(k - bin) > PEAK_BINS) all.push(k)
  }
  const step = Math.max(1, Math.ceil(all.length / MAX_NEIGHBOURS))
  return all.filter((_, i) => i % step === 0)
}

function rangesOf(present: readonly number[], stepSeconds: number): Presence['ranges'] {
  const ranges: { first: number; last: number }[] = []
  for (const index of present) {
    const open = ranges.at(-1)
    if (open !== undefined && index - open.last <= GAP_ROWS) open.last = index
    else ranges.push({ first: index, last: index })
  }
  return ranges
    .filter(({ first, last }) => last - first + 1 >= SHORTEST_ROWS)
    .sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first)
    .slice(0, MAX_RANGES)
    .sort((a, b) => a.first - b.first)
    .map(({ first, last }) => ({
      startSeconds: roundTo(first * stepSeconds, 1),
      endSeconds: roundTo((last + 1) * stepSeconds, 1),
    }))
}
