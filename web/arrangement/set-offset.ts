/** Where beat 0 of a set lies on the axis of an audio file, and whether that is known. */
export interface SetOffset {
  seconds: number
  known: 'compared' | 'other-song' | 'not'
}

const AT_THE_START = 'bar 1 is drawn at the start of the audio'

/** What the page says about it; null when the set has the axis for itself. */
export function offsetWords(offset: SetOffset | null): string | null {
  if (offset === null) return null
  if (offset.known === 'compared') return 'Bars were placed by comparing the set with the audio.'
  if (offset.known === 'other-song') {
    return `The audio does not seem to come from this set as it stands; ${AT_THE_START}.`
  }
  return 'Bar 1 is drawn at the start of the audio: where the export began is not known.'
}
