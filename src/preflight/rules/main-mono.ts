import type { SetDevice } from '../../als/contract.ts'
import { numberOf, type Rule, word } from '../rule.ts'

const NARROWEST_WIDTH = 0.02

function stateOf(device: SetDevice): string | undefined {
  if (device.parameters.mute === true) return 'mute on'
  if (device.parameters.mono === true) return 'mono on'
  const width = numberOf(device, 'width')
  return width !== null && width < NARROWEST_WIDTH ? 'width 0 %' : undefined
}

export const mainMono: Rule = {
  id: 'set-main-mono',
  severity: 'serious',
  title: 'The main track is mono or muted by a Utility',
  reason: 'Good for checking, but it goes into the export.',
  provenance: 'practice',
  source: 'usual last check before an export',
  check: (view) => {
    const { main } = view
    const utilities = main?.devices.filter((device) => device.class === 'StereoGain') ?? []
    if (main === undefined || utilities.length === 0) return null
    return utilities.flatMap((device) => {
      const state = device.effectivelyOn === false ? undefined : stateOf(device)
      const moves = ['mute', 'mono', 'width', 'on'].some((key) => view.isAutomated(main, device, key))
      if (state === undefined || moves) return []
      return [
        {
          track: main,
          device,
          present: word(state),
          proposed: word('off'),
          doubt: 'Right for a mono release.',
        },
      ]
    })
  },
}
