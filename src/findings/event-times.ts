import type { EventList } from '../audio/contract.ts'

const MOST_PLACES = 20

/** Where something happened, each place long enough to be heard and seen. */
export function eventTimes({ events }: EventList): { startSeconds: number; endSeconds: number }[] {
  return events.slice(0, MOST_PLACES).map(({ startSeconds, durationSeconds }) => ({
    startSeconds,
    endSeconds: startSeconds + durationSeconds,
  }))
}
