/** Versions of Live whose sets differ in shape. */
export const eras = [8, 9, 10, 11, 12] as const
export type Era = (typeof eras)[number]
