const LEAST_DIGITS = 13
const MOST_DIGITS = 19

/** The check digit that the numbers of payment cards end with (ISO/IEC 7812, Luhn). */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return sum % 10 === 0
}

function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '')
  const isLong = digits.length >= LEAST_DIGITS && digits.length <= MOST_DIGITS
  return isLong && /^[3-6]/.test(digits) && hasCheckDigit(digits)
}

/** Digits with single blanks or hyphens between, as cards are written. */
const digitRuns = /\d(?:[ -]?\d){12,18}/g

/** Whether a text holds the number of a payment card. */
export function holdsCardNumber(text: string): boolean {
  return [...text.matchAll(digitRuns)].some(([run]) => isCardNumber(run))
}

/** The text with every card number blotted out. */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(digitRuns, (run) => (isCardNumber(run) ? '…' : run))
}
