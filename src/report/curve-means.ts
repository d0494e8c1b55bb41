/** Mean of the values between two places of a curve (indices, the last excluded). @returns null without any value */
export function meanOver(values: readonly (number | null)[], from: number, to: number): number | null {
  const known = values
    .slice(Math.max(0, Math.floor(from)), Math.ceil(to))
    .filter((value): value is number => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Mean of levels as powers; a level that is null counts as silence. @returns dB, null when all is silent */
export function meanPowerDb(levels: readonly (number | null)[], from: number, to: number): number | null {
  const part = levels.slice(Math.max(0, Math.floor(from)), Math.ceil(to))
  let power = 0
  for (const level of part) if (level !== null) power += 10 ** (level / 10)
  return power > 0 ? 10 * Math.log10(power / part.length) : null
}
