import { useSyncExternalStore } from 'react'

/** A part of the track. */
export interface Stretch {
  startSeconds: number
  endSeconds: number
}

/** Where the report's one time axis stands. All values in seconds from the start of the track. */
export interface TimelineState {
  durationSeconds: number
  fromSeconds: number
  toSeconds: number
  hoverSeconds: number | null
  playheadSeconds: number
  /** Places somebody points at. */
  lit: readonly Stretch[]
}

export interface Timeline {
  get: () => TimelineState
  subscribe: (listener: () => void) => () => void
  hover: (seconds: number | null) => void
  /** Moves the playhead because playback did; the visible part follows it. */
  follow: (seconds: number) => void
  /** Moves the playhead because the user did; playback hears of it through onSeek. */
  seek: (seconds: number) => void
  onSeek: (listener: (seconds: number) => void) => () => void
  show: (fromSeconds: number, toSeconds: number) => void
  /** Zooms around the playhead; a factor under 1 shows less of the track. */
  zoomBy: (factor: number) => void
  showAll: () => void
  /** Lights up these places on every plot, in place of those before. */
  light: (stretches: readonly Stretch[]) => void
}

/** Less than this is not shown on one screen: the curves have no finer points. */
const SHORTEST_VIEW_SECONDS = 2

export function createTimeline(durationSeconds: number): Timeline {
  let state: TimelineState = {
    durationSeconds,
    fromSeconds: 0,
    toSeconds: durationSeconds,
    hoverSeconds: null,
    playheadSeconds: 0,
    lit: [],
  }
  const listeners = new Set<() => void>()
  const seekListeners = new Set<(seconds: number) => void>()

  const change = (part: Partial<TimelineState>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  const within = (seconds: number) => Math.min(Math.max(seconds, 0), durationSeconds)

  const viewAround = (seconds: number, lengthSeconds: number) => {
    const length = Math.min(Math.max(lengthSeconds, SHORTEST_VIEW_SECONDS), durationSeconds)
    const from = Math.min(Math.max(seconds - length / 2, 0), durationSeconds - length)
    return { fromSeconds: from, toSeconds: from + length }
  }
  const isVisible = (seconds: number) => seconds >= state.fromSeconds && seconds <= state.toSeconds
  const viewLength = () => state.toSeconds - state.fromSeconds

  const moveTo = (seconds: number) => {
    const playheadSeconds = within(seconds)
    const view = isVisible(playheadSeconds) ? {} : viewAround(playheadSeconds, viewLength())
    change({ playheadSeconds, ...view })
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hover: (seconds) => {
      if (seconds !== state.hoverSeconds) change({ hoverSeconds: seconds })
    },
    follow: moveTo,
    seek: (seconds) => {
      moveTo(seconds)
      for (const listener of seekListeners) listener(state.playheadSeconds)
    },
    onSeek: (listener) => {
      seekListeners.add(listener)
      return () => seekListeners.delete(listener)
    },
    show: (fromSeconds, toSeconds) =>
      change(viewAround((fromSeconds + toSeconds) / 2, toSeconds - fromSeconds)),
    zoomBy: (factor) => {
      const center = isVisible(state.playheadSeconds)
        ? state.playheadSeconds
        : (state.fromSeconds + state.toSeconds) / 2
      change(viewAround(center, viewLength() * factor))
    },
    showAll: () => change({ fromSeconds: 0, toSeconds: durationSeconds }),
    light: (lit) => change({ lit }),
  }
}

export function useTimeline(timeline: Timeline): TimelineState {
  return useSyncExternalStore(timeline.subscribe, timeline.get)
}
