import type { Stereo } from '../../audio/contract.ts'
import { bandOf } from '../activity.ts'
import type { Fused } from '../fuse.ts'
import { columnsBetween } from '../observed.ts'
import type { Role } from '../track-role.ts'
import { powersIn } from '../unmix.ts'

/** Likeness of left and right that parts usually have. By practice. */
const USUAL: Record<Role, number> = {
  kick: 0.97,
  snare: 0.9,
  hats: 0.75,
  percussion: 0.85,
  drums: 0.85,
  bass: 0.97,
  lead: 0.8,
  chords: 0.6,
  vocal: 0.95,
  effects: 0.5,
}
const UNKNOWN = 0.8
const USUAL_SPREAD = 0.45
/** How far band and moment stray from the sum of their parts. */
const BAND_SPREAD = 0.08
const MOMENT_SPREAD = 0.25
/** Edges of the seven bands of the stereo measures, Hz. */
const BAND_EDGES: readonly (readonly [string, number, number])[] = [
  ['Sub', 20, 60],
  ['Low', 60, 200],
  ['Low-mid', 200, 500],
  ['Mid', 500, 2000],
  ['High-mid', 2000, 6000],
  ['Presence', 6000, 12_000],
  ['Air', 12_000, 20_000],
]

/**
 * Likeness of left and right of each playing track, −1…1: a mix is as alike as its parts, weighed by their power.
 * Least squares over the seven bands and the curve over time, drawn towards what such parts usually have.
 */
export function correlationsOf(fused: Fused): { estimated: number[]; usual: number[] } {
  const usual = fused.tracks.map(({ role }) => (role.role === null ? UNKNOWN : USUAL[role.role]))
  const rows = [...bandRows(fused, fused.audio.stereo), ...momentRows(fused, fused.audio.stereo)]
  const estimated = solve(rows, usual).map((value) => Math.max(-1, Math.min(1, value)))
  return { estimated, usual }
}

interface Row {
  shares: Float64Array
  rest: number
  correlation: number
  spread: number
}

export function bandsWithin(fused: Fused, fromHz: number, toHz: number): number[] {
  const { bandsHz } = fused.observed
  const inside = [...bandsHz.keys()].filter(
    (band) => (bandsHz[band] ?? 0) >= fromHz && (bandsHz[band] ?? 0) <= toHz,
  )
  return inside.length > 0 ? inside : [Math.max(0, bandOf(Math.sqrt(fromHz * toHz), bandsHz))]
}

function bandRows(fused: Fused, stereo: Stereo): Row[] {
  const columns = columnsBetween(fused.observed, 0, fused.observed.durationSeconds)
  return (stereo.bands ?? []).flatMap(({ name, correlation }) => {
    const edges = BAND_EDGES.find(([band]) => band === name)
    if (edges === undefined || correlation === null) return []
    return [rowOf(fused, bandsWithin(fused, edges[1], edges[2]), columns, correlation, BAND_SPREAD)]
  })
}

function momentRows(fused: Fused, { curve }: Stereo): Row[] {
  if (curve === undefined) return []
  const bands = [...fused.observed.bandsHz.keys()]
  return curve.correlation.flatMap((correlation, i) => {
    const from = i * curve.stepSeconds
    if (correlation === null) return []
    return [
      rowOf(
        fused,
        bands,
        columnsBetween(fused.observed, from, from + curve.stepSeconds),
        correlation,
        MOMENT_SPREAD,
      ),
    ]
  })
}

function rowOf(
  fused: Fused,
  bands: readonly number[],
  columns: readonly number[],
  correlation: number,
  spread: number,
): Row {
  const { tracks, all } = powersIn(fused.unmixed, fused.tracks.length, bands, columns)
  const shares = tracks.map((power) => power / Math.max(1e-15, all))
  return { shares, rest: 1 - shares.reduce((sum, share) => sum + share, 0), correlation, spread }
}

/** The rest is taken to be half alike. */
const REST_CORRELATION = 0.5

/** Ridge regression by Gaussian elimination. */
function solve(rows: readonly Row[], usual: readonly number[]): number[] {
  const size = usual.length
  const matrix = Array.from({ length: size }, (_, i) =>
    Float64Array.from({ length: size + 1 }, (_unused, j) => (i === j ? 1 / USUAL_SPREAD ** 2 : 0)),
  )
  for (const [i, row] of matrix.entries()) row[size] = (usual[i] ?? 0) / USUAL_SPREAD ** 2
  for (const { shares, rest, correlation, spread } of rows) {
    const target = correlation - rest * REST_CORRELATION
    for (const [i, row] of matrix.entries()) {
      const weight = (shares[i] ?? 0) / spread ** 2
      if (weight === 0) continue
      for (let j = 0; j < size; j++) row[j] = (row[j] ?? 0) + weight * (shares[j] ?? 0)
      row[size] = (row[size] ?? 0) + weight * target
    }
  }
  return eliminate(matrix, size)
}

function eliminate(matrix: Float64Array[], size: number): number[] {
  for (let pivot = 0; pivot < size; pivot++) {
    const row = matrix[pivot]
    const head = row?.[pivot] ?? 0
    if (row === undefined || head === 0) continue
    for (const [i, other] of matrix.entries()) {
      if (i === pivot) continue
      const factor = (other[pivot] ?? 0) / head
      if (factor !== 0)
        for (let j = pivot; j <= size; j++) other[j] = (other[j] ?? 0) - factor * (row[j] ?? 0)
    }
  }
  return matrix.map((row, i) => (row[size] ?? 0) / (row[i] || 1))
}
