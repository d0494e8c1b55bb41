/** One thing the analysis holds: a number, a name of the closed vocabulary, a switch. */
export interface Fact {
  /** Stable, as the page and the answers write it: `loudness.integratedLufs`, `structure.sections[2].startSeconds`. */
  path: string
  value: number | string | boolean
  /** '' without one; 'share' is 0…1, 'bar' a bar number. */
  unit: string
}

export interface FactTable {
  path: string
  columns: string[]
  rows: (number | string | boolean | null)[][]
}

export interface Flattened {
  scalars: Fact[]
  tables: FactTable[]
  /** Paths of what was looked for and is not there. */
  absent: string[]
}
