/** Guesses, as a power of ten, that a password must withstand; fewer are made in a moment with a stolen table. */
export const LEAST_GUESSES_LOG10 = 9

/** The estimate looks at this many characters: it costs more with every one, and these are enough. */
export const ESTIMATED_CHARACTERS = 64

/** What the estimate of a password says, as zxcvbn gives it. */
export interface PasswordEstimate {
  guessesLog10: number
  sequence: { pattern: string; dictionaryName?: string; token: string }[]
}

/** Words that say nothing about a password because anybody would try them first. */
export function wordsToAvoid(email: string, displayName: string): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  const parts = [
    ...local.split(/[^\p{L}\p{N}]+/u),
    ...domain.split('.'),
    ...displayName.toLowerCase().split(/\s+/),
  ]
  const words = [email.toLowerCase(), local, ...parts, 'tracksensei', 'track', 'sensei', 'ableton']
  return [...new Set(words.filter((word) => word.length >= 3))]
}

/** Why a password is too easy, and what helps; undefined for a good one. */
export function passwordComplaint(estimate: PasswordEstimate): string | undefined {
  if (estimate.guessesLog10 >= LEAST_GUESSES_LOG10) return undefined
  const longest = estimate.sequence.toSorted((a, b) => b.token.length - a.token.length)[0]
  const hint = 'A few unrelated words in a row are hard to guess and easy to keep.'
  if (longest?.dictionaryName === 'userInputs')
    return `This is mostly your own address or name, or the name of this service. ${hint}`
  if (longest?.pattern === 'dictionary')
    return `This is on lists of common passwords, or close to one. ${hint}`
  if (longest?.pattern === 'repeat') return `This repeats the same characters over and over. ${hint}`
  if (longest?.pattern === 'spatial' || longest?.pattern === 'sequence')
    return `This follows the keys or the alphabet. ${hint}`
  return `This would be guessed quickly. ${hint}`
}
