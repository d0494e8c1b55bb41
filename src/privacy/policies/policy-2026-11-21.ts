import type { Policy } from '../contract.ts'

/** The first version. A version that was published is never edited; the next one gets a file of its own. */
export const policy20261121: Policy = {
  version: '2026-11-21',
  isSignificant: false,
  changes: 'First version.',
  sections: [
    {
      title: 'What you give us',
      paragraphs: [
        'An e-mail address, a password (kept only as a one-way hash) and, if you like, a name. You say that you are 16 or older; we ask for no birth date.',
        'The tracks and Live sets you upload, what you say about them, and your questions.',
      ],
    },
    {
      title: 'What becomes of your files',
      paragraphs: [
        'They are measured on our own machines and deleted before the result is shown. The report says when, with their size and fingerprint. If an analysis fails, the file is kept for less than a day so that you can try again.',
        'No copy is kept, none is used to train anything, and nobody listens to them.',
      ],
    },
    {
      title: 'Who else sees what',
      paragraphs: [
        'Anthropic (Claude) answers your questions. It gets the measured numbers, what you said about the track, and your messages, with file, track and clip names and addresses replaced. It never gets audio, your name, your address or your account’s number; Anthropic does not train on data sent this way. You can object on your account page: then a coach without any language model answers.',
        'Stripe handles payments: it gets a customer number and how many analyses and messages were used. Card numbers never reach us.',
        'Our mail server gets your address and the letters to you. We sell and rent nothing, and there is no advertising and no tracking.',
      ],
    },
    {
      title: 'Cookies',
      paragraphs: ['One, for your login. Nothing else is kept in your browser.'],
    },
    {
      title: 'Your rights',
      paragraphs: [
        'On your account page you can fetch a copy of everything, correct your name and address, delete tracks or the whole account, and object to the language model. Whatever you agreed to can be withdrawn there.',
        'You can also write to us. We answer within a month and first make sure that it is you. You may complain to a data protection authority.',
      ],
    },
    {
      title: 'Letters from us',
      paragraphs: [
        'Only what the service needs: confirming addresses, passwords, security notices, billing, deletion, and significant changes of this policy.',
      ],
    },
  ],
  periods: [
    { what: 'Uploaded file of an analysis that succeeds', howLong: 'until just before the result is shown' },
    { what: 'Uploaded file of an analysis that fails', howLong: '23.5 hours at most' },
    { what: 'Reports, scores and messages', howLong: '30 days' },
    {
      what: 'Reference track you keep (numbers only, never its sound)',
      howLong: '30 days after its last use',
    },
    { what: 'Account', howLong: 'until you delete it; 7 days if the address is never confirmed' },
    { what: 'A login', howLong: '7 days without a visit, 30 days at most' },
    { what: 'Recognising a browser at login', howLong: '90 days' },
    { what: 'A copy of your data that you asked for', howLong: '24 hours' },
    { what: 'Secret of a second factor, encrypted', howLong: 'until you switch it off' },
    { what: 'Note that a letter was sent', howLong: '30 days' },
    { what: 'Server logs (network address, browser, time)', howLong: '30 days at most' },
    { what: 'Backups', howLong: '30 days at most' },
  ],
}
