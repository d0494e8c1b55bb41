import { lastLimiter } from '../limiters.ts'
import { db, isOverDb, type Rule } from '../rule.ts'

export const mainFader: Rule = {
  id: 'set-main-fader',
  severity: 'advice',
  title: 'The main fader stands above 0 dB',
  reason: 'It comes last: it lifts everything towards clipping, also what a plug-in has limited before it.',
  provenance: 'practice',
  source: 'gain staging: the main fader stays at 0 dB',
  check: (view) => {
    const { main } = view
    if (main === undefined || lastLimiter(main) !== undefined) return null
    if (!isOverDb(main.volumeDb, 0) || view.isAutomated(main, null, 'volumeDb')) return []
    return [{ track: main, present: db(main.volumeDb), proposed: db(0) }]
  },
}
