import type { LiveSet, SetDevice } from '../../als/contract.ts'

/** All devices of a set, on or off, track by track, those in racks right behind their rack: D1, D2, … */
export function numberedDevices({ tracks }: Pick<LiveSet, 'tracks'>): SetDevice[] {
  return tracks.flatMap((track) => opened(track.devices))
}

function opened(devices: readonly SetDevice[]): SetDevice[] {
  return devices.flatMap((device) => [
    device,
    ...[...device.chains, ...device.returnChains].flatMap((chain) => opened(chain.devices)),
  ])
}
