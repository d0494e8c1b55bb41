import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const uploadsPersonalData: PersonalData = {
  uploads: {
    owner: 'user_id',
    erasure: 'deleted with its analysis or the account, at once; the file itself goes right after',
    columns: {
      id: 'the number of the upload',
      analysis_id: 'the analysis it belongs to',
      user_id: 'the number of the account',
      role: 'audio, Live set or reference',
      storage_key: { withheld: 'where the file lay, under a random name' },
      container: 'the format of the file',
      size_bytes: 'its size',
      sha256: 'its fingerprint',
      created_at: 'when it came',
      delete_after: 'when it would have gone at the latest',
      deleted_at: 'when it was deleted',
    },
  },
  raw_deletions: {
    owner: null,
    erasure: 'goes as soon as the bytes are gone; it is what makes them go, also after a crash',
    columns: {
      storage_key: { withheld: 'a random name' },
      due_at: { withheld: 'since when the bytes are to go' },
    },
  },
}
