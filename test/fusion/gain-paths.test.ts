import { describe, expect, it } from 'vitest'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { counterfactuals, gainPaths } from '../../src/fusion/gain-paths.ts'
import { playingTracks } from '../../src/fusion/playing-tracks.ts'
import { allParameters, device } from '../als/arbitrary-device.ts'
import { exampleSet } from '../als/example-set.ts'

const { set } = exampleSet(12)
const peakAt = (
  samplePeakDbfs: number,
  bitDepth: number | null = 24,
): Pick<AudioMeasures, 'peaks' | 'source'> => ({
  peaks: { samplePeakDbfs, truePeakDbtp: samplePeakDbfs },
  source: {
    container: bitDepth === null ? 'mp3' : 'wav',
    codec: bitDepth === null ? 'mp3' : 'pcm_s24le',
    sampleRateHz: 44_100,
    channels: 2,
    bitDepth,
    durationSeconds: 180,
  },
})

describe('gain from a source to the main track', () => {
  it('adds faders, devices and groups: the bass at −6 dB in a group at −3 dB leaves with −9 dB', () => {
    const paths = gainPaths(playingTracks(set))
    const bass = paths.find(({ trackIndex }) => set.tracks[trackIndex]?.name === 'Bass')
    expect(bass).toEqual({ trackIndex: 2, faderDb: -6, devicesDb: 0, groupsDb: -3, totalDb: -9 })
  })
})

describe('what follows from the main Limiter', () => {
  const glue = device('GlueCompressor', 'Glue Compressor', {
    id: 'main/g',
    parameters: allParameters('GlueCompressor', { makeupDb: 6 }),
  })
  const glued = {
    ...set,
    tracks: set.tracks.map((track) =>
      track.kind === 'main' ? { ...track, devices: [glue, ...track.devices] } : track,
    ),
  }

  it('names its gain of 3.8 dB and the 6 dB of makeup before it', () => {
    const facts = counterfactuals(glued, peakAt(-0.3))
    expect(facts.map(({ about, valueDb }) => [about, valueDb])).toEqual([
      ['limiter-drive', 3.8],
      ['gain-before-limiter', 6],
      ['limiter-ceiling', -0.3],
    ])
  })

  it('sees that a Limiter with a ceiling of −0.3 dB never works when no sample passes −6.3 dBFS', () => {
    expect(counterfactuals(set, peakAt(-6.3)).map(({ about, valueDb }) => [about, valueDb])).toContainEqual([
      'limiter-idle',
      6,
    ])
  })

  it('sees that the file did not leave through it when samples pass its ceiling', () => {
    const [, over] = counterfactuals(set, peakAt(0.7))
    expect(over?.text).toContain('did not leave through this Limiter')
  })

  it('says nothing about the ceiling from an MP3, whose codec moves the peaks', () => {
    for (const peak of [-6.3, -0.3, 0.7])
      expect(counterfactuals(set, peakAt(peak, null)).map(({ about }) => about)).toEqual(['limiter-drive'])
  })

  it('does not say that a Limiter never works whose mode keeps single samples below its ceiling', () => {
    const inMode = (modeIndex: number) => ({
      ...set,
      tracks: set.tracks.map((track) => ({
        ...track,
        devices: track.devices.map((one) =>
          one.class === 'Limiter' ? { ...one, parameters: { ...one.parameters, modeIndex } } : one,
        ),
      })),
    })
    const said = (modeIndex: number) =>
      counterfactuals(inMode(modeIndex), peakAt(-2)).map(({ about }) => about)
    expect(said(0)).toContain('limiter-idle')
    expect(said(2)).not.toContain('limiter-idle')
  })
})
