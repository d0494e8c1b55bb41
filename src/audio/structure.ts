import type { Section, Structure } from './contract.ts'
import { powerDb, roundTo } from './decibels.ts'
import { bestPartition } from './partition.ts'
import type { BeatGrid } from './rhythm.ts'
import { labelSections } from './section-labels.ts'
import { tempoJumps } from './tempo-jumps.ts'

/** Third octaves are joined by threes: broad enough that a change of chord is no change of section. */
const JOINED = 3
const ONSETS = 3
/** Bars at the end that are this much quieter than the middle one belong to the fade. */
const FADED_DB = 15
/** Below this the level of a group says nothing. dB above −80 dBFS. */
const QUIET_DB = 5

/** What a bar sounds like: levels of ten groups of bands in dB, then how strong bass, middle and high onsets are. */
export type Bar = Float64Array

/**
 * Sections from bar to bar, labelled by what plays in them.
 * @returns at least one section over the whole track; starts and ends on bars, the first at 0
 */
export function findSections(grid: BeatGrid, durationSeconds: number): Section[] {
  const starts = grid.downbeats
  if (starts.length < 2) return []
  const bars = sounding(starts.map((beat, i) => barOf(grid, beat, starts[i + 1] ?? grid.beats.length)))
  const borders = partitionBetween(bars, tempoJumps(starts.map((beat) => grid.beats[beat] ?? 0)))
  const edges = borders.map((bar, i) => (i === 0 ? 0 : (grid.beats[starts[bar] ?? 0] ?? 0)))
  const spans = borders.map((bar, i) => bars.slice(bar, borders[i + 1] ?? bars.length))
  const labels = labelSections(spans)
  return labels.map(({ label, confidence, energyDb }, i) => ({
    startSeconds: roundTo(edges[i] ?? 0, 3),
    endSeconds: roundTo(edges[i + 1] ?? durationSeconds, 3),
    label,
    confidence: roundTo(confidence, 2),
    energyDb: roundTo(energyDb, 1),
  }))
}

/** Sections and how much they differ; null without bars. */
export function measureStructure(grid: BeatGrid | null, durationSeconds: number): Structure | null {
  if (grid === null) return null
  const sections = findSections(grid, durationSeconds)
  if (sections.length === 0) return null
  const inner = sections
    .filter(({ label }) => label !== 'intro' && label !== 'outro')
    .map(({ energyDb }) => energyDb)
  const contrastDb = inner.length < 2 ? null : roundTo(Math.max(...inner) - Math.min(...inner), 1)
  return { sections, contrastDb }
}

/** Pieces never reach over a place where the tempo jumps. */
function partitionBetween(bars: readonly Bar[], jumps: readonly number[]): number[] {
  const edges = [0, ...jumps.filter((bar) => bar < bars.length)]
  return edges.flatMap((from, i) => bestPartition(bars.slice(from, edges[i + 1])).map((bar) => bar + from))
}

/** The tail of a fade is no section: bars at the end that are much quieter than most are left to the one before. */
function sounding(bars: Bar[]): Bar[] {
  const levels = bars.map(
    (bar) => 10 * Math.log10(bar.slice(0, -ONSETS).reduce((sum, db) => sum + 10 ** (db / 10), 0)),
  )
  const middle = levels.toSorted((a, b) => a - b)[levels.length >> 1] ?? 0
  const last = levels.findLastIndex((level) => level > middle - FADED_DB)
  return bars.slice(0, last + 1)
}

function barOf({ features }: BeatGrid, from: number, to: number): Bar {
  const beats = Math.max(1, to - from)
  const groups = (features.bands[0]?.length ?? 0) / JOINED
  const bar = new Float64Array(groups + 3)
  for (let group = 0; group < groups; group++) {
    let power = 0
    for (let beat = from; beat < to; beat++) {
      for (let band = group * JOINED; band < (group + 1) * JOINED; band++) {
        power += 10 ** ((features.bands[beat]?.[band] ?? 0) / 10)
      }
    }
    bar[group] = Math.max(QUIET_DB, powerDb(power / beats) ?? QUIET_DB)
  }
  for (const [i, onsets] of [features.low, features.mid, features.high].entries()) {
    let sum = 0
    for (let beat = from; beat < to; beat++) sum += onsets[beat] ?? 0
    bar[groups + i] = sum / beats
  }
  return bar
}
