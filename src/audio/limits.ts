import { AudioError } from './audio-error.ts'

/** What the engine agrees to measure; the service narrows the duration by tier. */
export interface AudioLimits {
  maxDurationSeconds: number
  /** Wall clock that decoding may take before it counts as stuck. */
  maxDecodeSeconds: number
}

export const DEFAULT_LIMITS: AudioLimits = { maxDurationSeconds: 4 * 3600, maxDecodeSeconds: 600 }

export const MIN_SAMPLE_RATE_HZ = 8_000
export const MAX_SAMPLE_RATE_HZ = 384_000
export const MAX_CHANNELS = 8

/** @throws AudioError when rate, channels or length lie outside what is measured. */
export function checkLimits(
  facts: { sampleRateHz: number; channels: number; durationSeconds: number },
  limits: AudioLimits,
): void {
  const { sampleRateHz, channels, durationSeconds } = facts
  if (!(sampleRateHz >= MIN_SAMPLE_RATE_HZ && sampleRateHz <= MAX_SAMPLE_RATE_HZ)) {
    throw new AudioError(
      'audio/sample-rate-out-of-range',
      `The file claims a sample rate of ${sampleRateHz} Hz; 8,000 to 384,000 Hz can be measured. Export it at 44.1 or 48 kHz.`,
    )
  }
  if (!(channels >= 1 && channels <= MAX_CHANNELS)) {
    throw new AudioError(
      'audio/too-many-channels',
      `The file has ${channels} channels; 1 to ${MAX_CHANNELS} can be measured. Export a stereo mix.`,
    )
  }
  if (durationSeconds > limits.maxDurationSeconds) throw tooLong(limits)
}

export function tooLong(limits: AudioLimits): AudioError {
  const minutes = Math.floor(limits.maxDurationSeconds / 60)
  return new AudioError(
    'audio/too-long',
    `The track is longer than the ${minutes >= 1 ? `${minutes} minutes` : `${limits.maxDurationSeconds} seconds`} that can be measured here. Export a shorter part.`,
  )
}
