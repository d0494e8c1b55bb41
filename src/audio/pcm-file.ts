import { closeSync, readSync } from 'node:fs'
import { readAiffHeader } from './aiff-header.ts'
import { AudioError } from './audio-error.ts'
import { type AudioLimits, checkLimits } from './limits.ts'
import { bytesPerSample } from './pcm-format.ts'
import type { PcmSource } from './pcm-source.ts'
import { readWavHeader } from './wav-header.ts'

/**
 * A WAV or AIFF read without a decoder: nothing but bytes at declared places.
 * @param fd an open file, closed by the source's close()
 */
export function openPcmFile(
  fd: number,
  container: 'wav' | 'aiff',
  fileBytes: number,
  limits: AudioLimits,
): PcmSource {
  const header = container === 'wav' ? readWavHeader(fd, fileBytes) : readAiffHeader(fd, fileBytes)
  const { codec, sampleRateHz, channels, bitDepth, sampleFormat, roles } = header
  checkLimits({ sampleRateHz, channels, durationSeconds: 0 }, limits)
  const frames = header.dataBytes / (channels * bytesPerSample(sampleFormat))
  const durationSeconds = frames / sampleRateHz
  checkLimits({ sampleRateHz, channels, durationSeconds }, limits)
  let position = header.dataStart
  const end = header.dataStart + header.dataBytes
  return {
    facts: { container, codec, sampleRateHz, channels, bitDepth, durationSeconds },
    roles,
    sampleFormat,
    declaredFrames: frames,
    read(target) {
      const wanted = Math.min(target.length, end - position)
      let done = 0
      while (done < wanted) {
        const got = readSync(fd, target, done, wanted - done, position)
        if (got === 0)
          throw new AudioError('audio/unreadable', 'The file changed while it was being read. Try again.')
        done += got
        position += got
      }
      return done
    },
    close() {
      closeSync(fd)
      return Promise.resolve()
    },
  }
}
