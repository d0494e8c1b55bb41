import { createHmac } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { AppError } from '../../core/errors.ts'

/** bcrypt's work factor: 2^12 rounds. Source: at least 12 is promised. */
const BCRYPT_COST = 12
const THREADS = 2
const MAX_WAITING = 20

const SALT_AND_HASH_OF_NOBODY = 'JrgcXOA7LGE/FpnunoqGEerpElsCjvGjBQhYvx2BmdfB4KUIfSzO.'

export interface PasswordHasher {
  hash(password: string): Promise<string>
  matches(password: string, hash: string): Promise<boolean>
  /** A hash nobody's password has, so that an unknown address costs the same work as a known one. */
  hashOfNobody: string
  /** Whether a hash was made with less work than hashes are made with now. */
  isOutdated(hash: string): boolean
  close(): Promise<void>
}

interface Task {
  id: number
  secret: string
  cost: number
  hash: string | null
  resolve(result: string | boolean): void
  reject(error: Error): void
}

/**
 * bcrypt cuts its input at 72 bytes; a keyed digest of 64 characters lets every byte count and ties the hash to a
 * secret that is not in the database.
 */
function pepperedSecret(password: string, pepper: Buffer): string {
  return createHmac('sha384', pepper).update(password.normalize('NFKC')).digest('base64')
}

class HashThread {
  readonly #worker = new Worker(new URL('./hash-thread.ts', import.meta.url))
  #task: Task | undefined
  isDead = false

  constructor(onFree: () => void) {
    this.#worker.unref()
    this.#worker.on('message', (message: { result: string | boolean }) => {
      const task = this.#task
      this.#task = undefined
      task?.resolve(message.result)
      onFree()
    })
    this.#worker.on('error', (error) => this.#die(error, onFree))
    this.#worker.on('exit', () => this.#die(new Error('The hash thread ended'), onFree))
  }

  /** The task it held fails; the next one gets a new thread. */
  #die(cause: unknown, onFree: () => void): void {
    if (this.isDead) return
    this.isDead = true
    this.#task?.reject(new Error('The password could not be hashed', { cause }))
    this.#task = undefined
    onFree()
  }

  get isFree(): boolean {
    return this.#task === undefined && !this.isDead
  }

  start(task: Task): void {
    this.#task = task
    this.#worker.postMessage({ id: task.id, secret: task.secret, cost: task.cost, hash: task.hash })
  }

  async stop(): Promise<void> {
    this.isDead = true
    await this.#worker.terminate()
  }
}

/**
 * Hashes beside the event loop: two at a time, a short queue, then a refusal instead of a jam.
 * @param cost less than the default is for tests of other things than passwords
 */
export function createPasswordHasher(pepper: Buffer, cost = BCRYPT_COST): PasswordHasher {
  const waiting: Task[] = []
  let threads: HashThread[] = []
  let lastId = 0

  function startWaiting(): void {
    if (waiting.length === 0) return
    threads = threads.filter((thread) => !thread.isDead)
    while (threads.length < THREADS) threads.push(new HashThread(startWaiting))
    for (const thread of threads) {
      if (!thread.isFree) continue
      const task = waiting.shift()
      if (!task) return
      thread.start(task)
    }
  }

  function run(password: string, hash: string | null): Promise<string | boolean> {
    if (waiting.length >= MAX_WAITING)
      throw new AppError(
        'unavailable',
        'accounts/busy',
        'Too many people are logging in right now. Try again in a few seconds.',
        {
          retryAfterSeconds: 5,
        },
      )
    return new Promise((resolve, reject) => {
      lastId += 1
      const secret = pepperedSecret(password, pepper)
      waiting.push({ id: lastId, secret, cost, hash, resolve, reject })
      startWaiting()
    })
  }

  return {
    hash: async (password) => String(await run(password, null)),
    matches: async (password, hash) => (await run(password, hash)) === true,
    hashOfNobody: `$2b$${String(cost).padStart(2, '0')}$${SALT_AND_HASH_OF_NOBODY}`,
    isOutdated: (hash) => Number(/^\$2[aby]\$(\d\d)\$/.exec(hash)?.[1] ?? 0) < cost,
    async close() {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}
