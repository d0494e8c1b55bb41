/** From C, as the report spells them. */
export const NOTE_NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'] as const
const NOTES = NOTE_NAMES.length

/** Name and place on the DJ wheel of a key. @param key 0…11 major from C, 12…23 minor */
export function nameOfKey(key: number): { key: string; camelot: string } {
  const tonic = key % NOTES
  const isMajor = key < NOTES
  // C major is 8B, a fifth up is one hour on; a minor key stands at the hour of its relative major.
  const relativeMajor = isMajor ? tonic : (tonic + 3) % NOTES
  const hour = ((7 + 7 * relativeMajor) % NOTES) + 1
  return {
    key: `${NOTE_NAMES[tonic] ?? ''} ${isMajor ? 'major' : 'minor'}`,
    camelot: `${hour}${isMajor ? 'B' : 'A'}`,
  }
}
