import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const referencesPersonalData: PersonalData = {
  reference_tracks: {
    owner: 'user_id',
    erasure: 'deleted 30 days after its last use, when asked, or with the account',
    columns: {
      id: 'the number of the reference',
      user_id: 'the number of the account',
      name: 'what it is called',
      sha256: 'the fingerprint of the file it was measured from',
      profile: 'its numbers',
      created_at: 'when it came',
      last_used_at: 'when something was last compared with it',
      expires_at: 'when it goes',
    },
  },
}
