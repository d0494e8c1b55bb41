import { Worker } from 'node:worker_threads'
import { AudioError, type AudioErrorCode } from './audio-error.ts'
import { forgetPipesOf } from './decoder-pipe.ts'
import { MODULE_CACHE_DIR } from './module-cache.ts'

/** What a thread of the engine says: news while it works, the process it waits for, and how it ended. */
export type ThreadMessage<News, Result> =
  | { kind: 'news'; news: News }
  | { kind: 'decoder'; pid: number; isWaitedFor: boolean }
  | { kind: 'result'; result: Result }
  | { kind: 'refused'; code: AudioErrorCode; message: string }

interface ThreadOptions<News> {
  signal?: AbortSignal | undefined
  onNews?: (news: News) => void
}

/** What a thread sees of the environment; where the compiled modules may be kept, it begins in half the time. */
const THREAD_ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  NODE_COMPILE_CACHE: MODULE_CACHE_DIR,
}

/**
 * Runs an entry of the engine in a thread of its own, so that the process keeps answering. Once the promise settles,
 * thread and decoders are gone, even when the thread waits for a decoder that hangs: without it, it reads the end.
 * @param job what the thread is given; it sees no environment of ours
 * @throws AudioError as the thread says; audio/aborted when the signal fires
 */
export async function runInThread<News, Result>(
  entry: URL,
  job: object,
  { signal, onNews }: ThreadOptions<News>,
): Promise<Result> {
  if (signal?.aborted) throw aborted()
  const thread = new Worker(entry, { workerData: job, env: THREAD_ENV })
  const { threadId } = thread
  const decoders = new Set<number>()
  let isOver = false
  let abort: () => void = () => undefined
  try {
    return await new Promise<Result>((resolve, reject) => {
      abort = () => reject(aborted())
      signal?.addEventListener('abort', abort, { once: true })
      thread.on('message', (message: ThreadMessage<News, Result>) => {
        if (message.kind === 'decoder') {
          if (!message.isWaitedFor) decoders.delete(message.pid)
          else if (isOver) endProcess(message.pid)
          else decoders.add(message.pid)
        } else if (message.kind === 'news') onNews?.(message.news)
        else if (message.kind === 'result') resolve(message.result)
        else reject(new AudioError(message.code, message.message))
      })
      thread.on('error', reject)
      thread.on('exit', (code) => reject(new Error(`the thread ended early with code ${code}`)))
    })
  } finally {
    isOver = true
    signal?.removeEventListener('abort', abort)
    for (const pid of decoders) endProcess(pid)
    await thread.terminate()
    forgetPipesOf(threadId)
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

function aborted(): AudioError {
  return new AudioError('audio/aborted', 'The analysis was cancelled.')
}
