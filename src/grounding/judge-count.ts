import type { Ground } from './answer-view.ts'
import { COUNTS } from './lexicon.ts'
import { aliasesIn } from './match-facts.ts'
import type { Judgement, Place } from './place.ts'
import type { WrittenNumber } from './read-text.ts'

const SMALL_COUNT = 12
/** A thing that is counted follows ("3 loud peaks"), rather than the rest of the sentence ("3 in the drop"). */
const COUNTED =
  /^[ -](?!(?:in|at|on|and|or|but|for|from|with|to|now|here|there|which|as|than|when|while|because|under|over|above|below|of|after|before|during|through|throughout|overall|only|already|still|today|out|right|exactly|again|is|are|was|points?|and|at|bei|im|in|am|und|oder|als|jetzt|hier|für|von|mit|ist)\b)\p{L}{2,}/iu
/** A name with a number, not a value. */
const LABEL =
  /(?:\b(?:priority|step|point|option|number|no\.?|version|part|phase|reason|tip|section|drop|verse|chorus|break|preset|pass|item|finding|Schritt|Punkt|Priorität|Teil|Grund)\s*#?|#)$/i
/** A verb that gives the value right before it. */
const GIVES =
  /(?<!\bthere |\bhere )\b(?:is|was|at|reads?|measures?|measured|reaches|shows?|hits?|runs|sits|stands|equals|ist|bei|misst|beträgt|hat|zeigt)(?: (?:at|about|around|only|just|exactly|roughly|bei|etwa|nur))*\s$/i
const OF_FULL_SCALE = /\b(?:over|above|beyond|past|exceeds?|über)\s$/i
const CONDITION =
  /\b(?:if|unless|wenn|falls|sobald)\s+(?:the |your |its |die |der |das |deine? )?(?:\w+ ){1,3}(?:drops?|falls?|goes|gets|rises?|dips?|is|fällt|sinkt|steigt|geht)\b/i
/** "a correlation of 1 means": what the scale is, not what was measured on it. */
const SCALE_END = /\b(?:a|an|eine?)\s+correlation\s+(?:of|near|around)\s+[+-]?$|\beine Korrelation von\s+$/i
const MEANS = /^\s*(?:means?|would|stands for|bedeutet|heißt)\b/i

/** The small whole number is the value of something, as the words around it go. */
function isStated(number: WrittenNumber, place: Place): boolean {
  const before = place.text.slice(place.clause.start, number.start)
  const after = place.text.slice(number.end, place.sentence.end)
  const aliases = aliasesIn(place.clauseText)
  if (COUNTED.test(after) || LABEL.test(before) || CONDITION.test(before)) return false
  if (number.value === 0 && OF_FULL_SCALE.test(before) && /\bpeaks?\b/i.test(place.clauseText)) return false
  return aliases.length > 0 || GIVES.test(before)
}

/**
 * Small whole numbers without a unit are words ("3 things"), unless they count something that was counted or are given
 * as a value. Undefined: to be judged as a measure.
 */
export function judgeCount(number: WrittenNumber, place: Place, ground: Ground): Judgement | undefined {
  if (number.unit !== '' || number.decimals > 0) return undefined
  const after = place.text.slice(number.end, place.sentence.end)
  const count = COUNTS.find(({ nouns }) => nouns.test(after))
  if (count) {
    const facts = ground.facts.filter(({ path }) => count.path.test(path))
    return facts.some((fact) => fact.value === number.value) ? 'grounded' : 'no-such-value'
  }
  const before = place.text.slice(place.clause.start, number.start)
  if (Math.abs(number.value) <= 1 && SCALE_END.test(before) && MEANS.test(after)) return 'advice'
  if (isStated(number, place)) return undefined
  const isYear = number.value >= 1900 && number.value <= 2099
  const isScore = /\bscore|\/\s?100|out of 100|Punkte/i.test(place.sentenceText)
  const isSmall = number.value >= 0 && number.value <= SMALL_COUNT && !isScore && !number.isSigned
  return isSmall || isYear ? 'advice' : undefined
}
