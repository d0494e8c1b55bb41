/**
 * What one set may cost. The caps on the file refuse it; the caps on the result shorten a list and say so in
 * notUnderstood. Beside each: the most that 336 real sets showed.
 */
export type SetLimits = {
  readonly compressedBytes: number
  readonly inflatedBytes: number
  readonly inflationRatio: number
  readonly inflationRatioFreeBytes: number
  readonly gzipHeaderBytes: number
  readonly depth: number
  readonly attributes: number
  readonly attributeBytes: number
  readonly tagBytes: number
  readonly textBytes: number
  readonly nameBytes: number
  readonly distinctNames: number
  readonly items: number
  readonly partElements: number
  readonly partAttributes: number
  readonly partBytes: number
  readonly tracks: number
  readonly sends: number
  readonly devices: number
  readonly storedParameters: number
  readonly clips: number
  readonly notes: number
  readonly breakpoints: number
  readonly locators: number
  readonly scenes: number
  readonly sampleFiles: number
  readonly notUnderstood: number
}

const MiB = 1 << 20

export const DEFAULT_LIMITS: SetLimits = {
  compressedBytes: 64 * MiB, // seen: 4.13 MB
  inflatedBytes: 512 * MiB, // seen: 48.2 MB
  inflationRatio: 200, // seen: 61
  inflationRatioFreeBytes: MiB, // short files of one repeated element reach high ratios honestly
  gzipHeaderBytes: 64 * 1024, // Live writes 10 bytes
  depth: 256, // seen: 40
  attributes: 64, // on one element; seen: 8
  attributeBytes: 64 * 1024, // seen: 341
  tagBytes: 256 * 1024, // one element with all its attributes
  textBytes: 64 * MiB, // one run of text; seen: 9.0 MB of plug-in state
  nameBytes: 256, // of an element or attribute; seen: 57
  distinctNames: 16_384, // element and attribute names; seen: under 4,000 in one set
  items: 8_000_000, // elements and attributes of the whole set; seen: about 2,000,000
  partElements: 1_000_000, // elements of one track; seen: 842,414 in a whole set of 48 MB
  partAttributes: 1_600_000, // of one track
  partBytes: 16 * MiB, // of attribute values of one track; seen: about 12 MB in a whole set
  tracks: 10_000,
  sends: 64, // of one track or chain; Live allows 12
  devices: 20_000, // devices and chains
  storedParameters: 150_000,
  clips: 20_000,
  notes: 100_000,
  breakpoints: 100_000,
  locators: 10_000,
  scenes: 10_000,
  sampleFiles: 10_000,
  notUnderstood: 500,
}
