import type { LetterKind } from '../platform/db/schema.ts'

/** The words of each letter. Links come from the configured address, never from a request. */
interface Words {
  subject: string
  paragraphs: string[]
  link?: { label: string; url: string }
}

export interface LetterFacts {
  /** Where the letter's link leads, when it has one. */
  url: string
  /** When its cause happened, in words. */
  when: string
  /** What the letter says about its cause: a device, an address. */
  detail: string
}

const signature = 'TrackSensei · You get this letter because somebody used your address there.'
const notYou =
  'If it was not you: set a new password at once with “Forgot your password?” on the login page. That ends every login.'

/** Every letter there is, and what it says. */
export const letterWords: Record<LetterKind, (facts: LetterFacts) => Words> = {
  'verify-email': ({ url }) => ({
    subject: 'Confirm your address for TrackSensei',
    paragraphs: [
      'Welcome. Open the link to confirm that this address is yours; after that you can upload your first track.',
      'The link works once, within 24 hours. If it was not you who registered, do nothing: the account is never used and is deleted after 7 days.',
    ],
    link: { label: 'Confirm this address', url },
  }),
  'already-registered': ({ url }) => ({
    subject: 'You already have a TrackSensei account',
    paragraphs: [
      'Somebody tried to use this address for a TrackSensei account, but it already has one. Nothing was changed.',
      'If it was you: just log in. If not, you need not do anything.',
    ],
    link: { label: 'Log in', url },
  }),
  'reset-password': ({ url }) => ({
    subject: 'Set a new password for TrackSensei',
    paragraphs: [
      'Somebody, we hope you, asked for a new password. Open the link to choose one.',
      'The link works once, within 30 minutes, and only the one in the newest letter. If it was not you, do nothing: your password stays as it is.',
    ],
    link: { label: 'Choose a new password', url },
  }),
  'password-changed': ({ url, when }) => ({
    subject: 'Your TrackSensei password was changed',
    paragraphs: [`The password of your account was changed on ${when}. Other logins have ended.`, notYou],
    link: { label: 'Log in', url },
  }),
  'confirm-new-email': ({ url }) => ({
    subject: 'Confirm your new address for TrackSensei',
    paragraphs: [
      'Open the link to use this address for your TrackSensei account from now on.',
      'The link works once, within 24 hours. If it was not you who asked, do nothing: nothing changes.',
    ],
    link: { label: 'Use this address', url },
  }),
  'email-changed': ({ when }) => ({
    subject: 'Your TrackSensei account has a new address',
    paragraphs: [
      `On ${when} the address of your account was changed; letters no longer come here.`,
      'If it was not you, somebody knows your password: answer to the address on our privacy page, and we will look into it.',
    ],
  }),
  'new-login': ({ url, when, detail }) => ({
    subject: 'New login to your TrackSensei account',
    paragraphs: [
      `On ${when} somebody logged in with your password: ${detail}, from a network or browser we had not seen with your account. If it was you, all is well.`,
      notYou,
    ],
    link: { label: 'See where you are logged in', url },
  }),
  'session-misused': ({ url, when, detail }) => ({
    subject: 'We ended a login to your TrackSensei account',
    paragraphs: [
      `On ${when} the login of ${detail} was used from two places at once, as happens when somebody copies it. We ended it for both.`,
      'Log in again; should that happen once more, look for strange programs or browser extensions on that device.',
    ],
    link: { label: 'Log in', url },
  }),
  'export-ready': ({ url }) => ({
    subject: 'Your copy of your TrackSensei data is ready',
    paragraphs: [
      'You asked for a copy of everything we hold of you. Open the link to fetch it.',
      'The link works once, within 24 hours. If it was not you who asked, somebody knows your password: set a new one at once.',
    ],
    link: { label: 'Fetch the copy', url },
  }),
  'policy-changed': ({ url, detail }) => ({
    subject: 'The TrackSensei privacy policy changes',
    paragraphs: [
      `There is a new version of our privacy policy, ${detail}`,
      'You can read it, and every version before, on its page. If you do not agree, you can object or delete your account there at any time.',
    ],
    link: { label: 'Read the policy', url },
  }),
  'payment-failed': ({ url, detail }) => ({
    subject: 'A payment for TrackSensei did not go through',
    paragraphs: [
      `Your bank declined a payment for your plan, or wants you to confirm it. You keep ${detail} (UTC); afterwards the Free plan holds until the payment succeeds. Nothing you made is deleted by that.`,
      'Open your plan and choose “Invoices and card” to confirm the payment or use another card.',
    ],
    link: { label: 'Open your plan', url },
  }),
  'trial-ending': ({ url, detail }) => ({
    subject: 'Your TrackSensei trial ends soon',
    paragraphs: [
      `The trial of ${detail} (UTC). On that day the first payment is taken, and the plan goes on.`,
      'If you do not want that, cancel before; the trial still lasts until its end.',
    ],
    link: { label: 'Open your plan', url },
  }),
  'plan-ended': ({ url, detail }) => ({
    subject: 'Your TrackSensei plan has ended',
    paragraphs: [
      `Your ${detail} plan has ended. The Free plan holds from now on; your tracks, reports and messages stay for as long as they would have.`,
      'You can choose a plan again at any time.',
    ],
    link: { label: 'Open your plan', url },
  }),
  'second-factor-on': ({ url, when }) => ({
    subject: 'Your TrackSensei login now needs a code',
    paragraphs: [
      `A second factor was switched on for your account on ${when}: each login needs a code of your app. Other logins have ended.`,
      'Keep the recovery codes where you find them without your app. If it was not you: answer to the address on our privacy page at once.',
    ],
    link: { label: 'See your account', url },
  }),
  'second-factor-off': ({ url, when }) => ({
    subject: 'Your TrackSensei login no longer needs a code',
    paragraphs: [`The second factor of your account was switched off on ${when}.`, notYou],
    link: { label: 'See your account', url },
  }),
  'recovery-code-used': ({ url, when }) => ({
    subject: 'A recovery code of your TrackSensei account was used',
    paragraphs: [
      `On ${when} somebody logged in with your password and a recovery code. That code opens nothing any more.`,
      notYou,
    ],
    link: { label: 'See your account', url },
  }),
  'account-deleted': ({ when }) => ({
    subject: 'Your TrackSensei account is deleted',
    paragraphs: [
      `On ${when} your account was deleted, with everything made in it: tracks, reports, messages and usage.`,
      'This is the last letter to this address.',
    ],
  }),
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

export function renderLetter({ subject, paragraphs, link }: Words): {
  subject: string
  text: string
  html: string
} {
  const linkHtml = link
    ? `<p style="margin:28px 0"><a href="${escapeHtml(link.url)}" style="background:#1f5f5b;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:600">${escapeHtml(link.label)}</a></p><p style="font-size:13px;color:#5b6470;overflow-wrap:anywhere">If the button does nothing, copy this address into your browser:<br>${escapeHtml(link.url)}</p>`
    : ''
  const [first = '', ...rest] = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`)
  return {
    subject,
    text: [
      ...paragraphs.slice(0, 1),
      ...(link ? [`${link.label}:\n${link.url}`] : []),
      ...paragraphs.slice(1),
      `--\n${signature}`,
    ].join('\n\n'),
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:32px 20px;font:16px/1.5 system-ui,sans-serif;color:#1b2026;background:#ffffff"><div style="max-width:520px;margin:0 auto"><h1 style="font-size:20px">${escapeHtml(subject)}</h1>${first}${linkHtml}${rest.join('')}<p style="font-size:12px;color:#5b6470;margin-top:32px">${escapeHtml(signature)}</p></div></body></html>`,
  }
}
