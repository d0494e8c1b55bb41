import type { LiveSet, SetClip, SetDevice, SetTrack } from '../../src/als/contract.ts'
import { preflight } from '../../src/preflight/preflight.ts'
import { device } from '../als/arbitrary-device.ts'
import { exampleSet } from '../als/example-set.ts'
import { printAndParse } from '../als/round-trip.ts'

/** A set with nothing to object to, open for changes: the example set with its limiter at −1 dB. */
export class OpenSet {
  readonly set: LiveSet = exampleSet(12).set

  constructor() {
    this.track('Main').devices = [limiter(-1)]
  }

  track(name: string): SetTrack {
    const found = this.set.tracks.find((track) => track.name === name)
    if (found === undefined) throw new Error(`the example set has no track ${name}`)
    return found
  }

  clip(trackName: string): SetClip {
    const [clip] = this.track(trackName).clipList
    if (clip === undefined) throw new Error(`${trackName} has no clip`)
    return clip
  }

  audio(trackName: string): NonNullable<SetClip['audio']> {
    const { audio } = this.clip(trackName)
    if (audio === null) throw new Error(`${trackName} plays no sample`)
    return audio
  }

  addTrack(like: string, name: string, parts: Partial<SetTrack> = {}): SetTrack {
    const id = String(100 + this.set.tracks.length)
    const track = { ...structuredClone(this.track(like)), name, userName: name, id, ...parts }
    const at = this.set.tracks.findIndex(({ kind }) => kind === 'return' || kind === 'main')
    this.set.tracks.splice(track.kind === 'return' ? this.set.tracks.length - 1 : at, 0, track)
    return track
  }
}

/** A device as Live stores it: parameters by their element names, in Live's own scale. */
export function effect(
  deviceClass: string,
  stored: Record<string, number | boolean>,
  parts: Partial<SetDevice> = {},
): SetDevice {
  return device(deviceClass, deviceClass, { storedParameters: stored, liveId: '3000', ...parts })
}

export function limiter(ceilingDb: number, parts: Partial<SetDevice> = {}): SetDevice {
  return effect('Limiter', {}, { parameters: { gainDb: 0, ceilingDb, auto: true }, ...parts })
}

/** A Utility that changes nothing but what is given. */
export function utility(stored: Record<string, number | boolean>): SetDevice {
  return effect('StereoGain', { StereoWidth: 1, Gain: 1, ...stored })
}

/** A compressor on a side-chain of the track with this id. */
export function ducker(
  releaseMs: number,
  trackId = '11',
  stored: Record<string, number | boolean> = {},
): SetDevice {
  return effect(
    'Compressor2',
    { Release: releaseMs, ...stored },
    {
      sidechain: { trackId, trackName: null, point: 'post-fx', chainId: null, source: 'Kick' },
      parameters: { thresholdDb: -20, ratio: 4, attackMs: 1, outputGainDb: 0, makeup: false, kneeDb: 0 },
    },
  )
}

/** What preflight finds in a changed set after it went through a file. */
export async function found(change: (open: OpenSet) => void) {
  const open = new OpenSet()
  change(open)
  const parsed = await printAndParse({ era: 12, set: open.set })
  return { set: parsed, ...preflight(parsed) }
}
