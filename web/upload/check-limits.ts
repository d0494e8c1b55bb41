import type { Usage } from '../../src/billing/contract.ts'
import { formatBytes, formatMinutes } from '../ui/format.ts'

const METADATA_TIMEOUT_MS = 4000

/**
 * The length of an audio file in seconds as this browser reads it, or undefined where it cannot (AIFF in most):
 * then the server's word counts alone.
 */
export function readDurationSeconds(file: File): Promise<number | undefined> {
  return new Promise((resolve) => {
    const url = URL.createObjectURL(file)
    const audio = new Audio()
    const finish = (seconds: number | undefined) => {
      clearTimeout(timer)
      audio.removeAttribute('src')
      URL.revokeObjectURL(url)
      resolve(seconds)
    }
    const timer = setTimeout(() => finish(undefined), METADATA_TIMEOUT_MS)
    audio.preload = 'metadata'
    audio.addEventListener('error', () => finish(undefined), { once: true })
    audio.addEventListener(
      'loadedmetadata',
      () => finish(Number.isFinite(audio.duration) ? audio.duration : undefined),
      { once: true },
    )
    audio.src = url
  })
}

/** Why a file will be refused, known before it is sent; undefined when nothing speaks against it. */
export function limitProblem(
  file: File,
  durationSeconds: number | undefined,
  usage: Usage,
): string | undefined {
  if (file.size === 0) return 'This file is empty. Export it again from your DAW.'
  if (file.size > usage.maxFileBytes) {
    return `${formatBytes(file.size)} is over the ${formatBytes(usage.maxFileBytes)} of your plan. A FLAC export is about half the size of a WAV and measures the same.`
  }
  if (durationSeconds !== undefined && durationSeconds > usage.maxTrackSeconds) {
    return `${formatMinutes(durationSeconds)} is over the ${formatMinutes(usage.maxTrackSeconds)} of your plan. Export a shorter part.`
  }
  return undefined
}
