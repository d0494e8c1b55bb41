import type { LiveSet, SetDevice, SetTrack } from '../als/contract.ts'

/** A device of the set under the id that stands for it wherever its name must not go. */
export interface NumberedDevice {
  /** D1, D2 … through the whole set, in the order of the tracks and from outer to inner. */
  id: string
  /** T1, T2 … */
  trackId: string
  device: SetDevice
  /** 0 for a device of the track itself; more inside racks. */
  depth: number
}

export interface NumberedTrack {
  id: string
  track: SetTrack
  devices: NumberedDevice[]
}

/** Ids for the tracks and devices of a set: the same for the same set, on the server and on the page. */
export function numberSet(set: LiveSet): NumberedTrack[] {
  let count = 0
  const numbered = (devices: readonly SetDevice[], trackId: string, depth: number): NumberedDevice[] =>
    devices.flatMap((device) => {
      count += 1
      const own = { id: `D${count}`, trackId, device, depth }
      const inner = [...device.chains, ...device.returnChains].flatMap((chain) =>
        numbered(chain.devices, trackId, depth + 1),
      )
      return [own, ...inner]
    })
  return set.tracks.map((track, index) => {
    const id = `T${index + 1}`
    return { id, track, devices: numbered(track.devices, id, 0) }
  })
}
