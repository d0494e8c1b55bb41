import type { Judged } from './rule.ts'

/** Paths of lists and parts that a rule looks at as one number. */
const WHOLES: Record<string, (audio: Judged) => number | null> = {
  'faults.dcOffsets': ({ faults }) =>
    faults ? Math.max(0, ...faults.dcOffsets.map((offset) => Math.abs(offset))) : null,
  'faults.silentChannels': ({ faults }) => faults?.silentChannels.length ?? null,
  'faults.hum': ({ faults }) => faults?.hum?.levelDbfs ?? null,
}

/**
 * The number at a dotted path of the measures, like `stereo.widthDb` or `stereo.bands.Sub.correlation` (bands by name).
 * @returns null where there is none
 */
export function readNumber(audio: Judged, path: string): number | null {
  const whole = WHOLES[path]
  if (whole) return whole(audio)
  let at: unknown = audio
  for (const key of path.split('.')) at = Array.isArray(at) ? named(at, key) : property(at, key)
  return typeof at === 'number' ? at : null
}

function named(list: readonly unknown[], name: string): unknown {
  return list.find((one) => property(one, 'name') === name)
}

function property(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null
    ? Object.entries(of).find(([name]) => name === key)?.[1]
    : undefined
}

/**
 * Mean level of the third octaves in a band against the median of all: the change of it between two versions is what an
 * equaliser did there, whatever the level of the whole.
 * @returns dB of change, newer minus earlier; null without both spectra
 */
export function bandChangeDb(
  newer: Judged,
  earlier: Judged,
  { fromHz, toHz }: { fromHz: number; toHz: number },
): number | null {
  const before = new Map(earlier.spectrum.thirdOctaves?.map(({ centreHz, levelDb }) => [centreHz, levelDb]))
  const changes = (newer.spectrum.thirdOctaves ?? []).flatMap(({ centreHz, levelDb }) => {
    const was = before.get(centreHz) ?? null
    return levelDb === null || was === null ? [] : [{ centreHz, db: levelDb - was }]
  })
  const inside = changes.filter(({ centreHz }) => centreHz >= fromHz && centreHz <= toHz)
  const middle = changes.map(({ db }) => db).sort((a, b) => a - b)[changes.length >> 1]
  if (inside.length === 0 || middle === undefined) return null
  return inside.reduce((sum, { db }) => sum + db, 0) / inside.length - middle
}
