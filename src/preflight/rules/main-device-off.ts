import { isLimiter } from '../limiters.ts'
import { type Rule, word } from '../rule.ts'

/** They show and do not change the sound. */
const METERS = new Set(['SpectrumAnalyzer', 'Tuner'])

export const mainDeviceOff: Rule = {
  id: 'set-main-device-off',
  severity: 'advice',
  title: 'A device on the main track is switched off',
  reason: 'Compare before an export: either it belongs into the sound or out of the chain.',
  provenance: 'practice',
  source: 'usual last check before an export',
  check: (view) => {
    const { main } = view
    if (main === undefined || main.devices.length === 0) return null
    return main.devices
      .filter((device) => device.on === false && !METERS.has(device.class) && !isLimiter(device))
      .filter((device) => !view.isAutomated(main, device, 'on'))
      .map((device) => ({ track: main, device, present: word('off') }))
  },
}
