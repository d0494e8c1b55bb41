import { useSyncExternalStore } from 'react'

/** What is open in the arrangement; indexes are those of set.tracks. */
export interface ViewState {
  selected: number | null
  folded: ReadonlySet<number>
  /** Tracks whose automation is shown. */
  lanes: ReadonlySet<number>
}

export interface ArrangementView {
  get: () => ViewState
  subscribe: (listener: () => void) => () => void
  select: (track: number | null) => void
  toggleFold: (group: number) => void
  toggleLanes: (track: number) => void
  /** Selects a track and opens the groups around it. */
  reveal: (track: number, groups: readonly number[]) => void
}

function toggled(set: ReadonlySet<number>, value: number): Set<number> {
  const next = new Set(set)
  if (!next.delete(value)) next.add(value)
  return next
}

/** Shared by the arrangement and by whoever points at a place in it. */
export function createArrangementView(): ArrangementView {
  let state: ViewState = { selected: null, folded: new Set(), lanes: new Set() }
  const listeners = new Set<() => void>()
  const change = (part: Partial<ViewState>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    select: (selected) => change({ selected }),
    toggleFold: (group) => change({ folded: toggled(state.folded, group) }),
    toggleLanes: (track) => change({ lanes: toggled(state.lanes, track) }),
    reveal: (track, groups) => {
      const folded = new Set([...state.folded].filter((group) => !groups.includes(group)))
      change({ selected: track, folded })
    },
  }
}

export function useArrangementView(view: ArrangementView): ViewState {
  return useSyncExternalStore(view.subscribe, view.get)
}
