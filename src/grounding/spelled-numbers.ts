interface SpelledNumber {
  start: number
  end: number
  value: number
  decimals: number
  isSigned: boolean
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const GERMAN =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig'.split(
    ' ',
  )

const values = new Map<string, number>([
  ...GERMAN.map((word, value) => [word, value] as const),
  ...ONES.map((word, value) => [word, value] as const),
  ...TENS.flatMap((word, index) => [
    [word, 20 + 10 * index] as const,
    ...ONES.slice(1, 10).map((one, value) => [`${word}-${one}`, 21 + 10 * index + value] as const),
  ]),
])

const WORDS = [...values.keys()].sort((a, b) => b.length - a.length).join('|')
const SPELLED = new RegExp(
  `(?<![\\p{L}-])(minus |plus )?(${WORDS.replaceAll('-', '[- ]')})(?: (?:point|komma) (${WORDS}))?(?!\\p{L})`,
  'giu',
)

/** Numbers in English and German words up to ninety-nine, with a sign and one decimal: "minus nine point one". */
export function readSpelledNumbers(text: string): SpelledNumber[] {
  return [...text.matchAll(SPELLED)].flatMap((match) => {
    const [all, sign, whole = '', tenth] = match
    const value = values.get(whole.toLowerCase().replace(' ', '-'))
    if (value === undefined) return []
    const decimal = tenth === undefined ? 0 : (values.get(tenth.toLowerCase()) ?? 0) / 10
    const isMinus = sign !== undefined && /minus/i.test(sign)
    return {
      start: match.index,
      end: match.index + all.length,
      value: (value + decimal) * (isMinus ? -1 : 1),
      decimals: tenth === undefined ? 0 : 1,
      isSigned: sign !== undefined,
    }
  })
}
