import { FOLKLORE, STATING } from './lexicon.ts'
import { aliasesIn } from './match-facts.ts'
import type { Place } from './place.ts'
import type { WrittenNumber } from './read-text.ts'

const MENTIONS_REQUEST =
  /\b(?:you (?:said|asked|mention|want|wrote|aim|call)\w*|your (?:question|target|goal|aim|wish|number)|as you|du (?:sagst|fragst|willst|schreib)\w*|deine? (?:Frage|Ziel))/i
/** Between the mention and the number these say what was measured, unless the person's question is told. */
const MEASURED =
  /\b(?:measur|sits?\b|reads?\b|reach|shows?\b|stands?\b|comes?\b|hits?\b|met\b|misst\b|erreicht\b|liegt\b)|\b(?:it|that|this|track|mix|master|song|es)(?:'s| is| was| has| ist| hat)\b/i
const ASKS = /\b(?:if|whether|ob|should|would|könnte|soll)\b/i

const isSpecific = (text: string) => aliasesIn(text).some((alias) => alias.isSpecific)

/** The mention leads to the number, or stands behind it, and nothing between them says that it was measured. */
function isToldAsSaid(number: WrittenNumber, place: Place): boolean {
  const before = place.text.slice(place.clause.start, number.start)
  const mention = MENTIONS_REQUEST.exec(before)
  if (!mention) return !STATING.test(before) && !isSpecific(place.clauseText)
  const between = before.slice(mention.index + mention[0].length)
  return ASKS.test(between) || !(isSpecific(between) || MEASURED.test(between))
}

/** A number of the person's own, told as theirs. */
export function repeatsPerson(number: WrittenNumber, place: Place, said: readonly WrittenNumber[]): boolean {
  const isSame = said.some(
    (other) =>
      (other.unit === number.unit || other.unit === '') && Math.abs(other.value - number.value) < 1e-9,
  )
  if (!isSame || FOLKLORE.test(place.sentenceText) || !MENTIONS_REQUEST.test(place.sentenceText)) return false
  return isToldAsSaid(number, place)
}
