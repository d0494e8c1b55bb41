import type { RateRule } from '../core/http/operation.ts'

const HOUR_SECONDS = 3600
const QUARTER_SECONDS = 900

/** Per address, per neighbourhood (/24, /56) and for everybody together; all are counted before any hashing. */
export const rateRules = {
  register: { name: 'register', hits: 20, windowSeconds: HOUR_SECONDS, per: 'network' },
  registerAll: { name: 'register-all', hits: 2000, windowSeconds: HOUR_SECONDS, per: 'everybody' },
  logIn: { name: 'log-in', hits: 60, windowSeconds: QUARTER_SECONDS, per: 'address' },
  logInNetwork: { name: 'log-in-network', hits: 180, windowSeconds: QUARTER_SECONDS, per: 'network' },
  logInAll: { name: 'log-in-all', hits: 6000, windowSeconds: QUARTER_SECONDS, per: 'everybody' },
  letters: { name: 'letters', hits: 10, windowSeconds: HOUR_SECONDS, per: 'network' },
  lettersAll: { name: 'letters-all', hits: 2000, windowSeconds: HOUR_SECONDS, per: 'everybody' },
  tokens: { name: 'tokens', hits: 60, windowSeconds: HOUR_SECONDS, per: 'network' },
  changes: { name: 'changes', hits: 30, windowSeconds: HOUR_SECONDS, per: 'account' },
} as const satisfies Record<string, RateRule>
