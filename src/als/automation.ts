import type { SetAutomation } from './contract.ts'
import { NONE } from './no-node.ts'
import { BEFORE_THE_SONG_BEATS, type Reading } from './reading.ts'

/** Turns a stored number into the unit in which it is reported; null for −∞. */
export type Unit = (stored: number) => number | null

export const asStored: Unit = (stored) => stored

export type Breakpoints = {
  readonly initial: number | null
  readonly points: SetAutomation['points']
  readonly pointCount: number
  readonly eventCount: number
}

/** How much automation the whole set may still add to the result. */
export type BreakpointBudget = { left: number }

/**
 * The automation of one track: finds the events of a parameter, which Live 8 and 9 keep with the parameter itself and
 * Live 10 and newer in the envelopes of the track.
 */
export class TrackAutomation {
  readonly found: SetAutomation[] = []
  private readonly reading: Reading
  private readonly budget: BreakpointBudget
  private readonly envelopes = new Map<number, number>()
  private readonly unclaimed = new Set<number>()

  constructor(reading: Reading, track: number, budget: BreakpointBudget) {
    this.reading = reading
    this.budget = budget
    const { tape } = reading
    for (const envelope of tape.children(tape.path(track, 'AutomationEnvelopes', 'Envelopes'))) {
      const target = reading.number(tape.path(envelope, 'EnvelopeTarget', 'PointeeId'))
      const events = tape.path(envelope, 'Automation', 'Events')
      if (events >= 0 && this.movesSomething(events)) {
        this.unclaimed.add(events)
        if (target !== null) this.envelopes.set(target, events)
      }
    }
  }

  /** The list of events that moves this parameter, or NONE. */
  eventsOf(parameter: number): number {
    const { tape } = this.reading
    return this.eventsAt(
      tape.child(parameter, 'AutomationTarget'),
      tape.child(parameter, 'ArrangerAutomation'),
    )
  }

  /** The same for a parameter of which these two children are known. */
  eventsAt(automationTarget: number, arrangerAutomation: number): number {
    const { tape } = this.reading
    if (this.envelopes.size > 0 && automationTarget >= 0) {
      const id = this.reading.attributeNumber(tape.attribute(automationTarget, 'Id'), automationTarget)
      const events = id === null ? undefined : this.envelopes.get(id)
      if (events !== undefined) {
        this.unclaimed.delete(events)
        return events
      }
    }
    return tape.child(arrangerAutomation, 'Events')
  }

  /** Notes the automation of a parameter under the given name, when it has more than its one resting value. */
  add(node: number, parameter: string, unit: Unit, device: { id: string; name: string } | undefined): void {
    this.addEvents(this.eventsOf(node), parameter, unit, device)
  }

  addEvents(
    events: number,
    parameter: string,
    unit: Unit,
    device: { id: string; name: string } | undefined,
  ): void {
    if (!this.movesSomething(events)) return
    if (this.budget.left <= 0) {
      this.reading.notUnderstood.add('limit', 'automated parameters', 'automation')
      return
    }
    const { initial, points, pointCount, eventCount } = this.read(events, unit, this.budget.left)
    this.budget.left -= Math.max(1, points.length)
    if (eventCount > 1) {
      this.found.push({
        deviceId: device?.id ?? null,
        deviceName: device?.name ?? null,
        parameter,
        pointCount,
        points,
        initial,
      })
    }
  }

  /** True for more than one event: the first alone is the value at rest. */
  movesSomething(events: number): boolean {
    const { tape } = this.reading
    const first = tape.firstChild(events)
    return first >= 0 && (tape.end[first] ?? 0) < (tape.end[events] ?? 0)
  }

  /** Notes the envelopes that belong to no parameter that was read; returns how many there are. */
  noteUnclaimed(): number {
    const count = this.unclaimed.size
    if (count > 0)
      this.reading.notUnderstood.add('element', 'automation of an unknown parameter', 'Track', count)
    return count
  }

  /** All events of a list, and the first `most` breakpoints. */
  read(events: number, unit: Unit, most: number): Breakpoints {
    const { tape } = this.reading
    if (events === NONE) return { initial: null, points: [], pointCount: 0, eventCount: 0 }
    let initial: number | null = null
    let eventCount = 0
    let pointCount = 0
    const points: SetAutomation['points'] = []
    const timeName = tape.names.find('Time')
    const valueName = tape.names.find('Value')
    const stop = tape.end[events] ?? 0
    for (let event = events + 1; event < stop; event = tape.end[event] ?? stop) {
      const beat = this.reading.attributeNumber(tape.attributeNamed(event, timeName), event)
      const stored = this.eventValue(event, tape.attributeNamed(event, valueName))
      if (beat === null || stored === null) continue
      eventCount++
      const value = unit(stored)
      if (beat <= BEFORE_THE_SONG_BEATS) initial = value
      else if (++pointCount <= most) points.push({ beat, value })
    }
    if (pointCount > points.length) {
      this.reading.notUnderstood.add('limit', 'breakpoints', 'automation', pointCount - points.length)
    }
    return { initial, points, pointCount, eventCount }
  }

  private eventValue(event: number, attribute: number): number | null {
    const { tape } = this.reading
    if (tape.name(event) !== 'BoolEvent') return this.reading.attributeNumber(attribute, event)
    const text = tape.text(attribute)
    return text === 'true' ? 1 : text === 'false' ? 0 : null
  }
}
