import type { Era } from './eras.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;', '>': '&gt;' }
export const CLOSED = 0.000_316_227_757_1
export const BEFORE_THE_SONG = -63_072_000

type Value = string | number | boolean

export function escaped(text: Value): string {
  return String(text).replace(/[&<">]/g, (mark) => ESCAPES[mark] ?? mark)
}

/** `<name Value="…" />`, the form of nearly all data in a set. */
export function leaf(name: string, value: Value): string {
  return `<${name} Value="${escaped(value)}" />`
}

/** Nothing at all when there is no value. */
export function optional(name: string, value: Value | null): string {
  return value === null ? '' : leaf(name, value)
}

export function element(name: string, ...content: readonly string[]): string {
  return `<${name}>${content.join('\n')}</${name}>`
}

export function withId(name: string, id: number | string, ...content: readonly string[]): string {
  return `<${name} Id="${id}">${content.join('\n')}</${name}>`
}

export function amplitudeOf(db: number | null): number {
  return db === null ? CLOSED : 10 ** (db / 20)
}

export type Event = { readonly beat: number; readonly value: Value }

export function eventList(events: readonly Event[]): string {
  return element(
    'Events',
    ...events.map(({ beat, value }, index) => {
      const kind = typeof value === 'boolean' ? 'BoolEvent' : 'FloatEvent'
      return `<${kind} Id="${index}" Time="${beat}" Value="${value}" />`
    }),
  )
}

/** Writes parameters in the shape of one version, and keeps the envelopes that belong to the track. */
export class ParameterPrinter {
  readonly era: Era
  private nextTarget = 100
  private envelopes: string[] = []

  constructor(era: Era) {
    this.era = era
  }

  /** A parameter with its value at rest and the events of its automation, if it has any. */
  print(
    name: string,
    value: Value,
    events: readonly Event[] = [],
    target: number | string = this.nextTarget++,
  ): string {
    if (this.era === 8) {
      const rest = { beat: BEFORE_THE_SONG, value }
      const moving = events.filter(({ beat }) => beat !== BEFORE_THE_SONG)
      return element(name, element('ArrangerAutomation', eventList([rest, ...moving])))
    }
    const end = `<AutomationTarget Id="${target}"><LockEnvelope Value="0" /></AutomationTarget>`
    if (this.era === 9) {
      return element(name, element('ArrangerAutomation', eventList(events)), leaf('Manual', value), end)
    }
    if (events.length > 0) this.envelopes.push(envelope(target, events))
    return element(name, leaf('LomId', 0), leaf('Manual', value), end)
  }

  optional(name: string, value: Value | null): string {
    return value === null ? '' : this.print(name, value)
  }

  /** The envelopes since the last call, as Live 10 and newer put them into the track. */
  takeEnvelopes(): string {
    const list = this.envelopes
    this.envelopes = []
    return element('AutomationEnvelopes', element('Envelopes', ...list))
  }
}

function envelope(target: number | string, events: readonly Event[]): string {
  return element(
    'AutomationEnvelope',
    element('EnvelopeTarget', leaf('PointeeId', target)),
    element('Automation', eventList(events)),
  )
}
