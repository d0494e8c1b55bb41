import { createTransport } from 'nodemailer'
import type { Mailer } from './mailer.ts'

/** Sends by SMTP. @throws when the server does not take the letter; the caller tries again later. */
export function createSmtpMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  return {
    kind: 'smtp',
    async send({ id, to, subject, text, html }) {
      await transport.sendMail({ from, to, subject, text, html, messageId: `<${id}@tracksensei>` })
    },
  }
}
