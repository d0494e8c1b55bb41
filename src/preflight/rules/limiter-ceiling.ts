import { lastLimiter } from '../limiters.ts'
import { db, isOverDb, numberOf, type Rule } from '../rule.ts'

const HIGHEST_CEILING_DB = -1

export const limiterCeiling: Rule = {
  id: 'set-limiter-ceiling',
  severity: 'advice',
  title: 'The limiter on the main track lets peaks come close to full scale',
  reason: `Encoders of streaming services overshoot; ${-HIGHEST_CEILING_DB} dB below full scale is what they ask for.`,
  provenance: 'standard',
  source: 'Spotify and AES TD1008: at most −1 dBTP',
  check: (view) => {
    const { main } = view
    const limiter = main === undefined ? undefined : lastLimiter(main)
    if (main === undefined || limiter === undefined) return null
    const ceilingDb = numberOf(limiter, 'ceilingDb')
    if (!isOverDb(ceilingDb, HIGHEST_CEILING_DB)) return []
    return [
      {
        track: main,
        device: limiter,
        present: db(ceilingDb),
        proposed: db(HIGHEST_CEILING_DB),
        sureness: view.isAutomated(main, limiter, 'ceilingDb') ? 'possible' : 'certain',
        doubt: 'Less matters for vinyl, clubs and downloads without loss.',
      },
    ]
  },
}
