/** The words of each letter. Links come from the configured address, never from a request. */
interface Words {
  subject: string
  paragraphs: string[]
  link?: { label: string; url: string }
}

const signature = 'TrackSensei · You get this letter because somebody used your address there.'

export function verifyEmailWords(url: string): Words {
  return {
    subject: 'Confirm your address for TrackSensei',
    paragraphs: [
      'Welcome. Open the link to confirm that this address is yours; after that you can upload your first track.',
      'The link works once, within 24 hours. If it was not you who registered, do nothing: the account is never used.',
    ],
    link: { label: 'Confirm this address', url },
  }
}

export function alreadyRegisteredWords(loginUrl: string): Words {
  return {
    subject: 'You already have a TrackSensei account',
    paragraphs: [
      'Somebody tried to register with this address, but it already has an account. Nothing was changed.',
      'If it was you: just log in. If not, you need not do anything.',
    ],
    link: { label: 'Log in', url: loginUrl },
  }
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
    ? `<p style="margin:28px 0"><a href="${escapeHtml(link.url)}" style="background:#1f5f5b;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none;font-weight:600">${escapeHtml(link.label)}</a></p><p style="font-size:13px;color:#5b6470">If the button does nothing, copy this address into your browser:<br>${escapeHtml(link.url)}</p>`
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
