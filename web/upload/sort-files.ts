import type { UploadFiles } from './transfer.ts'

const SET_ENDING = /\.als$/i

export interface SortedFiles extends UploadFiles {
  /** What could not be taken along, in words; empty when all fits. */
  leftOut: string[]
}

/**
 * Adds files to those already chosen: sets go by their ending, everything else counts as audio. Only a convenience
 * for the form: the server looks at the bytes and decides for itself.
 */
export function sortFiles(chosen: UploadFiles, added: readonly File[]): SortedFiles {
  const sets = added.filter((file) => SET_ENDING.test(file.name))
  const audios = added.filter((file) => !SET_ENDING.test(file.name))
  const leftOut = [...sets.slice(1), ...audios.slice(1)].map(
    (file) => `${file.name} was left out: one audio file and one set make an analysis.`,
  )
  return { audio: audios[0] ?? chosen.audio, set: sets[0] ?? chosen.set, leftOut }
}
