/** Energy or power ratio in dB; null for nothing at all, because −∞ is not a JSON number. */
export function powerDb(power: number): number | null {
  return power > 0 ? 10 * Math.log10(power) : null
}

export function amplitudeDb(amplitude: number): number | null {
  return amplitude > 0 ? 20 * Math.log10(amplitude) : null
}

/** Rounded for the report: digits beyond the measure's accuracy would only pretend. */
export function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : roundTo(value, digits)
}

export function roundTo(value: number, digits: number): number {
  const scale = 10 ** digits
  const result = Math.round(value * scale) / scale
  return result === 0 ? 0 : result
}

/** a − b in the report's digits; null where one of them is. */
export function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : roundTo(a - b, 3)
}
