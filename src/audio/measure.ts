import { setImmediate } from 'node:timers/promises'
import { AudioError } from './audio-error.ts'
import { bandPowersOverTime } from './bands.ts'
import type { AudioMeasures, PartialMeasures } from './contract.ts'
import { roundTo } from './decibels.ts'
import { planDelivery } from './delivery.ts'
import { measureDynamics } from './dynamics.ts'
import { findFaults } from './faults.ts'
import { findHum } from './hum.ts'
import { loadKernels } from './kernels/load-kernels.ts'
import { measureTonality } from './key.ts'
import { createLevelMeter } from './level-meter.ts'
import { createLoudnessMeter } from './loudness-meter.ts'
import { withKeyOverTime } from './modulation.ts'
import { createOnsetMeter } from './onset-meter.ts'
import { type OpenOptions, openTrack } from './open-track.ts'
import { createPartials } from './partial.ts'
import type { PcmSource } from './pcm-source.ts'
import { summarisePeaks } from './peaks.ts'
import { measureRhythm } from './rhythm.ts'
import { createSampleMeter } from './sample-meter.ts'
import { createSpectrumMeter, spectrumPoints } from './spectrum-meter.ts'
import { measureSpectrum } from './spectrum-shape.ts'
import { measureStereo } from './stereo-image.ts'
import { findStrokes } from './strokes.ts'
import { measureStructure } from './structure.ts'
import { measureSwing } from './swing.ts'
import { createToneMeter } from './tone-meter.ts'
import { readBlocks } from './track-blocks.ts'
import { clearTransients } from './transients.ts'
import { createTruePeakMeter } from './true-peak-meter.ts'
import { drawWaveform } from './waveform.ts'

/** What the engine is doing, for a progress bar. */
export type MeasureStage = 'opening' | 'measuring' | 'summing'

export interface MeasureOptions extends OpenOptions {
  /** Called with whole percents, 0…100, never twice with the same. */
  onProgress?: (stage: MeasureStage, percent: number) => void
  /** Called a few times a second with what is known of the part measured so far. */
  onPartial?: (partial: PartialMeasures) => void
}

/** Blocks between two looks at the abort signal (about 5 s of sound). */
const BLOCKS_PER_TURN = 16

/**
 * Measures one sound file. Memory does not grow with its length but for 10 ms curves; same bytes, same numbers.
 * @throws AudioError with a stable code when the file is no sound, damaged, outside the limits, or the signal aborts
 */
export async function measureTrack(path: string, options: MeasureOptions = {}): Promise<AudioMeasures> {
  options.onProgress?.('opening', 0)
  const source = await openTrack(path, options)
  try {
    return await measurePcm(source, options)
  } finally {
    await source.close()
  }
}

/** Measures samples that come from anywhere. */
export async function measurePcm(
  source: PcmSource,
  { signal, onProgress, onPartial }: Pick<MeasureOptions, 'signal' | 'onProgress' | 'onPartial'> = {},
): Promise<AudioMeasures> {
  const { sampleRateHz, channels } = source.facts
  const runtime = loadKernels()
  const blocks = readBlocks(source, runtime, spectrumPoints(sampleRateHz))
  const loudness = createLoudnessMeter(source, runtime)
  const levels = createLevelMeter(source, runtime)
  const truePeak = createTruePeakMeter(source, runtime)
  const samples = createSampleMeter(source, runtime, levels.blockPeaks)
  const spectrum = createSpectrumMeter(sampleRateHz, channels === 1, runtime)
  const tell = createTeller(source, onProgress)
  const tellPartial = createPartials(source, { loudness, levels, truePeak }, onPartial)
  const onsets = createOnsetMeter(sampleRateHz, runtime)
  const tones = createToneMeter(sampleRateHz, runtime)
  const meters = [loudness, levels, truePeak, samples, spectrum, onsets, tones]
  for (let count = 1; ; count++) {
    const block = await blocks.next()
    if (block === null) break
    for (const meter of meters) meter.add(block)
    tell(block.startFrame + block.frames)
    if (count % BLOCKS_PER_TURN === 0) {
      tellPartial(block.startFrame + block.frames)
      await setImmediate()
    }
    if (signal?.aborted) throw new AudioError('audio/aborted', 'The analysis was cancelled.')
  }
  onProgress?.('summing', 100)
  const level = levels.finish()
  if (level.frames === 0)
    throw new AudioError('audio/empty', 'The file holds no sound: 0 samples. Export it again.')
  const facts = { ...source.facts, durationSeconds: roundTo(level.frames / sampleRateHz, 6) }
  const measuredLoudness = loudness.finish()
  const truePeaks = truePeak.finish()
  const sampleFacts = samples.finish()
  const trackSpectrum = spectrum.finish()
  const trackTones = tones.finish()
  const trackOnsets = onsets.finish()
  const strokes = findStrokes(trackOnsets)
  const transients = clearTransients(strokes)
  const beat = measureRhythm(trackOnsets, trackTones, trackSpectrum, runtime)
  const peaks = summarisePeaks(level, truePeaks, sampleFacts)
  const structure = measureStructure(beat?.grid ?? null, facts.durationSeconds)
  const bandPowers = bandPowersOverTime(trackSpectrum)
  const key = measureTonality(trackTones)
  return {
    source: facts,
    loudness: measuredLoudness,
    peaks,
    dynamics: measureDynamics({
      levels: level,
      loudness: measuredLoudness,
      peaks,
      truePeaks,
      onsets: trackOnsets,
      transients,
      bandPowers,
      stepSeconds: trackSpectrum.stepSeconds,
      sections: structure?.sections ?? [],
      beats: beat?.grid.beats ?? [],
    }),
    spectrum: measureSpectrum({
      spectrum: trackSpectrum,
      source: facts,
      bandPowers,
      tones: trackTones,
      transientSeconds: transients.map(
        ({ place }) => place / trackOnsets.rowsPerSecond + trackOnsets.offsetSeconds,
      ),
      runtime,
    }),
    stereo: measureStereo(level, trackSpectrum, runtime),
    waveform: drawWaveform(level),
    rhythm: beat && { ...beat.rhythm, swing: measureSwing(trackOnsets, strokes, beat.grid.beats) },
    tonality: withKeyOverTime(key, trackTones, facts.durationSeconds),
    structure,
    faults: findFaults(level, sampleFacts, facts, findHum(trackTones.mains)),
    delivery: planDelivery(measuredLoudness, peaks),
  }
}

function createTeller(source: PcmSource, onProgress: MeasureOptions['onProgress']): (frames: number) => void {
  let told = -1
  return (frames) => {
    if (onProgress === undefined || source.declaredFrames === null) return
    const percent = Math.min(99, Math.floor((100 * frames) / Math.max(1, source.declaredFrames)))
    if (percent === told) return
    told = percent
    onProgress('measuring', percent)
  }
}
