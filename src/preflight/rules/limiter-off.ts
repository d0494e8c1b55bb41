import { isLimiter } from '../limiters.ts'
import { type Rule, word } from '../rule.ts'

export const limiterOff: Rule = {
  id: 'set-limiter-off',
  severity: 'warning',
  title: 'The limiter on the main track is switched off',
  reason: 'Nothing catches the peaks of the sum, and an export above 0 dBFS clips.',
  provenance: 'practice',
  source: 'usual last check before an export',
  check: (view) => {
    const { main } = view
    const limiters = main?.allDevices.filter(isLimiter) ?? []
    if (main === undefined || limiters.length === 0) return null
    if (limiters.some(({ effectivelyOn }) => effectivelyOn !== false)) return []
    return limiters
      .filter((device) => !view.isAutomated(main, device, 'on'))
      .map((device) => ({
        track: main,
        device,
        present: word('off'),
        proposed: word('on'),
        sureness: 'likely',
        doubt: 'Right for a mix that goes to mastering without a limiter.',
      }))
  },
}
