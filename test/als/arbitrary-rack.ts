import fc from 'fast-check'
import type { SetChain, SetDevice } from '../../src/als/contract.ts'
import { knownColor, withColor } from './arbitrary-color.ts'
import { arbitraryEffect, arbitraryPlugin, device } from './arbitrary-device.ts'
import { faderDb, given, pan } from './arbitrary-values.ts'
import type { Era } from './eras.ts'

const DEEPEST_RACK = 2
function arbitraryChain(era: Era, depth: number, isPad: boolean): fc.Arbitrary<SetChain> {
  return fc
    .record({
      name: given,
      color: knownColor.map(withColor(era)),
      on: fc.boolean(),
      soloed: fc.boolean(),
      volumeDb: faderDb,
      pan,
      midiNote: isPad ? fc.integer({ min: 0, max: 127 }) : fc.constant(null),
      chokeGroup: isPad ? fc.option(fc.integer({ min: 1, max: 16 })) : fc.constant(null),
      sends: fc.array(faderDb, { maxLength: isPad ? 2 : 0 }),
      devices: arbitraryDevices(era, depth + 1),
    })
    .map(({ color, sends, ...rest }) => ({
      id: null,
      ...color,
      ...rest,
      sends: sends.map((db, chainIndex) => ({ chainIndex, db })),
    }))
}

const macro = fc.record({ name: given, value: fc.integer({ min: 0, max: 127 }) })

function arbitraryRack(era: Era, depth: number, isDrum: boolean): fc.Arbitrary<SetDevice> {
  return fc
    .record({
      on: fc.boolean(),
      chains: fc.array(arbitraryChain(era, depth, isDrum), { maxLength: 2 }),
      returnChains: fc.array(arbitraryChain(era, depth, false), { maxLength: isDrum ? 1 : 0 }),
      macros: fc.array(macro, { maxLength: 2 }),
    })
    .map((parts) =>
      isDrum
        ? device('DrumGroupDevice', 'Drum Rack', parts)
        : device('AudioEffectGroupDevice', 'Audio Effect Rack', parts),
    )
}

/** Devices of all kinds, racks within racks included. */
export function arbitraryDevices(era: Era, depth = 0): fc.Arbitrary<SetDevice[]> {
  const simple = [arbitraryEffect(era), arbitraryPlugin(era)]
  const racks =
    depth < DEEPEST_RACK ? [arbitraryRack(era, depth, false), arbitraryRack(era, depth, true)] : []
  return fc.array(fc.oneof(...simple, ...racks), { maxLength: depth === 0 ? 3 : 1 })
}

/** Numbers of the switches, which Live 8 does not have. */
export type Ids = { next: number | null }

export type Surroundings = { readonly ids: Ids; readonly nameOf: (trackId: string) => string | undefined }

/** What the reader works out from where a device stands: ids, whether all around it is on, names of other tracks. */
export function settle(
  devices: readonly SetDevice[],
  path: string,
  within: boolean,
  around: Surroundings,
): SetDevice[] {
  return devices.map((each, index) => {
    const id = `${path}/${index}`
    const effectivelyOn = each.on === true && within
    const inChains = (chains: readonly SetChain[], prefix: string) =>
      chains.map((chain, at) => ({
        ...chain,
        id: String(at),
        devices: settle(chain.devices, `${id}/${prefix}${at}`, effectivelyOn && chain.on === true, around),
      }))
    const { sidechain } = each
    return {
      ...each,
      id,
      liveId: around.ids.next === null ? null : String(around.ids.next++),
      effectivelyOn,
      sidechain: sidechain && { ...sidechain, trackName: around.nameOf(sidechain.trackId ?? '') ?? null },
      chains: inChains(each.chains, ''),
      returnChains: inChains(each.returnChains, 'r'),
    }
  })
}
