import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const sharesPersonalData: PersonalData = {
  report_links: {
    owner: 'user_id',
    erasure: 'deleted when you revoke it, when it expires, with its analysis, or with the account, at once',
    columns: {
      id: 'the number of the link',
      analysis_id: 'the analysis whose report it shows',
      user_id: 'the number of the account',
      token_sha256: { withheld: 'a digest of the secret in the link, which we do not hold' },
      shows_names: 'whether it shows names',
      created_at: 'when it was made',
      expires_at: 'when it stops working',
    },
  },
}
