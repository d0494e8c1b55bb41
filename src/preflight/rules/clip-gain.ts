import { db, isOverDb, type Rule } from '../rule.ts'

const UNITY_DB = 0
/** From here on it is more than matching levels. */
const MUCH_DB = 6

export const clipGain: Rule = {
  id: 'set-clip-gain',
  severity: 'info',
  title: 'A clip is boosted',
  reason: `A sample that already reaches full scale clips the devices behind it; over +${MUCH_DB} dB that becomes likely.`,
  provenance: 'opinion',
  source: `ours: mentioned above 0 dB, advised against above +${MUCH_DB} dB`,
  check: ({ tracks }) => {
    const withAudio = tracks.filter(({ content }) => content.some(({ kind }) => kind === 'audio'))
    if (withAudio.length === 0) return null
    return withAudio.flatMap((track) => {
      const boosted = track.content.filter(({ audio }) => isOverDb(audio?.gainDb, UNITY_DB))
      const clip = boosted.toSorted((a, b) => (b.audio?.gainDb ?? 0) - (a.audio?.gainDb ?? 0))[0]
      const gainDb = clip?.audio?.gainDb ?? null
      if (clip === undefined || gainDb === null) return []
      const isMuch = isOverDb(gainDb, MUCH_DB)
      return [
        {
          track,
          clip,
          present: db(gainDb),
          proposed: db(UNITY_DB),
          ...(isMuch ? { severity: 'advice' as const } : {}),
          sureness: 'possible' as const,
          doubt: 'Right for a quiet recording; the set does not hold the level of the sample.',
        },
      ]
    })
  },
}
