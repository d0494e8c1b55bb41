import { count, type Rule } from '../rule.ts'

const FEWEST_TRACKS = 8
const MOST_UNNAMED_SHARE = 0.75

export const defaultNames: Rule = {
  id: 'set-default-names',
  severity: 'info',
  title: 'Most tracks still have the name that Live gave them',
  reason: 'Names save time for you and for whoever mixes it, and tell this report what a track plays.',
  provenance: 'opinion',
  source: `ours: asked from ${FEWEST_TRACKS} tracks, found above ${MOST_UNNAMED_SHARE * 100} % without a name`,
  check: ({ tracks }) => {
    const filled = tracks.filter(({ clipList, kind }) => clipList.length > 0 || kind === 'group')
    if (filled.length < FEWEST_TRACKS) return null
    const unnamed = filled.filter(({ userName }) => userName === null).length
    if (unnamed / filled.length <= MOST_UNNAMED_SHARE) return []
    return [{ present: count(unnamed, `of ${filled.length} tracks`) }]
  },
}
