/** Headlines for refusals, by code: the sentence under it comes from the server and says what to do. */
const titles: Record<string, string> = {
  'accounts/wrong-login': 'That did not match',
  'accounts/too-many-logins': 'Too many tries',
  'accounts/not-verified': 'Confirm your address first',
  'accounts/link-not-valid': 'This link has been used or has run out',
  'privacy/export-recent': 'There was a copy today',
  'accounts/password-too-easy': 'This password is too easy',
  'accounts/wrong-password': 'That did not match',
  'accounts/busy': 'Very busy right now',
  'analyses/not-failed': 'Nothing to try again',
  'analyses/raw-file-gone': 'The file is no longer held',
  'audio/damaged': 'The file is damaged',
  'audio/empty': 'There is no sound in this file',
  'audio/no-sound-stream': 'There is no sound in this file',
  'audio/sample-rate-out-of-range': 'This sample rate is not supported',
  'audio/too-long': 'The track is too long for your plan',
  'audio/too-many-channels': 'Too many channels',
  'audio/unreadable': 'This file cannot be read',
  'audio/unsupported-format': 'This format is not supported',
  'billing/analyses-spent': 'No analyses left',
  'billing/messages-spent': 'No messages left',
  'cross-site': 'Opened under another address',
  'feedback/answer-running': 'An answer is still running',
  'feedback/conversation-full': 'This conversation is full',
  'feedback/conversation-too-long': 'This conversation is full',
  'feedback/refused': 'Claude declined to answer',
  'rate-limited': 'A little slower, please',
  'uploads/bad-form': 'The upload did not arrive whole',
  'uploads/empty-file': 'This file is empty',
  'uploads/no-demo': 'There is no demo track here',
  'uploads/no-space': 'No room at the moment',
  'uploads/not-a-live-set': 'This is not a Live set we can read',
  'uploads/not-audio': 'This is not an audio file we can read',
  'uploads/nothing-sent': 'Nothing was sent',
  'uploads/too-large': 'The file is too large',
}

/** The headline for a refusal: by its code, or what the server calls its kind. */
export function problemTitle(code: string, serverTitle: string): string {
  return titles[code] ?? serverTitle
}
