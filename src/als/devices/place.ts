import type { TrackAutomation } from '../automation.ts'
import type { SetDevice } from '../contract.ts'
import type { Reading } from '../reading.ts'

/** How many devices and chains, and how many of their stored parameters, the whole set may still add to the result. */
export type DeviceBudget = { left: number; storedParameters: number }

/** The track in which devices are read. */
export type DevicePlace = {
  readonly reading: Reading
  readonly automation: TrackAutomation
  readonly budget: DeviceBudget
}

/** Reads a list of devices: racks hold chains, and chains hold such lists again. */
export type ReadDevices = (place: DevicePlace, list: number, path: string, within: boolean) => SetDevice[]
