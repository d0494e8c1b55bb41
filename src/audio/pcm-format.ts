/** How one sample lies in memory; the numbers are shared with the kernels. */
export const SAMPLE_FORMAT = {
  u8: 0,
  s8: 1,
  s16le: 2,
  s24le: 3,
  s32le: 4,
  f32le: 5,
  f64le: 6,
  s16be: 7,
  s24be: 8,
  s32be: 9,
  f32be: 10,
  f64be: 11,
} as const

export type SampleFormat = keyof typeof SAMPLE_FORMAT

export function bytesPerSample(format: SampleFormat): number {
  if (format === 'u8' || format === 's8') return 1
  if (format.startsWith('f64')) return 8
  return format.includes('16') ? 2 : format.includes('24') ? 3 : 4
}
