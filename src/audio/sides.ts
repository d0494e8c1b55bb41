import { powerDb, rounded, roundTo } from './decibels.ts'

/** Ratios beyond this are as good as infinite and are cut here. */
const LIMIT_DB = 80

/** Energies of both sides and the sum of their products. */
export interface Sides {
  left: number
  right: number
  both: number
}

/** The four numbers that energies of two sides give; null in silence. */
export function describeSides({ left, right, both }: Sides) {
  const mid = left + right + 2 * both
  const side = left + right - 2 * both
  return {
    correlation: rounded(correlationOf({ left, right, both }), 4),
    widthDb: ratioDb(side, mid),
    balanceDb: ratioDb(left, right),
    monoLossDb: ratioDb(mid / 2, left + right),
  }
}

function correlationOf({ left, right, both }: Sides): number | null {
  if (!(left > 0 && right > 0)) return null
  return Math.max(-1, Math.min(1, both / Math.sqrt(left * right)))
}

function ratioDb(a: number, b: number): number | null {
  if (!(a > 0 || b > 0)) return null
  const db = a > 0 && b > 0 ? (powerDb(a / b) ?? 0) : a > 0 ? LIMIT_DB : -LIMIT_DB
  return roundTo(Math.max(-LIMIT_DB, Math.min(LIMIT_DB, db)), 2)
}
