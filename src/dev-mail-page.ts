import type { KeptLetter } from './platform/mail/folder-mailer.ts'

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function linked(text: string): string {
  return escapeHtml(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
}

/** The letters this development installation would have sent, newest first. */
export function renderDevMail(letters: KeptLetter[]): string {
  const items = letters
    .map(
      (letter) =>
        `<article><h2>${escapeHtml(letter.subject)}</h2><p>To ${escapeHtml(letter.to)} · <time>${escapeHtml(letter.sentAt)}</time></p><pre>${linked(letter.text)}</pre></article>`,
    )
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Development mail · TrackSensei</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:720px;margin:0 auto;padding:24px 16px}pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;border:1px solid #8886;border-radius:6px}h2{font-size:18px;margin:28px 0 0}article p{margin:0;opacity:.75}</style></head><body><h1>Development mail</h1><p>No mail server is configured (SMTP_URL), so letters are kept in the data folder and shown here. This page exists in development only.</p>${items || '<p>No letter yet. Reload after registering.</p>'}</body></html>`
}
