import { ADVICE, FOLKLORE, STATING } from './lexicon.ts'
import { aliasesIn } from './match-facts.ts'
import type { Place } from './place.ts'
import type { Span, WrittenNumber } from './read-text.ts'

/** Changes and settings: what advice is made of. Levels such as LUFS are never advised, only measured. */
const ADVISABLE = new Set(['dB', 'Hz', 's', '%', 'cents', 'st', 'bars', 'beats', '', 'dB/octave', 'bit'])
/** A state to be reached or looked for, not one that is. */
const CHECKING =
  /\b(whether|check that|make sure|until|so that|goal|should (?:now )?(?:be|read|show)|ob|bis)\b/gi
/** Of what is looked for, a verb may state the limit: "make sure that the peak is below −1 dB". */
const LIMIT =
  /\b(?:below|under|above|at most|at least|no (?:more|higher|lower|less) than|less than|more than|between|within|unter|über|höchstens|mindestens|maximal)\s+(?:about |around |etwa )?[+-]?$/i
const IMPERATIVE =
  /\b(?:try|cut|boost|lower|raise|reduce|pull|turn|push|bring|back off|automate|adjust|set|drop|narrow|dreh|zieh|senk|versuch|stell|nimm)\b/i
const CEILING =
  /\b(ceiling|limiter|Limiter|no higher than|at most|below|under|advice|advis|recommend|aim|target)/i
const PREPOSITION =
  /\b(?:by|to|about|around|of|up to|roughly|some|um|auf|etwa|ca\.?|circa|de|en|a|or|another|only)\s*[+-]?$/i
/** "7.7 dB too loud" says what is, whatever modal verb stands before it. */
const TOO_MUCH =
  /\d\s?(?:dB|decibels?|LU|Hz|kHz|BPM|%|percent|cents?|ms|s)\s+(?:too|zu|trop|demasiado)\s+\p{L}/iu
/** "the noise floor should be at −47 dB" guesses; a true peak is what a ceiling is set for, a fader is set itself. */
const GUESSES =
  /\b(?:could|might|may|should|would|must|will)(?: \w+)? be(?: (?:at|about|around|near|roughly|only|just|some))*\s+[+-]?$/i
const SETTABLE = /truePeak|volumeDb/

function isGuess(before: string, clauseText: string): boolean {
  const aliases = aliasesIn(clauseText).filter(
    ({ isSpecific, keys }) => isSpecific && !SETTABLE.test(keys.source),
  )
  return aliases.length > 0 && GUESSES.test(before)
}

/** Behind a word of checking, unless a verb between them turns it into a statement. */
function isGoal(before: string): boolean {
  const match = [...before.matchAll(CHECKING)].at(-1)
  if (!match) return false
  const between = before.slice(match.index + match[0].length)
  if (!STATING.test(between)) return true
  if (/until|bis/i.test(match[0])) return IMPERATIVE.test(before.slice(0, match.index))
  return LIMIT.test(before)
}

/** An amount that is proposed, or a state that is to be reached: nothing that was measured. */
export function isAdvice(number: WrittenNumber, place: Place, clauses: readonly Span[]): boolean {
  const isCeiling = number.unit === 'dBTP' && CEILING.test(place.sentenceText)
  if (!ADVISABLE.has(number.unit) && !isCeiling) return false
  const before = place.text.slice(place.clause.start, number.start)
  if (TOO_MUCH.test(place.clauseText) || isGuess(before, place.clauseText)) return false
  const advises = ADVICE.test(place.clauseText)
  if (isGoal(before)) return true
  const states = STATING.test(before)
  if (
    advises &&
    number.unit !== 'bars' &&
    FOLKLORE.test(place.clauseText) &&
    !/\b(try|cut|boost|lower|raise|reduce|pull|turn|versuch|senk)\b/i.test(place.clauseText)
  )
    return false
  if (advises && !states) return true
  if (advises)
    return (
      PREPOSITION.test(before) &&
      !/\b(?:is|are|sits|measures|stands|reads|at)\s+(?:about |around |roughly )?$/i.test(before)
    )
  if (states) return false
  // A clause that states nothing goes on with the advice before it: "cut the mud, about 2 dB at 250 Hz".
  return clauses.some(
    (clause) =>
      clause.start <= place.clause.start &&
      clause.end > place.sentence.start &&
      ADVICE.test(place.text.slice(clause.start, clause.end)),
  )
}
