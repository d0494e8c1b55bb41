import type { Ground } from './answer-view.ts'
import { spanAt } from './answer-view.ts'
import { isOutOfContext } from './check-numbers.ts'
import { ADVICE, DEVICE_LABELS, SPOKEN_ROLES } from './lexicon.ts'
import { under } from './match-facts.ts'
import type { Judged, Judgement } from './place.ts'
import { readClauses, type Span, type WrittenReference } from './read-text.ts'

interface View {
  text: string
  sentences: readonly Span[]
  references: readonly WrittenReference[]
}

/** m:ss, with tenths or without; what no clock shows ("3:75") is read all the same. */
const TIME = /(?<![\d:.,])(\d{1,3}):(\d\d)(?:[.,](\d))?(?![\d:])/g
/** A setting such as 4:1, or 2.5:1. */
const RATIO = /(?<![\d:.,])(\d{1,3}(?:[.,]\d)?):(\d)(?![\d:])/g
const BAR =
  /\b(?:bars?|Takte?n?|compás|compases|mesures?)\s+(\d{1,4})(?:\s*(?:-|to|bis|and|und|or|through|a|à|until|,)\s*(\d{1,4})(?![\d.,:]*\s?(?:dB|Hz|kHz|%|LU|ms|s\b)))?/gi
const ADDING =
  /\b(?:add|insert|put|place|try|use|load|drop|reach for|setz|nimm|with)\b[^.;]{0,40}\b(?:an?|another|eine?n?|second)\b/i
const KEY = /\b([A-G])(?:([#♯b♭])|[ -](sharp|flat))?[ -]?(major|minor|maj|min|moll|dur)\b/gi
const PITCHES = ['c', 'c#', 'd', 'd#', 'e', 'f', 'f#', 'g', 'g#', 'a', 'a#', 'b']

/** Seconds that say when, not how long. */
const MOMENT = /(start|end|at|first|truePeak)Seconds$|^findings\.|locators$|^source\.durationSeconds$/

/** A moment is known when something of the analysis begins, ends or stands there. */
function checkTimes({ text, sentences, references }: View, ground: Ground): Judged[] {
  return [...text.matchAll(TIME)].map((match) => {
    const start = match.index
    const seconds = Number(match[1]) * 60 + Number(match[2]) + Number(match[3] ?? 0) / 10
    const sentence = spanAt(sentences, start)
    const next = references.find(
      (reference) => reference.start >= start && sentence && reference.start < sentence.end,
    )
    const referenced = next ? under(ground.facts, next.path).filter(({ unit }) => unit === 's') : []
    const words = sentence ? text.slice(sentence.start, sentence.end) : ''
    const known =
      referenced.length > 0
        ? referenced
        : ground.facts.filter(
            ({ path, unit }) => unit === 's' && MOMENT.test(path) && !isOutOfContext(path, words),
          )
    const width = match[3] === undefined ? { below: 0.5, above: 1 } : { below: 0.06, above: 0.06 }
    const isQuoted = ground.told.texts.some((told) => told.text.includes(match[0]))
    const isClock = Number(match[2]) < 60
    const isKnown =
      isQuoted ||
      known.some(
        ({ value }) =>
          isClock &&
          typeof value === 'number' &&
          value >= seconds - width.below &&
          value < seconds + width.above,
      )
    return {
      start,
      end: start + match[0].length,
      judgement: isKnown ? ('grounded' as const) : ('no-such-time' as const),
    }
  })
}

/** Ratios of compressors: a setting of the set, or one that is proposed. */
function checkRatios(view: View, ground: Ground): Judged[] {
  const ratios = ground.facts.filter(({ path }) => /ratio$/i.test(path))
  return [...view.text.matchAll(RATIO)].map((match) => {
    const ratio = Number((match[1] ?? '').replace(',', '.')) / Number(match[2])
    const span = { start: match.index, end: match.index + match[0].length }
    const isSet = ratios.some(({ value }) => typeof value === 'number' && Math.abs(value - ratio) < 0.05)
    if (isSet) return { ...span, judgement: 'grounded' as const }
    const before = view.text.slice(0, match.index).slice(-100)
    const isProposed =
      ADVICE.test(clauseAt(view, match.index)) && !/\b(?:is|was|has|ist|hat)\b[^.]*$/i.test(before)
    return { ...span, judgement: isProposed ? ('advice' as const) : ('no-such-value' as const) }
  })
}

function checkBars({ text }: View, ground: Ground): Judged[] {
  const bars = new Set(
    ground.facts.flatMap(({ unit, value }) => (unit === 'bar' && typeof value === 'number' ? [value] : [])),
  )
  return [...text.matchAll(BAR)].map((match) => {
    const named = [match[1], match[2]].filter((bar) => bar !== undefined).map(Number)
    const isKnown = named.every((bar) => bars.has(bar))
    return {
      start: match.index,
      end: match.index + match[0].length,
      judgement: isKnown ? ('grounded' as const) : ('no-such-bar' as const),
    }
  })
}

function clauseAt(view: View, at: number): string {
  const sentence = spanAt(view.sentences, at)
  if (!sentence) return ''
  const clause = spanAt(readClauses(view.text, sentence), at) ?? sentence
  return view.text.slice(clause.start, clause.end)
}

function sentenceAt(view: View, at: number): string {
  const sentence = spanAt(view.sentences, at)
  return sentence ? view.text.slice(sentence.start, sentence.end) : ''
}

/** T and D ids, and whether a device is said to be on the track that it is on. */
function checkIds(view: View, ground: Ground): Judged[] {
  const { tracks } = ground.told
  const trackOf = new Map(
    tracks.flatMap(({ id, devices }) => devices.map((device) => [device.id, id] as const)),
  )
  const ids = new Set(tracks.map(({ id }) => id))
  return [...view.text.matchAll(/\b([TD])(\d{1,4})\b/g)].flatMap((match): Judged[] => {
    const span = { start: match.index, end: match.index + match[0].length }
    if (match[1] === 'T') return [{ ...span, judgement: ids.has(match[0]) ? 'grounded' : 'no-such-track' }]
    const track = trackOf.get(match[0])
    // D2 is also a note.
    if (/\b(tun(?:e|ed|ing)|notes?|root)\b/i.test(clauseAt(view, span.start)))
      return [{ ...span, judgement: ground.words.has(match[0].toLowerCase()) ? 'grounded' : 'no-such-value' }]
    if (track === undefined && ground.words.has(match[0].toLowerCase()))
      return [{ ...span, judgement: 'grounded' }]
    if (track === undefined) return [{ ...span, judgement: 'no-such-device' }]
    const near = view.text.slice(Math.max(0, span.start - 14), span.end + 16)
    const named =
      /\b(T\d{1,3})(?:'s)?\s*[(,]?\s*D\d+/.exec(near)?.[1] ??
      /D\d+\)?\s+(?:on|of|in|auf|von)\s+(T\d{1,3})/.exec(near)?.[1]
    return [{ ...span, judgement: named !== undefined && named !== track ? 'other-track' : 'grounded' }]
  })
}

/** "the Compressor on T3" where T3 has none; to add one is advice. */
function checkDevices(view: View, ground: Ground): Judged[] {
  const known = new Map(
    ground.told.tracks.map(({ id, devices }) => [id, new Set(devices.map(({ label }) => label))]),
  )
  return DEVICE_LABELS.flatMap((label) =>
    [...view.text.matchAll(new RegExp(`\\b${label.replace('-', '[- ]')}\\b`, 'g'))].flatMap(
      (match): Judged[] => {
        const clause = clauseAt(view, match.index)
        const ids = [...new Set(clause.match(/\bT\d{1,3}\b/g))]
        const [only] = ids
        const devices = only === undefined ? undefined : known.get(only)
        if (ids.length !== 1 || !devices || ADDING.test(clause)) return []
        // "Compressor" inside "Glue Compressor" is that device.
        if ([...devices].some((own) => own === label || own.includes(label))) return []
        if (
          DEVICE_LABELS.some(
            (longer) => longer !== label && longer.includes(label) && clause.includes(longer),
          )
        )
          return []
        return [{ start: match.index, end: match.index + match[0].length, judgement: 'no-such-device' }]
      },
    ),
  )
}

/** "your vocal track" where no track of the set is one. */
function checkRoles(view: View, ground: Ground): Judged[] {
  const roles = new Set(ground.told.tracks.map(({ role }) => role))
  return SPOKEN_ROLES.flatMap(({ words, roles: meant }) =>
    [...view.text.matchAll(new RegExp(words, 'gi'))].flatMap((match): Judged[] => {
      if (/\b(if|any|separate|own|falls|wenn|whether|no)\b/i.test(clauseAt(view, match.index))) return []
      const isKnown = meant.some((role) => roles.has(role))
      return [
        {
          start: match.index,
          end: match.index + match[0].length,
          judgement: isKnown ? 'grounded' : 'no-such-track',
        },
      ]
    }),
  )
}

interface Key {
  pitch: number
  isMinor: boolean
}

function readKey(text: string): Key | undefined {
  const match = new RegExp(KEY, 'i').exec(text)
  if (!match?.[1]) return undefined
  const natural = PITCHES.indexOf(match[1].toLowerCase())
  const sign = match[2] ?? match[3] ?? ''
  const shift = /[#♯]|sharp/i.test(sign) ? 1 : sign === '' ? 0 : -1
  return { pitch: (natural + shift + 12) % 12, isMinor: /^(minor|min|moll)$/i.test(match[4] ?? '') }
}

/** The same scale under its other name: A minor and C major. */
const relativeOf = ({ pitch, isMinor }: Key): Key => ({
  pitch: (pitch + (isMinor ? 3 : 9)) % 12,
  isMinor: !isMinor,
})
const isSame = (a: Key, b: Key) => a.pitch === b.pitch && a.isMinor === b.isMinor

function checkKeys(view: View, ground: Ground, said: string): Judged[] {
  const known = ground.facts.flatMap(({ value }) => (typeof value === 'string' ? (readKey(value) ?? []) : []))
  const folded = said.toLowerCase()
  return [...view.text.matchAll(KEY)].map((match) => {
    const key = readKey(match[0])
    const sentence = sentenceAt(view, match.index)
    const mayBeRelative = /\brelativ|\bparallel/i.test(sentence)
    const fits =
      key !== undefined &&
      known.some((other) => isSame(key, other) || (mayBeRelative && isSame(key, relativeOf(other))))
    const isSaid = folded.includes(match[0].toLowerCase())
    const judgement: Judgement = fits ? 'grounded' : isSaid ? 'said' : 'no-such-key'
    return { start: match.index, end: match.index + match[0].length, judgement }
  })
}

/** Camelot codes such as 8A; neighbours on the wheel are DJ craft, not measured. */
function checkCamelot(view: View, ground: Ground): Judged[] {
  return [...view.text.matchAll(/\b(1[0-2]|[1-9])([AB])\b/g)].flatMap((match): Judged[] => {
    const sentence = sentenceAt(view, match.index)
    if (!/camelot|wheel|key|Tonart|DJ/i.test(sentence)) return []
    if (ground.words.has(match[0].toLowerCase()))
      return [{ start: match.index, end: match.index + match[0].length, judgement: 'grounded' }]
    const isNeighbour = /\b(mix(?:es)?|compatible|neighbou?r|next to|passt)\b/i.test(sentence)
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        judgement: isNeighbour ? 'advice' : 'no-such-key',
      },
    ]
  })
}

const NOTE = /\b([A-G](?:#|♯|b|♭)?[0-7])\b/g

/** Notes of the bass, where the sentence speaks of notes. */
function checkNotes(view: View, ground: Ground): Judged[] {
  return [...view.text.matchAll(NOTE)].flatMap((match): Judged[] => {
    const sentence = sentenceAt(view, match.index)
    if (!/\b(notes?|bass|sub|root|plays|Noten?|Bass|Ton)\b/.test(sentence) || /^D\d/.test(match[0])) return []
    if (ground.words.has(match[0].replace('♯', '#').replace('♭', 'b').toLowerCase()))
      return [{ start: match.index, end: match.index + match[0].length, judgement: 'grounded' }]
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        judgement: ADVICE.test(clauseAt(view, match.index)) ? 'advice' : 'no-such-value',
      },
    ]
  })
}

/** "in 4/4": the metre that was heard or stored; note values such as 1/16 are no metre. */
function checkMetres(view: View, ground: Ground): Judged[] {
  return [...view.text.matchAll(/(?<![\d/])(\d{1,2})\/(4|8)(?![\d/])/g)].flatMap((match): Judged[] => {
    if (
      !/\b(time signature|met(?:re|er)|Taktart|in \d|signature)\b/i.test(sentenceAt(view, match.index)) ||
      Number(match[1]) < 2
    )
      return []
    return [
      {
        start: match.index,
        end: match.index + match[0].length,
        judgement: ground.words.has(match[0]) ? 'grounded' : 'no-such-value',
      },
    ]
  })
}

/** Times, bars, tracks, devices, keys, notes and metres against the analysis. */
export function checkPlaces(view: View, ground: Ground, said: string): Judged[] {
  return [
    ...checkTimes(view, ground),
    ...checkRatios(view, ground),
    ...checkBars(view, ground),
    ...checkIds(view, ground),
    ...checkDevices(view, ground),
    ...checkRoles(view, ground),
    ...checkKeys(view, ground, said),
    ...checkCamelot(view, ground),
    ...checkNotes(view, ground),
    ...checkMetres(view, ground),
  ]
}
