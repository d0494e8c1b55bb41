import type { LiveSet, SetDevice } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import type { Counterfactual, GainPath } from './contract.ts'
import { outputGainDb } from './culprits/settings.ts'
import { numberOf } from './device-curve.ts'
import { openRacks, type PlayingTrack } from './playing-tracks.ts'

/** Below this a gain is not worth a word, dB. */
const SMALLEST_DB = 0.5
const tenth = (value: number) => Math.round(value * 10) / 10

/** The gain from each source to the main track, as far as faders and devices show it. */
export function gainPaths(tracks: readonly PlayingTrack[]): GainPath[] {
  return tracks.map(({ index, track, devices, groups }) => {
    const devicesDb = sumOf(devices)
    const groupsDb = groups.reduce(
      (sum, group) => sum + (group.volumeDb ?? 0) + sumOf(openRacks(group.devices)),
      0,
    )
    const totalDb = track.volumeDb === null ? null : tenth(track.volumeDb + devicesDb + groupsDb)
    return {
      trackIndex: index,
      faderDb: track.volumeDb,
      devicesDb: tenth(devicesDb),
      groupsDb: tenth(groupsDb),
      totalDb,
    }
  })
}

const sumOf = (devices: readonly SetDevice[]) =>
  devices.reduce((sum, device) => sum + outputGainDb(device), 0)

/** What follows by arithmetic from the main track's limiter and what stands before it. */
export function counterfactuals(
  set: LiveSet,
  audio: Pick<AudioMeasures, 'peaks' | 'source'>,
): Counterfactual[] {
  const trackIndex = set.tracks.findIndex(({ kind }) => kind === 'main')
  const main = set.tracks[trackIndex]
  if (main === undefined) return []
  const devices = openRacks(main.devices)
  const at = devices.findLastIndex((device) => device.class === 'Limiter')
  const limiter = devices[at]
  if (limiter === undefined) return []
  const about = { trackIndex, deviceId: limiter.id }
  const facts: Counterfactual[] = []
  const ceiling = opaqueAfter(devices.slice(at + 1)) ? null : ceilingFact(limiter, main.volumeDb, audio)
  const gainDb = numberOf(limiter, 'gainDb')
  if (gainDb !== null && gainDb > SMALLEST_DB)
    facts.push({
      ...about,
      about: 'limiter-drive',
      valueDb: tenth(gainDb),
      text: driveText(tenth(gainDb), ceiling?.about === 'limiter-idle'),
    })
  for (const device of devices.slice(0, at)) {
    const before = outputGainDb(device)
    if (before <= SMALLEST_DB) continue
    facts.push({
      trackIndex,
      deviceId: device.id,
      about: 'gain-before-limiter',
      valueDb: tenth(before),
      text: `${device.classLabel} adds ${tenth(before)} dB before the main Limiter. ${tenth(before)} dB less there is ${tenth(before)} dB less into the Limiter.`,
    })
  }
  return ceiling === null ? facts : [...facts, { ...about, ...ceiling }]
}

function driveText(gainDb: number, isIdle: boolean): string {
  const raises = `The main Limiter raises everything by ${gainDb} dB before its ceiling.`
  return isIdle
    ? `${raises} Nothing reaches that ceiling: without this gain the mix would be ${gainDb} dB quieter and otherwise the same.`
    : `${raises} Without this gain the mix would be up to ${gainDb} dB quieter, and its peaks would keep what the Limiter takes from them now.`
}

/** Behind the Limiter nothing else may change the level, or the peak of the file says nothing about it. */
const opaqueAfter = (devices: readonly SetDevice[]) =>
  devices.some((device) => device.class !== 'SpectrumAnalyzer' && device.class !== 'Tuner')

/** Live 12's modes beside the first round peaks off, or hold the peaks between samples: single samples then stay lower. */
const worksBelowCeiling = (limiter: SetDevice) => (numberOf(limiter, 'modeIndex') ?? 0) !== 0

function ceilingFact(
  limiter: SetDevice,
  faderDb: number | null,
  { peaks, source }: Pick<AudioMeasures, 'peaks' | 'source'>,
): Pick<Counterfactual, 'about' | 'valueDb' | 'text'> | null {
  const ceilingDb = numberOf(limiter, 'ceilingDb')
  if (ceilingDb === null || faderDb === null || peaks.samplePeakDbfs === null) return null
  // A lossy codec moves the peaks by more than is looked for here.
  if (source.bitDepth === null) return null
  const roomDb = ceilingDb + faderDb - peaks.samplePeakDbfs
  if (roomDb > SMALLEST_DB && worksBelowCeiling(limiter)) return null
  if (roomDb > SMALLEST_DB)
    return {
      about: 'limiter-idle',
      valueDb: tenth(roomDb),
      text: `The highest sample stays ${tenth(roomDb)} dB below the main Limiter's ceiling: the Limiter never works.`,
    }
  if (roomDb < -SMALLEST_DB)
    return {
      about: 'limiter-ceiling',
      valueDb: tenth(-roomDb),
      text: `The highest sample stands ${tenth(-roomDb)} dB above the main Limiter's ceiling: the file did not leave through this Limiter as it stands.`,
    }
  return {
    about: 'limiter-ceiling',
    valueDb: tenth(ceilingDb),
    text: `The highest sample stands at the main Limiter's ceiling of ${tenth(ceilingDb)} dB: the Limiter works.`,
  }
}
