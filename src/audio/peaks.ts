import type { Peaks } from './contract.ts'
import { amplitudeDb, rounded } from './decibels.ts'
import { eventsOf } from './events.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import type { Levels } from './level-meter.ts'
import type { SampleFacts } from './sample-meter.ts'
import type { TruePeaks } from './true-peak-meter.ts'

/** A clip event is over when nothing clips for 100 ms. */
const GAP_HOPS = 10

/**
 * Sample and true peaks of all channels, clip events and inter-sample overs.
 * @returns dBFS and dBTP, null for digital silence. Source: ITU-R BS.1770-5 Annex 2.
 */
export function summarisePeaks(levels: Levels, truePeaks: TruePeaks, samples: SampleFacts): Peaks {
  const channels = levels.channels.map(({ samplePeak }, i) => ({
    sample: samplePeak,
    true: Math.max(samplePeak, truePeaks.channels[i] ?? 0),
  }))
  const samplePeak = Math.max(...channels.map((channel) => channel.sample))
  const truePeak = Math.max(...channels.map((channel) => channel.true))
  return {
    samplePeakDbfs: rounded(amplitudeDb(samplePeak), 3),
    truePeakDbtp: rounded(amplitudeDb(truePeak), 3),
    truePeakSeconds: truePeak > 0 ? truePeaks.highestHop / HOPS_PER_SECOND : null,
    channels: channels.map((channel) => ({
      samplePeakDbfs: rounded(amplitudeDb(channel.sample), 3),
      truePeakDbtp: rounded(amplitudeDb(channel.true), 3),
    })),
    clips: {
      ...eventsOf(samples.clippedHops, GAP_HOPS),
      samples: samples.samplesAtFullScale,
      longestSamples: samples.longestFullScaleSamples,
    },
    overs: eventsOf(oversOf(truePeaks.hops, samples.clippedHops), GAP_HOPS),
  }
}

/** Hops whose interpolated signal exceeds full scale although their samples do not clip. */
function oversOf(hops: Float64Array, clippedHops: readonly number[]): number[] {
  const clipped = new Set(clippedHops.flatMap((hop) => [hop - 1, hop, hop + 1]))
  const over: number[] = []
  for (const [hop, peak] of hops.entries()) if (peak > 1 && !clipped.has(hop)) over.push(hop)
  return over
}
