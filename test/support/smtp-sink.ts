import { SMTPServer } from 'smtp-server'
import { freePort } from './start-service.ts'

export interface SmtpSink {
  url: string
  port: number
  /** Every letter as it came over the wire. */
  raw: string[]
  /** The next connections are refused, so many of them. */
  refuseNext(count: number): void
  close(): Promise<void>
}

/** A mail server that takes everything and keeps it. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const raw: string[] = []
  let refusals = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect(_session, done) {
      if (refusals === 0) return done()
      refusals -= 1
      done(new Error('Try again later'))
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        raw.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    raw,
    refuseNext(count) {
      refusals = count
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A letter with its quoted-printable lines put together again. */
export function readable(letter: string): string {
  return letter.replaceAll('=\r\n', '').replaceAll('=3D', '=')
}
