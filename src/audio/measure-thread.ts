import { parentPort, workerData } from 'node:worker_threads'
import { AudioError } from './audio-error.ts'
import { measureTrack } from './measure.ts'
import type { MeasureJob, MeasureMessage } from './measure-in-thread.ts'

/** Entry of the measuring thread: one job, one answer. Unknown errors end the thread and reach its starter. */
const port = parentPort
if (port === null) throw new Error('measure-thread.ts runs as a worker thread only')
const tell = (message: MeasureMessage): void => port.postMessage(message)
const { path, tellsPartials, ...options }: MeasureJob = workerData

try {
  const measures = await measureTrack(path, {
    ...options,
    onProgress: (stage, percent) => tell({ kind: 'progress', stage, percent }),
    ...(tellsPartials ? { onPartial: (partial) => tell({ kind: 'partial', partial }) } : {}),
  })
  tell({ kind: 'measured', measures })
} catch (error) {
  if (!(error instanceof AudioError)) throw error
  tell({ kind: 'refused', code: error.code, message: error.message })
}
