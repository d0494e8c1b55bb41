import type { Component } from './activity.ts'
import type { Observed } from './observed.ts'

/** Releases and rooms ring on this long behind the last note. */
const TAIL_SECONDS = 3
/** A column this far below the mean of the file is as good as silent: 40 dB. */
const SILENT = 1e-4
/** What rings on below this share of a part's usual power no longer counts as playing. */
const PLAYING = 0.05

/**
 * Part of the file that sounds while nothing in the set plays, nor did shortly before.
 * @returns 0…1; 0 for a bounce that lies where it was bounced, silence and tails included
 */
export function unforeseenShare(observed: Observed, components: readonly Component[]): number {
  const bands = observed.bandsHz.length
  const mean = observed.means.reduce((sum, power) => sum + power, 0)
  const tail = Math.ceil(TAIL_SECONDS / observed.stepSeconds)
  let lastPlayed = Number.NEGATIVE_INFINITY
  let unforeseen = 0
  for (let column = 0; column < observed.columns; column++) {
    const from = column * bands
    const to = from + bands
    if (components.some(({ levels }) => levels.subarray(from, to).some(isPlaying))) lastPlayed = column
    if (column - lastPlayed <= tail) continue
    const power = observed.powers.subarray(from, to).reduce((sum, each) => sum + each, 0)
    if (power > SILENT * mean) unforeseen++
  }
  return unforeseen / observed.columns
}

const isPlaying = (level: number) => level > PLAYING
