import type { PersonalData } from '../core/personal-data.ts'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const privacyPersonalData: PersonalData = {
  exports: {
    owner: 'user_id',
    erasure: 'deleted with the account, at once; the copy when it was fetched, after 24 hours at the latest',
    columns: {
      id: 'the number of the copy',
      user_id: 'the number of the account',
      state: 'how far it got',
      created_at: 'when you asked for a copy of your data',
      expires_at: 'until when it could be fetched',
      fetched_at: 'when it was fetched',
    },
  },
  export_parts: {
    owner: null,
    erasure:
      'the copy itself: deleted with the account, as soon as anything in it is deleted, when it was fetched, after 24 hours at the latest',
    columns: {
      export_id: { withheld: 'which copy it belongs to' },
      number: { withheld: 'the order of the parts' },
      bytes: { withheld: 'the copy itself' },
    },
  },
  rights_requests: {
    owner: null,
    erasure:
      'kept for three years as proof that a request was answered; holds a keyed digest of the address, never the address',
    columns: {
      id: { withheld: 'the number of the request' },
      kind: { withheld: 'what was asked for by letter' },
      subject_hmac: { withheld: 'a keyed digest of the address' },
      note: { withheld: 'how it was made sure who asked, without names' },
      received_at: { withheld: 'when it came' },
      due_at: { withheld: 'until when it is to be answered' },
      done_at: { withheld: 'when it was answered' },
    },
  },
  policy_publications: {
    owner: null,
    erasure: 'holds nothing of anybody',
    columns: { version: { withheld: 'not personal' }, published_at: { withheld: 'not personal' } },
  },
}
