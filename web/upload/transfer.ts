import { useSyncExternalStore } from 'react'
import { type Intent, type UploadAccepted, uploadAcceptedSchema } from '../../src/uploads/contract.ts'
import { type ApiProblem, isLost, problemFromBody, unexpectedAnswer, unreachable } from '../api/problem.ts'
import { newRequestKey } from '../api/request-key.ts'
import { refreshUsage } from '../plan/usage.ts'
import { keepLocalFile } from '../report/local-files.ts'

export interface UploadFiles {
  audio: File | null
  set: File | null
}

/** What the track is compared with, besides what it is. */
export interface SentWith {
  intent: Intent
  reference: File | null
  referenceId: string
  newVersionOf: string
}

export type Transfer =
  | { state: 'idle' }
  | { state: 'sending'; sentBytes: number; totalBytes: number; name: string }
  | { state: 'refused'; problem: ApiProblem }
  | { state: 'accepted'; analysisId: string }

let transfer: Transfer = { state: 'idle' }
let running: XMLHttpRequest | undefined

/** What was sent last without the server's word on it: the same sent again is the same upload, and is charged once. */
let unanswered: { what: string; key: string } | undefined

/** Names the files and the words that go with them, as far as a browser knows them without reading. */
function whatIsSent({ audio, set }: UploadFiles, { reference, ...words }: SentWith): string {
  const files = [audio, set, reference].map((file) => file && [file.name, file.size, file.lastModified])
  return JSON.stringify([files, words])
}

function keyFor(files: UploadFiles, sentWith: SentWith): string {
  const what = whatIsSent(files, sentWith)
  if (unanswered?.what !== what) unanswered = { what, key: newRequestKey() }
  return unanswered.key
}
const listeners = new Set<() => void>()

function become(next: Transfer): void {
  transfer = next
  for (const listener of listeners) listener()
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function settle(next: Transfer): void {
  running = undefined
  window.removeEventListener('beforeunload', warnBeforeLeaving)
  become(next)
}

function readAccepted(xhr: XMLHttpRequest): UploadAccepted | ApiProblem {
  if (xhr.status !== 202) return problemFromBody(xhr.status, xhr.responseText)
  try {
    return uploadAcceptedSchema.parse(JSON.parse(xhr.responseText))
  } catch (cause) {
    return unexpectedAnswer(xhr.status, cause)
  }
}

function finish(xhr: XMLHttpRequest, files: UploadFiles): void {
  const answer = readAccepted(xhr)
  if (!isLost(answer)) unanswered = undefined
  if (answer instanceof Error) {
    settle({ state: 'refused', problem: answer })
    return
  }
  if (files.audio !== null) keepLocalFile(answer.analysisId, files.audio)
  refreshUsage()
  settle({ state: 'accepted', analysisId: answer.analysisId })
}

/**
 * Sends the files. It goes on when the page is left for another one of the app; only one runs at a time.
 * XMLHttpRequest, because fetch still tells nobody how much has been sent.
 */
export function startTransfer(files: UploadFiles, sentWith: SentWith): void {
  if (running !== undefined) return
  const form = new FormData()
  const { intent, reference, referenceId, newVersionOf } = sentWith
  form.append('intent', JSON.stringify(intent))
  if (referenceId !== '') form.append('referenceId', referenceId)
  if (newVersionOf !== '') form.append('newVersionOf', newVersionOf)
  if (files.set !== null) form.append('set', files.set)
  if (files.audio !== null) form.append('audio', files.audio)
  if (reference !== null) form.append('reference', reference)
  const totalBytes = (files.audio?.size ?? 0) + (files.set?.size ?? 0) + (reference?.size ?? 0)
  const name = files.audio?.name ?? files.set?.name ?? ''

  const xhr = new XMLHttpRequest()
  xhr.open('POST', '/api/uploads')
  xhr.setRequestHeader('X-TS', '1')
  xhr.setRequestHeader('Idempotency-Key', keyFor(files, sentWith))
  xhr.upload.addEventListener('progress', (event) =>
    become({ state: 'sending', sentBytes: Math.min(event.loaded, totalBytes), totalBytes, name }),
  )
  xhr.addEventListener('load', () => finish(xhr, files))
  xhr.addEventListener('error', () => settle({ state: 'refused', problem: unreachable() }))
  xhr.addEventListener('abort', () => settle({ state: 'idle' }))
  running = xhr
  window.addEventListener('beforeunload', warnBeforeLeaving)
  become({ state: 'sending', sentBytes: 0, totalBytes, name })
  xhr.send(form)
}

/** Stops sending; the server throws away what it has of it. */
export function cancelTransfer(): void {
  running?.abort()
}

/** Forgets a finished or refused transfer, so that the form is fresh. */
export function resetTransfer(): void {
  if (running === undefined) become({ state: 'idle' })
}

export function useTransfer(): Transfer {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => transfer,
  )
}
