import type { FindingChange, FollowedAdvice } from './changes-contract.ts'
import { say } from './in-words.ts'

const VERDICTS: Record<FollowedAdvice['verdict'], string> = {
  'as advised': 'that is what was advised',
  'less than advised': 'less than was advised',
  'more than advised': 'more than was advised',
  'the other way': 'the other way than advised',
  'not made': 'what was advised was not done',
  'cannot be told': 'whether the advice was followed cannot be told',
}

/** One finding in two versions as a sentence or three. */
export function changeWords(change: Omit<FindingChange, 'words'>): string {
  return [opening(change), numbers(change.number), followed(change.advice)]
    .filter((part) => part !== '')
    .join(' ')
}

function opening({ state, trend, title, isMarginal }: Omit<FindingChange, 'words'>): string {
  if (state === 'cannot be told') return `${title}: only one of the two versions could be judged.`
  const hair = isMarginal ? ', though by a hair: the number hardly moved' : ''
  if (state === 'fixed') return `${title}: fixed${hair}.`
  if (state === 'new') return `${title}: new in this version${hair}.`
  return `${title}: still there${trend === null ? '' : trend === 'same' ? ', unchanged' : `, ${trend}`}.`
}

function numbers(number: FindingChange['number']): string {
  if (!number || number.earlier === null || number.now === null) return ''
  const digits = number.unit === '' || number.unit === 'of full scale' ? 2 : 1
  const unit = number.unit === '' ? '' : ` ${number.unit}`
  const [earlier, now] = [number.earlier, number.now].map((value) =>
    Number.isInteger(value) ? say(value, 0) : say(value, digits),
  )
  return `${number.what}: ${earlier} before, ${now}${unit} now.`
}

function followed(advice: FollowedAdvice | null): string {
  if (advice === null) return ''
  const { band, what, made, unit, verdict } = advice
  if (made === null) return `${capital(VERDICTS[verdict])}.`
  const where = band === null ? what : `${band.fromHz} to ${band.toHz} Hz`
  const sign = made > 0 ? '+' : ''
  return `${where} changed by ${sign}${say(made)}${unit === '' ? '' : ` ${unit}`}: ${VERDICTS[verdict]}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
