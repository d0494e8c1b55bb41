import type { PreflightResult } from '../../src/preflight/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { createSetClock } from '../arrangement/set-clock.ts'
import type { SetOffset } from '../arrangement/set-offset.ts'
import type { ArrangementView } from '../arrangement/view-state.ts'
import { lightUp } from './light-up.ts'
import type { Timeline } from './timeline.ts'

/** Where the set's beat 0 lies on the axis of the audio; null when there is no audio and the set has the axis alone. */
export function setOffset({ source, fusion }: Report): SetOffset | null {
  if (source === null) return null
  if (fusion?.timing) return { seconds: -fusion.timing.offsetSeconds, known: 'compared' }
  return { seconds: 0, known: fusion?.match.verdict === 'no' ? 'other-song' : 'not' }
}

/** Whether anything of the set lies on a time axis. */
export function hasArrangement({ set, arrangement }: Report): boolean {
  return set !== null && arrangement !== null && arrangement !== undefined && set.arrangementLengthBeats > 0
}

/** Length of the report's axis: that of the audio, else of the set, in seconds. */
export function axisSeconds({ source, set, arrangement }: Report): number {
  if (source !== null) return source.durationSeconds
  if (set === null || arrangement === null || arrangement === undefined) return 0
  const endBeat = Math.max(set.arrangementLengthBeats, set.locators.at(-1)?.beat ?? 0)
  return createSetClock(arrangement, 0).secondsOf(endBeat)
}

/** Shows a place that preflight speaks of: its bar on the axis, its track in the arrangement, its devices in the table. */
export function showPlace(
  report: Report,
  timeline: Timeline,
  view: ArrangementView,
  { place }: PreflightResult,
): void {
  const { arrangement, set } = report
  if (place.beat !== null && arrangement) {
    timeline.seek(createSetClock(arrangement, setOffset(report)?.seconds ?? 0).secondsOf(place.beat))
  }
  if (place.trackIndex !== null && set !== null)
    view.reveal(place.trackIndex, groupsAround(set.tracks, place.trackIndex))
  if (place.beat !== null && hasArrangement(report)) lightUp('arrangement')
  else if (place.trackIndex !== null) {
    lightUp(`set.T${place.trackIndex + 1}${place.deviceId === null ? '' : '.devices'}`)
  }
}

/** Shows a track where it stands: selected in the arrangement, else in the table of tracks. */
export function showTrack(report: Report, view: ArrangementView, trackIndex: number): void {
  const { set } = report
  if (set === null) return
  view.reveal(trackIndex, groupsAround(set.tracks, trackIndex))
  lightUp(hasArrangement(report) ? 'arrangement' : `set.T${trackIndex + 1}`)
}

/** The same, at a bar of the set where one is known. */
export function showTrackAt(
  report: Report,
  timeline: Timeline,
  view: ArrangementView,
  track: number,
  bar: number | undefined,
): void {
  const stretch = report.arrangement?.bars.findLast((each) => each.bar <= (bar ?? 0))
  if (bar !== undefined && report.arrangement && stretch) {
    const clock = createSetClock(report.arrangement, setOffset(report)?.seconds ?? 0)
    timeline.seek(clock.secondsOf(stretch.beat + (bar - stretch.bar) * stretch.barBeats))
  }
  showTrack(report, view, track)
}

function groupsAround(tracks: NonNullable<Report['set']>['tracks'], index: number): number[] {
  const groups: number[] = []
  for (let id = tracks[index]?.groupId ?? null; id !== null && groups.length < tracks.length; ) {
    const group = tracks.findIndex((track) => track.id === id)
    if (group < 0) break
    groups.push(group)
    id = tracks[group]?.groupId ?? null
  }
  return groups
}
