import { TrackAutomation } from './automation.ts'
import type { LiveSet, SetTrack } from './contract.ts'
import { LiveSetError } from './errors.ts'
import { gunzipBounded } from './gunzip-bounded.ts'
import { LIVE_SET_ELEMENTS } from './known-elements.ts'
import { DEFAULT_LIMITS, type SetLimits } from './limits.ts'
import { NotUnderstoodList } from './not-understood.ts'
import { type Descent, type XmlListener, XmlReader } from './read-xml.ts'
import { Reading } from './reading.ts'
import { resolveReferences, usedPlugins } from './resolve.ts'
import { SampleCensus } from './samples.ts'
import { readScale } from './scale.ts'
import {
  readCueVolume,
  readLocators,
  readScenes,
  readSendsPre,
  readTransport,
  readTuning,
} from './set-parts.ts'
import type { Tape } from './tape.ts'
import { NO_TIMING, readTiming } from './tempo.ts'
import { secondsOfBeats } from './tempo-map.ts'
import { type Budgets, outerChain, readTrack, trackKind } from './tracks.ts'
import { NEWEST_KNOWN_LIVE, readVersion, type Version } from './version.ts'

export type ParseOptions = {
  readonly signal?: AbortSignal
  readonly limits?: Partial<SetLimits>
}

/**
 * Reads a Live set (.als): gzip or plain XML of Live 8 and newer, as a stream, in bounded memory and time.
 * What the file does not hold is null; what this reader does not know is in notUnderstood.
 * @param source the bytes of the file in any chunks
 * @throws LiveSetError for every file that is not a sound Live set; the reason of the signal when it is aborted
 */
export async function parseLiveSet(
  source: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<LiveSet> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const set = new SetReader(limits)
  const xml = new XmlReader(set, limits)
  for await (const chunk of gunzipBounded(source, limits, options.signal)) {
    options.signal?.throwIfAborted()
    xml.push(chunk)
  }
  xml.finish()
  return set.result()
}

class SetReader implements XmlListener {
  private readonly limits: SetLimits
  private readonly notUnderstood: NotUnderstoodList
  private readonly samples = new SampleCensus()
  private readonly budgets: Budgets
  private version: Version = { creator: null, liveMajor: null }
  private inTracks: boolean = false
  private sawLiveSet: boolean = false
  private readonly tracks: SetTrack[] = []
  private mainTrack: SetTrack | undefined
  private timing = NO_TIMING
  private scale: LiveSet['scale'] = null
  private inKey: LiveSet['inKey'] = null
  private tuning: LiveSet['tuning'] = null
  private loop: LiveSet['loop'] = null
  private cueVolumeDb: LiveSet['cueVolumeDb'] = null
  private scenes: LiveSet['scenes'] = []
  private locators: LiveSet['locators'] = []
  private sendsPre: (boolean | null)[] = []

  constructor(limits: SetLimits) {
    this.limits = limits
    this.notUnderstood = new NotUnderstoodList(limits.notUnderstood)
    this.budgets = {
      breakpoints: { left: limits.breakpoints },
      devices: { left: limits.devices, storedParameters: limits.storedParameters },
      clips: { clips: limits.clips, notes: limits.notes },
    }
  }

  enter(depth: number, tape: Tape): Descent {
    const name = tape.name(0)
    if (depth === 1) return this.enterRoot(name, tape)
    if (depth === 2) return this.enterSet(name)
    if (depth === 3) {
      this.inTracks = name === 'Tracks'
      if (!LIVE_SET_ELEMENTS.has(name)) this.notUnderstood.add('element', name, 'LiveSet')
      return this.inTracks ? 'enter' : 'keep'
    }
    return this.enterTrack(name)
  }

  private enterRoot(name: string, tape: Tape): Descent {
    if (name !== 'Ableton') throw notALiveSet('it holds something else')
    this.version = readVersion(tape)
    const { liveMajor } = this.version
    if (liveMajor !== null && liveMajor > NEWEST_KNOWN_LIVE) {
      this.notUnderstood.add('version', `Live ${liveMajor} is newer than this reader`, 'Ableton')
    }
    return 'enter'
  }

  private enterSet(name: string): Descent {
    if (name !== 'LiveSet') throw notALiveSet('it is a preset, a clip or another Ableton file')
    if (this.sawLiveSet) throw notALiveSet('it holds more than one set')
    this.sawLiveSet = true
    return 'enter'
  }

  private enterTrack(name: string): Descent {
    if (trackKind(name) === undefined) {
      this.notUnderstood.add('element', name, 'Tracks')
      return 'skip'
    }
    if (this.tracks.length >= this.limits.tracks) {
      throw new LiveSetError(
        'als/too-complex',
        `The set has more than ${this.limits.tracks} tracks, more than can be read here.`,
      )
    }
    return 'keep'
  }

  part(tape: Tape): void {
    const reading = new Reading(tape, this.limits, this.notUnderstood)
    this.samples.addPart(reading)
    const name = tape.name(0)
    const kind = trackKind(name)
    if (kind === 'main') this.readMain(reading)
    else if (kind !== undefined) {
      this.tracks.push(readTrack(reading, kind, this.tracks.length, this.budgets))
    } else this.readPart(reading, name)
  }

  private readMain(reading: Reading): void {
    this.mainTrack = readTrack(reading, 'main', this.tracks.length, this.budgets)
    const mixer = reading.tape.child(outerChain(reading, 0), 'Mixer')
    const automation = new TrackAutomation(reading, 0, { left: this.limits.breakpoints })
    this.timing = readTiming(reading, mixer, automation)
  }

  private readPart(reading: Reading, name: string): void {
    if (name === 'ScaleInformation') this.scale = readScale(reading, 0)
    else if (name === 'InKey') this.inKey = reading.flag(0)
    else if (name === 'TuningSystems') this.tuning = readTuning(reading)
    else if (name === 'Transport') this.loop = readTransport(reading)
    else if (name === 'PreHearTrack') this.cueVolumeDb = readCueVolume(reading)
    else if (name === 'Scenes' || name === 'SceneNames') this.scenes = readScenes(reading)
    else if (name === 'SendsPre') this.sendsPre = readSendsPre(reading)
    else if (name === 'Locators') this.locators = readLocators(reading, reading.tape.child(0, 'Locators'))
  }

  result(): LiveSet {
    if (!this.sawLiveSet) throw notALiveSet('it holds no set')
    const tracks = this.mainTrack === undefined ? this.tracks : [...this.tracks, this.mainTrack]
    resolveReferences(tracks, this.sendsPre, this.notUnderstood)
    const arrangementLengthBeats = tracks.reduce((end, track) => Math.max(end, track.arrangementEndBeats), 0)
    this.placeLocators()
    return {
      ...this.version,
      ...this.timing,
      scale: this.scale,
      inKey: this.inKey,
      tuning: this.tuning,
      loop: this.loop,
      tracks,
      cueVolumeDb: this.cueVolumeDb,
      scenes: this.scenes,
      locators: this.locators,
      arrangementLengthBeats,
      arrangementLengthSeconds: secondsOfBeats(this.timing, [arrangementLengthBeats])[0] ?? null,
      plugins: usedPlugins(tracks),
      samples: this.samples.result(),
      notUnderstood: this.notUnderstood.list(),
    }
  }

  private placeLocators(): void {
    const seconds = secondsOfBeats(
      this.timing,
      this.locators.map(({ beat }) => beat),
    )
    for (const [index, locator] of this.locators.entries()) locator.seconds = seconds[index] ?? null
  }
}

function notALiveSet(why: string): LiveSetError {
  return new LiveSetError(
    'als/not-a-live-set',
    `This is not a Live set: ${why}. Upload the .als file that Live's "Save Live Set As…" wrote.`,
  )
}
