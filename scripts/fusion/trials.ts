import { z } from 'zod'
import type { LiveSet } from '../../src/als/contract.ts'
import { likelihoodsOf, rankSuspects } from '../../src/fusion/culprits/find-culprits.ts'
import { familyOf } from '../../src/fusion/culprits/problem.ts'
import { fuse } from '../../src/fusion/fuse.ts'
import { storyProbabilities } from '../../src/fusion/match/judge-bounce.ts'
import { gatherFacts, matchFeatures } from '../../src/fusion/match/match-features.ts'
import { printAndParse } from '../../test/als/round-trip.ts'
import { exportSet } from '../../test/fusion/studio/export-set.ts'
import { type Bounce, makeCase, type StudioCase, WHOLE } from '../../test/fusion/studio/make-case.ts'
import { placeOf } from '../../test/fusion/studio/place-of.ts'
import { planSong } from '../../test/fusion/studio/plan-song.ts'
import { defectKinds } from '../../test/fusion/studio/plant-defect.ts'
import { createRandom } from '../../test/fusion/studio/random.ts'
import { wrongKinds, wrongSet } from '../../test/fusion/studio/wrong-sets.ts'

const features = z.record(z.string(), z.number())

/** One planted defect: every suspect with its features and likelihood, and whether it is the one. */
export const culpritTrialSchema = z.object({
  test: z.literal('culprit'),
  seed: z.number(),
  kind: z.enum(defectKinds),
  shownBySet: z.boolean(),
  suspects: z.array(z.object({ guilty: z.boolean(), likelihood: z.number(), features })),
})

/** One pair of mix and set: the right one ("match") or a wrong version. */
export const matchTrialSchema = z.object({
  test: z.literal('match'),
  seed: z.number(),
  story: z.string(),
  probability: z.number(),
  features,
  offsetErrorSeconds: z.number().nullable(),
})

export const trialSchema = z.discriminatedUnion('test', [culpritTrialSchema, matchTrialSchema])
export type CulpritTrial = z.infer<typeof culpritTrialSchema>
export type MatchTrial = z.infer<typeof matchTrialSchema>
export type Trial = z.infer<typeof trialSchema>

/** A kept trial under the weights of today: its features stay what they are. */
export function weighedAnew(trial: Trial): Trial {
  if (trial.test === 'match') return { ...trial, probability: probabilityOf(trial.features) }
  const likelihoods = likelihoodsOf(
    familyOf(trial.kind),
    trial.suspects.map(({ features: own }) => own),
  )
  return {
    ...trial,
    suspects: trial.suspects.map((suspect, i) => ({ ...suspect, likelihood: likelihoods[i] ?? 0 })),
  }
}

function probabilityOf(own: Readonly<Record<string, number>>): number {
  return storyProbabilities(own).find(({ story }) => story === 'match')?.probability ?? 0
}

/** Every third song is also laid beside wrong versions of its set. */
const MATCH_EVERY = 3
/** Kind and visibility take turns by seed. */
const TURNS = 2 * defectKinds.length

/** Both tests on the song of one seed; nothing when the song cannot carry its defect so that it is heard. */
export async function runTrials(seed: number): Promise<Trial[]> {
  const turn = seed % TURNS
  const kind = defectKinds[turn >> 1] ?? 'mud'
  const made = await makeCase(seed, { kind, shownBySet: turn % 2 === 0 }, bounceOf(seed))
  if (made === null) return []
  const trials: Trial[] = culpritTrial(seed, made)
  return seed % MATCH_EVERY === 0 ? [...trials, ...(await matchTrials(seed, made))] : trials
}

/** Most bounces are the whole song; some begin with silence, or are a selection from a locator on. */
function bounceOf(seed: number): Bounce {
  const random = createRandom(seed + 77)
  const song = planSong(seed)
  const secondsOf = (beat: number) => (beat * 60) / song.tempoBpm
  const fate = random.next()
  const startSeconds = secondsOf(song.locators[1]?.beat ?? 16)
  if (fate < 0.6) return WHOLE
  if (fate < 0.75) return { startSeconds: -random.between(0.2, 3), endSeconds: null }
  if (fate < 0.9) return { startSeconds, endSeconds: null }
  return { startSeconds, endSeconds: secondsOf(song.lengthBeats) * 0.9 }
}

function culpritTrial(seed: number, { set, audio, planted }: StudioCase): CulpritTrial[] {
  const fused = fuse(set, audio)
  if (fused === null || planted === null) return []
  const ranked = rankSuspects(fused, planted.kind, placeOf(planted.kind, audio))
  return [
    {
      test: 'culprit',
      seed,
      kind: planted.kind,
      shownBySet: planted.shownBySet,
      suspects: ranked.map(({ evidence, features: own, likelihood }) => ({
        guilty: evidence.suspect.track.id === planted.trackId,
        likelihood,
        features: own,
      })),
    },
  ]
}

async function matchTrials(seed: number, made: StudioCase): Promise<MatchTrial[]> {
  const right = matchTrial(seed, 'match', made.set, made)
  const trials = [...right]
  for (const kind of wrongKinds) {
    const wrong = wrongSet(made.song, kind, made.carrying)
    if (wrong !== null) trials.push(...matchTrial(seed, kind, await printAndParse(exportSet(wrong)), made))
  }
  return trials
}

function matchTrial(
  seed: number,
  story: string,
  set: LiveSet,
  { audio, bounceStartSeconds }: StudioCase,
): MatchTrial[] {
  const fused = fuse(set, audio)
  if (fused === null) return []
  const own = matchFeatures(fused, gatherFacts(fused))
  const offsetErrorSeconds = story === 'match' ? fused.offset.seconds - bounceStartSeconds : null
  return [{ test: 'match', seed, story, probability: probabilityOf(own), features: own, offsetErrorSeconds }]
}
