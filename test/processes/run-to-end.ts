import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { projectRoot } from '../support/start-service.ts'

export interface Ended {
  code: number | null
  output: string
}

const LIMIT_MS = 30_000

/** Runs the service with these settings and waits until it ends by itself. */
export async function runToEnd(env: Record<string, string>): Promise<Ended> {
  const root = await mkdtemp(path.join(tmpdir(), 'tracksensei-ends-'))
  const folders = { DATA_DIR: path.join(root, 'data'), UPLOADS_DIR: path.join(root, 'uploads') }
  const child = spawn(process.execPath, [path.join(projectRoot, 'src/main.ts')], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...folders, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  await rm(root, { recursive: true, force: true })
  return { code, output }
}
