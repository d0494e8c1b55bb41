import type { SetDevice } from '../als/contract.ts'
import type { ViewedTrack } from './set-view.ts'

/** Plug-ins that are limiters or hold one, by words of their names; a list cannot be complete. */
const LIMITER_NAME =
  /limit|maximi[sz]|ozone|pro-l\b|\bl[1-3]\b|elephant|loudmax|invisible|oxford|stealth|clip/i

export function isLimiter(device: SetDevice): boolean {
  return device.class === 'Limiter' || (device.plugin !== null && LIMITER_NAME.test(device.plugin.name ?? ''))
}

/** The last limiter of Live's own that works on a track; limiters in racks count. */
export function lastLimiter(track: ViewedTrack): SetDevice | undefined {
  return track.allDevices.findLast((device) => device.class === 'Limiter' && device.effectivelyOn !== false)
}

/** What cannot be looked into: a plug-in or a Max device may limit without saying so. */
export function isOpaque(device: SetDevice): boolean {
  return device.plugin !== null && device.effectivelyOn !== false
}
