import type { SetRouting, SetSidechain } from './contract.ts'
import type { Reading } from './reading.ts'
import { cleanName } from './text.ts'

const TRACK = /\/Track\.(\d{1,12})(?:\/|$)/
const CHAIN = /\/DeviceOut\.\d{1,6}\.B(\d{1,12})/

/** What a stored target such as "AudioIn/Track.12/PostFxOut" points at. */
export function routingFromTarget(target: string): SetRouting {
  const trackId = TRACK.exec(target)?.[1] ?? null
  return { kind: kindOf(target, trackId), trackId, point: pointOf(target), target: cleanName(target) }
}

function kindOf(target: string, trackId: string | null): SetRouting['kind'] {
  if (trackId !== null) return 'track'
  const place = target.split('/')[1]
  if (place === 'Main' || place === 'Master') return 'main'
  if (place === 'GroupTrack') return 'group'
  if (place === 'External') return 'external'
  return place === 'None' ? 'none' : 'other'
}

function pointOf(target: string): SetRouting['point'] {
  if (/\/DeviceOut\./.test(target)) return 'chain'
  if (/\/DeviceIn\./.test(target)) return 'device-in'
  const last = target.slice(target.lastIndexOf('/') + 1)
  if (last === 'PreFxOut') return 'pre-fx'
  if (last === 'PostFxOut') return 'post-fx'
  if (last === 'TrackOut') return 'post-mixer'
  return last === 'TrackIn' ? 'track-in' : null
}

/** Output or input of a track; null when the file does not hold it. */
export function readRouting(reading: Reading, node: number): SetRouting | null {
  const target = reading.raw(reading.tape.child(node, 'Target'))
  return target === null ? null : routingFromTarget(target)
}

/**
 * The side-chain of a device, when it works: switched on and with a source. Plug-ins have it switched on from the
 * start, with no source, so the switch alone says nothing. The name of the track is filled in once all are known.
 */
export function readSidechain(reading: Reading, device: number): SetSidechain | null {
  const { tape } = reading
  const node = tape.child(device, 'SideChain')
  const routable = tape.path(node, 'RoutedInput', 'Routable')
  const target = reading.raw(tape.child(routable, 'Target'))
  if (target === null || target === 'AudioIn/None' || reading.flag(tape.child(node, 'OnOff')) !== true)
    return null
  const { kind, trackId, point } = routingFromTarget(target)
  const shown = ['UpperDisplayString', 'LowerDisplayString'].map((part) =>
    reading.name(tape.child(routable, part)),
  )
  return {
    trackId,
    trackName: null,
    point: point === 'track-in' || point === 'device-in' ? null : point,
    chainId: CHAIN.exec(target)?.[1] ?? null,
    source: shown.filter(Boolean).join(' | ') || kind,
  }
}
