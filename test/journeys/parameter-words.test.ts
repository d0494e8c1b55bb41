import { describe, expect, test } from 'vitest'
import { parameterName, parameterValue } from '../../web/arrangement/parameter-words.ts'

describe('a device’s value in words', () => {
  test.each([
    ['thresholdDb', -24, 'threshold', '−24.0 dB'],
    ['attackMs', 0.3, 'attack', '0.3 ms'],
    ['decayMs', 3500, 'decay', '3.50 s'],
    ['freqHz', 12_500, 'freq', '12.5 kHz'],
    ['dryWet', 0.55, 'dry wet', '55 %'],
    ['ratio', 4, 'ratio', '4.0:1'],
    ['ratio', 'inf', 'ratio', '∞:1'],
    ['softClip', true, 'soft clip', 'on'],
    // a reverb stores 0…120 here, an echo 0…2: no unit is better than a wrong one
    ['stereoWidth', 100, 'stereo width', '100'],
  ] as const)('%s %s', (key, value, name, words) => {
    expect(parameterName(key)).toBe(name)
    expect(parameterValue(key, value)).toBe(words)
  })

  test('has none where the file holds none, and leaves names of the file as they are', () => {
    expect(parameterValue('thresholdDb', null)).toBeNull()
    expect(parameterName('Filter Cutoff')).toBe('Filter Cutoff')
  })
})
