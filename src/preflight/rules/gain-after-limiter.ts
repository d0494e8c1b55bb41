import { outputGainDb } from '../gains.ts'
import { lastLimiter } from '../limiters.ts'
import { db, isOverDb, type Rule } from '../rule.ts'

export const gainAfterLimiter: Rule = {
  id: 'set-gain-after-limiter',
  severity: 'warning',
  title: 'The signal is made louder after the limiter',
  reason: 'Devices behind the limiter and the main fader lift the peaks over its ceiling again.',
  provenance: 'practice',
  source: 'gain staging: the limiter stands last',
  check: (view) => {
    const { main } = view
    const limiter = main === undefined ? undefined : lastLimiter(main)
    if (main === undefined || limiter === undefined) return null
    const behind = main.allDevices.slice(main.allDevices.indexOf(limiter) + 1)
    const gainDb = behind.reduce((sum, device) => sum + outputGainDb(device), main.volumeDb ?? 0)
    if (!isOverDb(gainDb, 0)) return []
    const sureness = view.isAutomated(main, null, 'volumeDb') ? ('possible' as const) : ('likely' as const)
    return [{ track: main, device: limiter, present: db(gainDb), proposed: db(0), sureness }]
  },
}
