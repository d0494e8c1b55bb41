import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const dataFolder = join(process.env.TRACKSENSEI_DATA ?? join(root, '../shared/data'), 'audio')

export interface Master {
  name: string
  path: string
  heldOut: boolean
}

/** Masters that were never lossy; the others were Vorbis or Opus once, and a finding that says so is right. */
const NEVER_LOSSY = /^synth-|^lmms-CapDan-ZeroSumGame|^lmms-Oglsdl-Dr8v2/

export function wasLossy(name: string): boolean {
  return !NEVER_LOSSY.test(name)
}

/** Tracks that no threshold and no weight was set on; every other one of the clean masters, and some of the music. */
const HELD_OUT = [
  'fof-War-of-freedom',
  'game-frozen-frozen-mainzik-2p',
  'game-marsshooter-08-second-birth',
  'game-singularity-Awakening',
  'game-warzone2100-track6',
  'lmms-Oglsdl-Dr8v2',
  'fof-Metal-madness',
  'fof-armygeddon',
  'lmms-CapDan-TwilightArea-OriginalByAlf42red',
  'lmms-Impulslogik-Zen',
  'lmms-Skiessi-Onion',
  'lmms-TameAnderson-MakeMe',
  'midi-mma-rockgroove',
  'midi-openttd-tttheme2',
  'midi-simutrans-09-Simupolitan-Swing',
  'midi-simutrans-32-incidental-skies',
  'midi-simutrans-49-Last-Sunday',
  'mod-heroes-heroes06-xm',
]
/** The same recordings as held-out ones, and as tuning ones, under the names they have in their packages. */
const HELD_OUT_ELSEWHERE = /second.?birth|awakening|track6\b|mainzik/i
const TUNING_ELSEWHERE = /ezer.?ev|collective1|freedroidrpg-data-menu|frozen.?jam/i
/** Renders of tracker modules, of a drone and of a test MIDI: no masters by any standard. */
const NO_MASTERS = /^mod-|Settel|freedink/
/** Tracks of the packages that thresholds were first set on, PACKAGE-TRACK: one track in three is held out. */
const OF_EARLIER_PACKAGE = /-(music|data)-[^-]/
/** Tracks of other packages, PACKAGE--TRACK: whole packages are held out, so that nobody's music is on both sides. */
const OF_PACKAGE = /^(.+)--/

/** Whether no threshold and no weight may be set on this track: by lists, by seed, or by a number made of the name. */
export function isHeldOut(name: string): boolean {
  if (HELD_OUT.includes(name) || HELD_OUT_ELSEWHERE.test(name) || /-s9\d0$/.test(name)) return true
  if (TUNING_ELSEWHERE.test(name)) return false
  const drawn = OF_PACKAGE.exec(name)?.[1] ?? (OF_EARLIER_PACKAGE.test(name) ? name : null)
  return drawn !== null && numberOf(drawn) % 3 === 0
}

/** The package (or kind of generated track) that a track comes from: what is alike in music comes from one hand. */
export function packOf(name: string): string {
  return name.split(/--|(?<=-music|-data)-|-s\d+$/)[0] ?? name
}

/** Spread evenly, the same on every machine. */
function numberOf(name: string): number {
  return [...name].reduce((sum, letter) => (31 * sum + (letter.codePointAt(0) ?? 0)) % 997, 7)
}

/** The masters of the data folder: clean ones, and music fit to be one. */
export function listMasters(): Master[] {
  return ['clean', 'music'].flatMap((folder) => mastersIn(join(dataFolder, folder)))
}

export function mastersIn(folder: string): Master[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(flac|ogg|opus|mp3|wav)$/.test(file))
    .sort()
    .map((file) => {
      const name = (file.split('/').at(-1) ?? file).replace(/\.[a-z0-9]+$/, '')
      return { name, path: join(folder, file), heldOut: isHeldOut(name) }
    })
    .filter(({ name }) => !NO_MASTERS.test(name))
}
