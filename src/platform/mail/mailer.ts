export interface Letter {
  /** Same id, same letter: a receiver may recognise a letter sent twice. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

/** The one way out for letters: SMTP, or a folder in development. */
export interface Mailer {
  readonly kind: 'smtp' | 'folder'
  send(letter: Letter): Promise<void>
}
