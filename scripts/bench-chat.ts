// How long a piece of an answer takes through our server: from leaving the vendor's side to arriving at the reader's.

import { cookieFor, registerPerson } from '../test/journeys/people.ts'
import { startClaudeServer } from '../test/support/claude-server.ts'
import { makeWav } from '../test/support/sounds.ts'
import { startService } from '../test/support/start-service.ts'

const ANSWERS = 5
const PIECES = 120

const claude = await startClaudeServer()
const service = await startService({ ANTHROPIC_API_KEY: 'bench', ANTHROPIC_BASE_URL: claude.url })
const cookie = await cookieFor(service, await registerPerson(service))
const call = (path: string, init: RequestInit = {}) =>
  fetch(`${service.baseUrl}${path}`, {
    ...init,
    headers: { cookie, origin: service.baseUrl, 'x-ts': '1', ...init.headers },
  })

const form = new FormData()
form.set('audio', new Blob([new Uint8Array(makeWav())]), 'a.wav')
const { analysisId } = await (await call('/api/uploads', { method: 'POST', body: form })).json()
for (;;) {
  const { state } = await (await call(`/api/analyses/${analysisId}`)).json()
  if (state === 'done') break
  await new Promise((resolve) => setTimeout(resolve, 100))
}

/** Each piece says when it left: this process serves the vendor's side and reads the answer, on one clock. */
const delaysMs: number[] = []
claude.stamp(() => `${performance.now().toFixed(3)};`.padEnd(12, ' '))
for (let answer = 0; answer < ANSWERS; answer += 1) {
  claude.behave({ kind: 'answer', text: 'x'.repeat(12 * PIECES), delayMsPerDelta: 20 })
  const response = await call(`/api/analyses/${analysisId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: `Question ${answer}` }),
  })
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    const now = performance.now()
    for (const match of decoder.decode(chunk).matchAll(/event: delta\ndata: \{"text":"([\d.]+);/g))
      delaysMs.push(now - Number(match[1]))
  }
}
delaysMs.sort((a, b) => a - b)
const at = (share: number) => (delaysMs[Math.floor(delaysMs.length * share)] ?? Number.NaN).toFixed(2)
console.log(
  `${delaysMs.length} pieces: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(0.9999)} ms added`,
)
await service.close()
await claude.close()
process.exitCode = Number(at(0.5)) < 15 ? 0 : 1
