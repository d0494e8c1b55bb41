import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

let chosen: MantineColorScheme | undefined

/** Keeps the chosen colour scheme in memory alone: nothing is written to the browser's storage. */
export const memoryColorScheme: MantineColorSchemeManager = {
  get: (defaultValue) => chosen ?? defaultValue,
  set: (value) => {
    chosen = value
  },
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {
    chosen = undefined
  },
}
