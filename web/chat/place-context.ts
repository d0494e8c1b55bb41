import { createContext } from 'react'
import { numberSet } from '../../src/grounding/id-contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { lightUp } from '../report/light-up.ts'
import { measureLabel } from '../report/measures.ts'
import type { Timeline } from '../report/timeline.ts'

/** What the chips of an answer need: names for ids, and ways to the places they speak of. */
export interface Places {
  /** The real name of a track or device of the set; undefined for ids that do not exist. */
  nameOf: (id: string) => string | undefined
  showId: (id: string) => void
  showPath: (path: string) => void
  /** What a path of the report is called. */
  pathLabel: (path: string) => string
  /** Whether a moment lies in the track. */
  hasTime: (seconds: number) => boolean
  seek: (seconds: number) => void
  /** Start of a bar; undefined where bars are not known. */
  barSeconds: (bar: number) => number | undefined
}

const nowhere = () => undefined

export const PlaceContext = createContext<Places>({
  nameOf: nowhere,
  showId: nowhere,
  showPath: nowhere,
  pathLabel: measureLabel,
  hasTime: () => false,
  seek: nowhere,
  barSeconds: nowhere,
})

/** Bars as the report counts them: those of the set where it lies over the file, else those that were heard. */
function barStarts({ fusion, rhythm }: Report): { firstBar: number; starts: readonly number[] } {
  if (fusion?.timing) return { firstBar: fusion.timing.firstBar, starts: fusion.timing.barStartsSeconds }
  return { firstBar: 1, starts: rhythm?.downbeatsSeconds ?? [] }
}

/** Where a path of the report has a place in time: a section, an event, the highest peak. */
function secondsOf(report: Report, path: string): number | undefined {
  const section = /^structure\.sections\[(\d+)\]/.exec(path)
  if (section) return report.structure?.sections[Number(section[1])]?.startSeconds
  const [, rule] = /^findings\.([a-z-]+)/.exec(path) ?? []
  if (rule !== undefined)
    return report.findings?.findings.find((finding) => finding.rule === rule)?.place.times[0]?.startSeconds
  if (path.startsWith('peaks.truePeak')) return report.peaks?.truePeakSeconds ?? undefined
  if (path.startsWith('peaks.clips')) return report.peaks?.clips?.firstSeconds ?? undefined
  const range = /^changes\.ranges\[(\d+)\]/.exec(path)
  return range ? report.changes?.ranges[Number(range[1])]?.startSeconds : undefined
}

/** A finding is called by its title, everything else as the page calls it. */
function labelOf(report: Report, path: string): string {
  const [, rule] = /^findings\.([a-z-]+)/.exec(path) ?? []
  const finding = report.findings?.findings.find((each) => each.rule === rule)
  return finding?.title ?? measureLabel(path)
}

export function createPlaces(report: Report, timeline: Timeline): Places {
  const tracks = report.set === null ? [] : numberSet(report.set)
  const names = new Map<string, string>()
  const trackOf = new Map<string, string>()
  for (const { id, track, devices } of tracks) {
    names.set(id, track.name === '' ? id : track.name)
    for (const numbered of devices) {
      names.set(numbered.id, numbered.device.name)
      trackOf.set(numbered.id, id)
    }
  }
  const { firstBar, starts } = barStarts(report)
  const durationSeconds = report.source?.durationSeconds ?? 0
  const seek = (seconds: number) => timeline.seek(seconds)
  const showId = (id: string) => {
    const track = trackOf.get(id)
    lightUp(track === undefined ? `set.${id}` : `set.${track}.devices`)
  }
  return {
    nameOf: (id) => names.get(id),
    showId,
    pathLabel: (path) => labelOf(report, path),
    showPath(path) {
      const [, id] = /^set\.([TD]\d+)/.exec(path) ?? []
      const seconds = secondsOf(report, path)
      if (seconds !== undefined) seek(seconds)
      if (id === undefined) lightUp(path)
      else showId(id)
    },
    hasTime: (seconds) => seconds >= 0 && seconds <= durationSeconds,
    seek,
    barSeconds: (bar) => starts[bar - firstBar],
  }
}
