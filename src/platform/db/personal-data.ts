import type { PersonalData } from '../../core/personal-data.ts'

/** Tables that are nobody's. */
export const platformPersonalData: PersonalData = {
  settings: {
    owner: null,
    erasure: 'holds nothing of anybody',
    columns: { name: { withheld: 'not personal' }, value: { withheld: 'not personal' } },
  },
  rate_hits: {
    owner: null,
    erasure: 'goes when its window is over, after a day at the latest',
    columns: {
      key: { withheld: 'a limit and a network, or the digest of an address; nobody can be found by it' },
      hits: { withheld: 'a count of calls' },
      resets_at: { withheld: 'when the count ends' },
    },
  },
}
