import { useSyncExternalStore } from 'react'

const files = new Map<string, File>()
const listeners = new Set<() => void>()

/** Holds the user's own file for as long as this tab lives: the server has none to play. */
export function keepLocalFile(analysisId: string, file: File): void {
  files.set(analysisId, file)
  for (const listener of listeners) listener()
}

export function useLocalFile(analysisId: string): File | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => files.get(analysisId),
  )
}
