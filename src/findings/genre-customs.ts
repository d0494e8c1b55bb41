import type { RuleId } from './contract.ts'

/** What a genre does on purpose: rules whose minor findings are no findings there, numbers that may be unusual on one side. */
interface Custom {
  /** As people write it. */
  genre: RegExp
  rules: readonly RuleId[]
  numbers: readonly { path: string; side: 'low' | 'high' }[]
}

const LOW_END = 'spectrum.bands[0].shareDb'
const TILT = 'spectrum.tiltDbPerOctave'
const PLR = 'dynamics.plrDb'
const WIDTH = 'stereo.widthDb'

/**
 * Opinion, but for jazz and folk, which were measured to hold less below 150 Hz and above 5 kHz than hip-hop, rock, pop and
 * electronic music. Nobody has published levels by genre, so no threshold is moved: only what is doubtful anyway is left out.
 */
const CUSTOMS: readonly Custom[] = [
  {
    genre: /hip.?hop|\btrap\b|\bdub|drum.{0,5}bass|\bd(rum)?.?[n&].?b\b|jungle|grime|reggae|phonk|\bbass\b/i,
    rules: ['boomy'],
    numbers: [{ path: LOW_END, side: 'high' }],
  },
  {
    genre: /jazz|folk|acoustic|classical|orchest|chamber|choir|choral|singer|bluegrass/i,
    rules: ['thin-low-end', 'dull'],
    numbers: [
      { path: LOW_END, side: 'low' },
      { path: TILT, side: 'low' },
      { path: PLR, side: 'high' },
    ],
  },
  {
    genre: /lo-?fi|vaporwave|chillhop/i,
    rules: ['dull', 'noise-floor'],
    numbers: [{ path: TILT, side: 'low' }],
  },
  {
    genre: /ambient|drone|soundtrack|score|meditation|new age/i,
    rules: ['dull', 'too-wide'],
    numbers: [
      { path: TILT, side: 'low' },
      { path: WIDTH, side: 'high' },
      { path: PLR, side: 'high' },
    ],
  },
  {
    genre: /metal|hardcore|hard.?style|punk|\bedm\b|dubstep|techno/i,
    rules: [],
    numbers: [{ path: PLR, side: 'low' }],
  },
]

function customsOf(genre: string | null): readonly Custom[] {
  return genre === null ? [] : CUSTOMS.filter((custom) => custom.genre.test(genre))
}

/** Whether slight signs of this fault are the custom of the genre. */
export function isCustom(rule: RuleId, genre: string | null): boolean {
  return customsOf(genre).some(({ rules }) => rules.includes(rule))
}

/** Whether the genre has such numbers by custom. @param percentile 0…100 */
export function isUsual(path: string, percentile: number, genre: string | null): boolean {
  const side = percentile > 50 ? 'high' : 'low'
  return customsOf(genre).some(({ numbers }) =>
    numbers.some((number) => number.path === path && number.side === side),
  )
}
