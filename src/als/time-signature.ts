const SIGNATURES_PER_DENOMINATOR = 99
const LARGEST_ID = 494

/** "7/8" for the number by which Live stores a time signature: 99·log2(denominator) + numerator − 1; null outside 0…494. */
export function timeSignatureFromId(id: number | null): string | null {
  if (id === null || !Number.isInteger(id) || id < 0 || id > LARGEST_ID) return null
  const numerator = (id % SIGNATURES_PER_DENOMINATOR) + 1
  return `${numerator}/${2 ** Math.floor(id / SIGNATURES_PER_DENOMINATOR)}`
}
