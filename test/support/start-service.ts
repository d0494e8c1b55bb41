import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type KeptLetter, listKeptLetters } from '../../src/platform/mail/folder-mailer.ts'

export const projectRoot = path.resolve(import.meta.dirname, '../..')

export interface Service {
  baseUrl: string
  dataDir: string
  uploadsDir: string
  pid: number
  /** Everything the process wrote so far. */
  output(): string
  letters(): Promise<KeptLetter[]>
  rawFiles(): Promise<string[]>
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Stops the process and removes its folders. */
  close(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('exit', resolve))
}

async function waitForStart(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!output().includes('"event":"started"')) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}:\n${output()}`)
    if (Date.now() > deadline) throw new Error(`The service did not start:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A new folder begins with the suite's migrated database: making one anew costs seconds of both cores. */
async function unpackDatabase(dataDir: string): Promise<void> {
  const dump = process.env.TEST_PGLITE_DUMP
  const folder = path.join(dataDir, 'database')
  if (!dump || existsSync(folder)) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await promisify(execFile)('tar', ['-xf', dump, '-C', folder])
}

interface Folders {
  dataDir: string
  uploadsDir: string
  /** Starts from nothing, as on a new machine. */
  isEmpty?: boolean
}

/** Runs src/main.ts as a process of its own with fresh folders; `env` adds to an otherwise empty configuration. */
export async function startService(env: Record<string, string> = {}, folders?: Folders): Promise<Service> {
  const root = folders ? undefined : await mkdtemp(path.join(tmpdir(), 'tracksensei-test-'))
  const dataDir = folders?.dataDir ?? path.join(root ?? '', 'data')
  const uploadsDir = folders?.uploadsDir ?? path.join(root ?? '', 'uploads')
  if (!env.DATABASE_URL && !folders?.isEmpty) await unpackDatabase(dataDir)
  const port = env.PORT ?? String(await freePort())
  let written = ''
  const child = spawn(process.execPath, [path.join(projectRoot, 'src/main.ts')], {
    cwd: projectRoot,
    env: {
      PATH: process.env.PATH ?? '',
      BASE_URL: `http://127.0.0.1:${port}`,
      PORT: port,
      DATA_DIR: dataDir,
      UPLOADS_DIR: uploadsDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    written += chunk.toString()
  })
  await waitForStart(child, () => written)

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    child.kill(signal)
    return exited(child)
  }

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    dataDir,
    uploadsDir,
    pid: child.pid ?? 0,
    output: () => written,
    letters: () => listKeptLetters(path.join(dataDir, 'mail'), 100),
    rawFiles: () => readdir(uploadsDir).catch(() => []),
    kill,
    async close() {
      if (child.exitCode === null) await kill('SIGINT')
      if (root) await rm(root, { recursive: true, force: true })
    },
  }
}
