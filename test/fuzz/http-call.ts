import { Agent, request } from 'node:http'

export interface Call {
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

export interface CallAnswer {
  status: number
  contentType: string
  text: string
  durationMs: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 })
/** Streams of events never end by themselves. */
const STREAM_READ_MS = 20

/** One request over a real connection, as it stands: nothing is added but the length. */
export function callOnce(port: number, { method, path, headers, body }: Call): Promise<CallAnswer> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
    const sent = request({ agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...length } })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const durationMs = performance.now() - start
      const contentType = response.headers['content-type'] ?? ''
      const status = response.statusCode ?? 0
      let text = ''
      const done = () => resolve({ status, contentType, text, durationMs })
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('close', done)
      if (contentType.startsWith('text/event-stream')) setTimeout(() => response.destroy(), STREAM_READ_MS)
    })
    sent.end(body)
  })
}
