import type { BounceMatch } from '../contract.ts'
import type { Fused } from '../fuse.ts'
import { matchEvidence } from './match-evidence.ts'
import { gatherFacts, type MatchFeatures, matchFeatures } from './match-features.ts'
import { MATCH_WEIGHTS, type Story } from './match-weights.ts'

/** Between them the verdict is "perhaps": about one in seven of generated pairs (docs/measures.md). */
const YES = 0.75
const NO = 0.25

/** Whether the file was bounced from this set as it stands, and what speaks for and against it. */
export function judgeBounce(fused: Fused): BounceMatch {
  const facts = gatherFacts(fused)
  const stories = storyProbabilities(matchFeatures(fused, facts))
  const probability = stories.find(({ story }) => story === 'match')?.probability ?? 0
  const [likeliest] = stories
    .filter(({ story }) => story !== 'match')
    .sort((a, b) => b.probability - a.probability)
  const verdict = probability >= YES ? 'yes' : probability <= NO ? 'no' : 'perhaps'
  return {
    verdict,
    probability: Math.round(100 * probability) / 100,
    likelyDifference:
      verdict === 'yes' || likeliest === undefined || likeliest.story === 'match' ? null : likeliest.story,
    evidence: matchEvidence(facts),
  }
}

/** Multinomial logit over "the same" and the ways of being another. */
export function storyProbabilities(features: MatchFeatures): { story: Story; probability: number }[] {
  const scored = Object.entries(MATCH_WEIGHTS).map(([name, { base, ...weights }]) => ({
    name,
    score: Object.entries(weights).reduce(
      (sum, [feature, weight]) => sum + weight * (features[feature] ?? 0),
      base,
    ),
  }))
  const highest = scored.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY)
  const all = scored.reduce((sum, { score }) => sum + Math.exp(score - highest), 0)
  return STORIES.map((story) => {
    const score = scored.find(({ name }) => name === story)?.score ?? Number.NEGATIVE_INFINITY
    return { story, probability: Math.exp(score - highest) / all }
  })
}

const STORIES: readonly Story[] = [
  'match',
  'another-song',
  'other-tempo',
  'moved-sections',
  'other-arrangement',
  'muted-track',
  'unmuted-track',
  'transposed',
]
