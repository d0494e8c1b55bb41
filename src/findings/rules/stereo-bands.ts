import type { Stereo } from '../../audio/contract.ts'
import type { Subject } from '../rule.ts'

/** A band this far below the whole says nothing about the track. */
const QUIET_SHARE_DB = -30

export interface BandSides {
  name: string
  fromHz: number
  toHz: number
  correlation: number
  widthDb: number
}

/** The bands that hold enough sound for their stereo image to matter. */
export function soundingBands({ audio }: Subject, quietestDb = QUIET_SHARE_DB): BandSides[] {
  const stereo: NonNullable<Stereo['bands']> = audio.stereo.bands ?? []
  return audio.spectrum.bands.flatMap(({ name, fromHz, toHz, shareDb }) => {
    const sides = stereo.find((band) => band.name === name)
    if (!sides || shareDb === null || shareDb < quietestDb) return []
    const { correlation, widthDb } = sides
    return correlation === null || widthDb === null ? [] : [{ name, fromHz, toHz, correlation, widthDb }]
  })
}

export function medianOf(values: number[]): number | null {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? null
}
