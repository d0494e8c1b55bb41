import type { PersonalData } from '../core/personal-data.ts'

const withAccount = 'deleted with the account, at once'
const ofNoUse = (what: string) => ({ withheld: `${what}; it would help nobody but a thief` })

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const accountsPersonalData: PersonalData = {
  users: {
    owner: 'id',
    erasure: withAccount,
    columns: {
      id: 'the number of the account',
      email: 'your address',
      display_name: 'the name you gave, if any',
      password_hash: ofNoUse('a one-way hash of your password'),
      verified_at: 'when you confirmed the address',
      sixteen_or_older_at: 'when you said that you are 16 or older',
      tier: 'the plan that the operator gave you, beside any you pay for',
      stripe_customer_id: 'your number at Stripe, if any',
      created_at: 'when you registered',
    },
  },
  login_sessions: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      id: 'the number of the login',
      user_id: 'the number of the account',
      created_at: 'when you logged in',
      last_seen_at: 'when the login was last used, to within five minutes',
      expires_at: 'when the login ends',
      generation: { withheld: 'a counter of the cookie' },
      generation_seen_at: { withheld: 'a counter of the cookie' },
      device: 'what the login was made with',
    },
  },
  known_devices: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      user_id: 'the number of the account',
      key_hmac: ofNoUse('a keyed digest by which a browser is recognised'),
      last_login_at: 'when somebody last logged in from there',
    },
  },
  second_factors: {
    owner: 'user_id',
    erasure: `${withAccount}; when it is switched off, at once; one that was never confirmed, after an hour`,
    columns: {
      user_id: 'the number of the account',
      sealed_secret: ofNoUse('the encrypted secret of your app'),
      created_at: 'when the second factor was begun',
      confirmed_at: 'since when a login needs a code',
      last_step: { withheld: 'which code was used last' },
    },
  },
  recovery_codes: {
    owner: 'user_id',
    erasure: `${withAccount}; when new ones are made or the second factor is switched off, at once`,
    columns: {
      user_id: 'the number of the account',
      code_hmac: ofNoUse('a keyed digest of a recovery code'),
      used_at: 'when it was used',
    },
  },
  email_tokens: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      token_sha256: ofNoUse('the hash of a link’s token'),
      user_id: 'the number of the account',
      purpose: 'what the link is for',
      password_hash: ofNoUse('a one-way hash of a password'),
      display_name: 'the name given with a registration, if any',
      new_email: 'the address that waits for its link, if any',
      created_at: 'when the link was made',
      expires_at: 'until when it works',
      used_at: 'when it was used',
    },
  },
  consents: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      id: 'the place in the list',
      user_id: 'the number of the account',
      subject: 'what you agreed to or objected to',
      is_given: 'whether you agreed',
      policy_version: 'which version of the policy held',
      happened_at: 'when',
    },
  },
  letters: {
    owner: 'user_id',
    erasure: `${withAccount}; the last letter, which says so, is kept until it is sent, then for 30 days without any address`,
    columns: {
      id: 'the number of the letter',
      user_id: 'the number of the account',
      kind: 'what the letter is about',
      password_hash: ofNoUse('a one-way hash of a password'),
      display_name: 'the name given with a registration, if any',
      address: 'where it goes, until it is sent',
      detail: 'what it says about its cause, until it is sent',
      cause: { withheld: 'a number that keeps it from being written twice' },
      created_at: 'when it was written',
      sent_at: 'when it was sent',
    },
  },
}
