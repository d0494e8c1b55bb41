import type { SetLimits } from './limits.ts'
import { NONE } from './no-node.ts'
import type { NotUnderstoodList } from './not-understood.ts'
import { numberFromBytes } from './number.ts'
import type { Tape } from './tape.ts'
import { cleanInfo, cleanName } from './text.ts'

/** Time of the event that holds a value before the song starts, in beats. */
export const BEFORE_THE_SONG_BEATS = -63_072_000

export type Range = { readonly min: number; readonly max: number }

/**
 * Reads values from the part of the set on the tape. A node is a plain leaf (`Value`) or a parameter, whose value is
 * `Manual` (Live 9 and newer) or the first event of its automation (Live 8). Absent and senseless values are null.
 */
export class Reading {
  readonly tape: Tape
  readonly limits: SetLimits
  readonly notUnderstood: NotUnderstoodList

  constructor(tape: Tape, limits: SetLimits, notUnderstood: NotUnderstoodList) {
    this.tape = tape
    this.limits = limits
    this.notUnderstood = notUnderstood
  }

  number(node: number, range?: Range): number | null {
    return this.attributeNumber(this.valueAttribute(node), node, range)
  }

  integer(node: number): number | null {
    const value = this.number(node)
    return Number.isSafeInteger(value) ? value : null
  }

  flag(node: number): boolean | null {
    return this.attributeFlag(this.valueAttribute(node), node)
  }

  attributeFlag(attribute: number, node: number): boolean | null {
    const text = this.tape.text(attribute)
    if (text === undefined) return null
    if (text === 'true' || text === 'false') return text === 'true'
    if (/^-?\d{1,20}(?:\.\d{1,20})?$/.test(text)) return Number(text) !== 0
    this.notUnderstood.add('value', 'neither true nor false', this.tape.name(node))
    return null
  }

  /** Text as stored, for identifiers and targets; null when absent. */
  raw(node: number): string | null {
    return this.tape.text(this.tape.attribute(node, 'Value')) ?? null
  }

  name(node: number): string | null {
    const text = this.raw(node)
    return text === null ? null : cleanName(text)
  }

  /** A name of which "" means none. */
  givenName(node: number): string | null {
    return this.name(node) || null
  }

  info(node: number): string | null {
    const text = this.raw(node)
    return text === null || text === '' ? null : cleanInfo(text)
  }

  id(node: number): string | null {
    const text = this.tape.text(this.tape.attribute(node, 'Id'))
    return text === undefined ? null : cleanName(text)
  }

  attributeNumber(attribute: number, node: number, range?: Range): number | null {
    if (attribute < 0) return null
    const { tape } = this
    const value = numberFromBytes(
      tape.arena,
      tape.valueFrom[attribute] ?? 0,
      tape.valueFrom[attribute + 1] ?? 0,
    )
    if (Number.isNaN(value)) {
      this.notUnderstood.add('value', 'not a number', tape.name(node))
      return null
    }
    if (range !== undefined && (value < range.min || value > range.max)) {
      this.notUnderstood.add('value', 'out of range', tape.name(node))
      return null
    }
    return value
  }

  /** Attribute that holds the value of a leaf or parameter, or NONE. */
  valueAttribute(node: number): number {
    const { tape } = this
    const own = tape.attribute(node, 'Value')
    if (own >= 0) return own
    const manual = tape.child(node, 'Manual')
    if (manual >= 0) return tape.attribute(manual, 'Value')
    const first = tape.firstChild(tape.path(node, 'ArrangerAutomation', 'Events'))
    return first < 0 ? NONE : tape.attribute(first, 'Value')
  }

  /** Notes the children of a node that this reader does not know: something new in a place that is read. */
  noteUnknownChildren(node: number, where: string, known: ReadonlySet<string>): void {
    for (const child of this.tape.children(node)) {
      const name = this.tape.name(child)
      if (!known.has(name)) this.notUnderstood.add('element', name, where)
    }
  }
}
