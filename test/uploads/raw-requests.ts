import { createServer } from 'node:http'
import net from 'node:net'
import { ORIGIN, type TestService } from '../support/test-service.ts'

export interface Door {
  port: number
  close(): Promise<void>
}

/** The app behind a port of its own, for callers that break the rules of HTTP. */
export async function openDoor(service: TestService): Promise<Door> {
  const server = createServer(service.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return {
    port: address.port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const BOUNDARY = 'tracksensei-test-boundary'

export function uploadHead(cookie: string, contentLength: number): string {
  return [
    'POST /api/uploads HTTP/1.1',
    'Host: localhost:3000',
    `Origin: ${ORIGIN}`,
    'X-TS: 1',
    `Cookie: ${cookie}`,
    `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
    `Content-Length: ${contentLength}`,
    '',
    '',
  ].join('\r\n')
}

/** One part of a form, written by hand; `name` stands in the header as it is given. */
export function partHead(field: string, name?: string): string {
  const fileName = name === undefined ? '' : `; filename="${name}"`
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"${fileName}\r\n\r\n`
}

export const FORM_END = `\r\n--${BOUNDARY}--\r\n`

export interface RawAnswer {
  status: number
  code: string
  afterMs: number
}

/** Sends exactly these bytes and reads one answer. `end`: half-close after sending, as a client that is cut off. */
export function sendRaw(port: number, bytes: Buffer | string, end = false): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(bytes)
      if (end) socket.end()
    })
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      const code = /"code":"([^"]+)"/.exec(text)?.[1]
      if (status === 0 || code === undefined) return
      resolve({ status, code, afterMs: performance.now() - start })
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`closed without an answer: ${text}`)))
  })
}

/** Sends the head, then goes on sending zeros whatever the answer says. @returns the answer, and when the server hung up */
export function keepSending(
  port: number,
  head: string,
  limitMs: number,
): Promise<{ text: string; afterMs: number }> {
  return new Promise((resolve) => {
    const start = performance.now()
    const chunk = Buffer.alloc(256 * 1024)
    let text = ''
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(head)
      send()
    })
    const timer = setTimeout(() => socket.destroy(), limitMs)
    function send(): void {
      while (!socket.destroyed && socket.write(chunk));
      socket.once('drain', send)
    }
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ text, afterMs: performance.now() - start })
    })
  })
}
