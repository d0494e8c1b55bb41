import type { SetDevice } from '../../als/contract.ts'
import { type Rule, word } from '../rule.ts'

/** Racks in which one chain is soloed beside others. */
const isHalfSilent = ({ chains, effectivelyOn }: SetDevice) =>
  effectivelyOn !== false && chains.length > 1 && chains.some(({ soloed }) => soloed === true)

export const chainSolo: Rule = {
  id: 'set-chain-solo',
  severity: 'warning',
  title: 'A chain in a rack is soloed',
  reason: 'The other chains of the rack are silent, also in an export.',
  provenance: 'standard',
  source: 'Live manual, Instrument, Drum and Effect Racks: solo',
  check: ({ tracks }) =>
    tracks.flatMap((track) =>
      track.allDevices.filter(isHalfSilent).map((device) => ({
        track,
        device,
        present: word(
          `solo on: ${device.chains.filter(({ soloed }) => soloed === true).length} of ${device.chains.length} chains`,
        ),
        proposed: word('solo off'),
      })),
    ),
}
