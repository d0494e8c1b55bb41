import type { Advice } from './contract.ts'
import { dropRises } from './drop-rises.ts'
import { noiseFloorDbfs } from './noise-floors.ts'
import type { Judged } from './rule.ts'
import { tempoSpread } from './tempo-spread.ts'

type Band = Advice['band']

/** Paths of lists and parts that a rule looks at as one number. */
const WHOLES: Record<string, (audio: Judged, band: Band) => number | null> = {
  'faults.dcOffsets': ({ faults }) =>
    faults ? Math.max(0, ...faults.dcOffsets.map((offset) => Math.abs(offset))) : null,
  'faults.silentChannels': ({ faults }) => faults?.silentChannels.length ?? null,
  'faults.hum': ({ faults }) => faults?.hum?.levelDbfs ?? null,
  'spectrum.resonances': resonanceDb,
  'spectrum.spectrogram': noiseFloorDbfs,
  'structure.sections': (audio) => dropRises(audio)[0]?.riseDb ?? null,
  'rhythm.tempoCurve': (audio) => tempoSpread(audio)?.percent ?? null,
}

/** Faults that have no number any more once they are cured: was it looked for, and not there? */
const GONE: Record<string, (audio: Judged, band: Band) => boolean> = {
  'faults.hum': ({ faults }) => !!faults && faults.hum === null,
  'spectrum.resonances': (audio, band) =>
    audio.spectrum.resonances !== undefined && resonanceDb(audio, band) === null,
  'spectrum.lossySource.dropDb': ({ spectrum }) => spectrum.lossySource?.suspected === false,
}

/** The tone in the band that stands out most; null when none does. */
function resonanceDb({ spectrum }: Judged, band: Band): number | null {
  const inside = (spectrum.resonances ?? []).filter(
    ({ frequencyHz }) => band === null || (frequencyHz >= band.fromHz && frequencyHz <= band.toHz),
  )
  return inside.length === 0 ? null : Math.max(...inside.map(({ overDb }) => overDb))
}

/** Whether what the number at this path stood for was looked for and is not there. */
export function isGone(audio: Judged, path: string, band: Band = null): boolean {
  return GONE[path]?.(audio, band) ?? false
}

/**
 * The number at a dotted path of the measures, like `stereo.widthDb` or `stereo.bands.Sub.correlation` (bands by name).
 * @param band where in the spectrum, for what is counted by frequency; null: anywhere
 * @returns null where there is none
 */
export function readNumber(audio: Judged, path: string, band: Band = null): number | null {
  const whole = WHOLES[path]
  if (whole) return whole(audio, band)
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
