import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import net from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { loadConfig, type Secrets } from '../../src/core/config.ts'

/** The largest memory of a process so far and what it holds now, in MB, as the kernel counts it. */
export async function memoryMb(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
  return { now: read('VmRSS'), most: read('VmHWM') }
}

export const KEYS = {
  SESSION_KEYS: `crowd:${randomBytes(48).toString('base64')}`,
  PASSWORD_PEPPER: randomBytes(48).toString('base64'),
}

/** The secrets of a service that was started with KEYS. */
export function secretsOfKeys(): Secrets {
  const { secrets } = loadConfig({ ...KEYS })
  if (!secrets) throw new Error('No secrets')
  return secrets
}

/** A connection that says what it is told and no more. */
export async function openSocket(port: number, text: string): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('error', reject)
  })
  socket.write(text)
  return socket
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Asks again and again until told to stop. @returns how long each answer took, in ms */
export function keepAsking(ask: () => Promise<void>, pauseMs: number): () => Promise<number[]> {
  const times: number[] = []
  let isOver = false
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now()
      await ask()
      times.push(performance.now() - start)
      await setTimeout(pauseMs)
    }
  })()
  return async () => {
    isOver = true
    await asking
    return times
  }
}

export const portOf = (baseUrl: string) => Number(new URL(baseUrl).port)
