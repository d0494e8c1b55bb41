import { parentPort, workerData } from 'node:worker_threads'
import { AudioError } from './audio-error.ts'
import type { TellDecoder } from './decode.ts'
import type { ThreadMessage } from './run-in-thread.ts'

/** What a job in a thread is given to speak with. */
export interface ThreadVoice<News> {
  tell: (news: News) => void
  onDecoder: TellDecoder
}

/**
 * Does the one job of this thread and answers for it. Unknown errors end the thread and reach its starter.
 * @param work what runInThread was called for
 */
export async function answerAsThread<Job, News, Result>(
  work: (job: Job, voice: ThreadVoice<News>) => Promise<Result>,
): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('this entry runs as a worker thread only')
  const say = (message: ThreadMessage<News, Result>): void => port.postMessage(message)
  const job: Job = workerData
  const voice: ThreadVoice<News> = {
    tell: (news) => say({ kind: 'news', news }),
    onDecoder: (pid, isWaitedFor) => say({ kind: 'decoder', pid, isWaitedFor }),
  }
  try {
    say({ kind: 'result', result: await work(job, voice) })
  } catch (error) {
    if (!(error instanceof AudioError)) throw error
    say({ kind: 'refused', code: error.code, message: error.message })
  }
}
