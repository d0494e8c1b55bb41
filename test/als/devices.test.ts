import { describe, expect, it } from 'vitest'
import type { SetDevice } from '../../src/als/contract.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { inPieces } from './round-trip.ts'

const now = (values: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(values)
    .map(([name, value]) => {
      const [outer, inner] = name.split('/')
      const knob = `<${inner ?? outer}><Manual Value="${value}" /></${inner ?? outer}>`
      return inner === undefined ? knob : `<${outer}>${knob}</${outer}>`
    })
    .join('')

async function deviceOf(xml: string): Promise<SetDevice> {
  const devices = `<DeviceChain><DeviceChain><Devices>${xml}</Devices></DeviceChain></DeviceChain>`
  const set = `<Ableton><LiveSet><Tracks><AudioTrack Id="3">${devices}</AudioTrack></Tracks></LiveSet></Ableton>`
  const { tracks } = await parseLiveSet(inPieces(Buffer.from(set)))
  const device = tracks[0]?.devices[0]
  if (device === undefined) throw new Error('no device was read')
  return device
}

const read = async (deviceClass: string, values: Readonly<Record<string, string | number | boolean>>) =>
  (await deviceOf(`<${deviceClass}>${now(values)}</${deviceClass}>`)).parameters

const near = (value: number) => expect.closeTo(value, 3)

describe('devices', () => {
  it('Utility of Live 10 and newer has its gain as an amplitude', async () => {
    expect(
      await read('StereoGain', {
        StereoWidth: 0.5,
        Gain: 0.5,
        LegacyGain: 9,
        LegacyMode: false,
        BassMono: true,
        BassMonoFrequency: 120,
      }),
    ).toMatchObject({ gainDb: near(-6.0206), width: 0.5, bassMono: true, bassMonoHz: 120, channelMode: null })
  })

  it('Utility in legacy mode has it in decibels, in another element', async () => {
    const xml = `<StereoGain>${now({ StereoWidth: 1, Gain: 0.5, LegacyGain: 9 })}<LegacyMode Value="true" /></StereoGain>`
    expect((await deviceOf(xml)).parameters).toMatchObject({ gainDb: 9 })
  })

  it('Utility of Live 9 has it in decibels', async () => {
    const values = { StereoSeparation: 1.2, Gain: -3, PhaseInvertL: true, PhaseInvertR: false }
    expect(await read('StereoGain', values)).toMatchObject({
      gainDb: -3,
      width: 1.2,
      phaseInvertLeft: true,
      phaseInvertRight: false,
    })
  })

  it('Compressor has its threshold as an amplitude and its output in decibels', async () => {
    const values = {
      Threshold: 0.1,
      Ratio: 4,
      Attack: 10,
      Release: 100,
      Gain: -2,
      GainCompensation: true,
      DryWet: 1,
    }
    expect(await read('Compressor2', values)).toMatchObject({
      thresholdDb: -20,
      ratio: 4,
      attackMs: 10,
      releaseMs: 100,
      outputGainDb: -2,
      makeup: true,
      dryWet: 1,
      kneeDb: null,
    })
    expect(await read('Compressor2', { Ratio: '340282326356119256160033759537265639424' })).toMatchObject({
      ratio: 'inf',
    })
  })

  it('Glue Compressor has steps, and its threshold in decibels', async () => {
    const values = { Threshold: -12, Attack: 4, Ratio: 1, Release: 6, Makeup: 3, PeakClipIn: true }
    expect(await read('GlueCompressor', values)).toMatchObject({
      thresholdDb: -12,
      attackMs: 3,
      ratio: 4,
      releaseMs: 'auto',
      makeupDb: 3,
      softClip: true,
      attackIndex: 4,
    })
  })

  it('Limiter has gain and ceiling in decibels', async () => {
    const values = { Gain: 3.8, Ceiling: -0.3, Release: 300, AutoRelease: true }
    expect(await read('Limiter', values)).toMatchObject({
      gainDb: 3.8,
      ceilingDb: -0.3,
      releaseMs: 300,
      auto: true,
    })
  })

  it('Gate has its threshold as an amplitude and its floor in decibels', async () => {
    expect(await read('Gate', { Threshold: 0.01, Return: 3, Gain: -40 })).toMatchObject({
      thresholdDb: -40,
      returnDb: 3,
      floorDb: -40,
    })
  })

  it('Multiband Dynamics has three bands', async () => {
    const values = { SplitLowMid: 120, SplitMidHigh: 2500, AboveThresholdLow: -30, GlobalAmount: 0.5 }
    expect(await read('MultibandDynamics', values)).toMatchObject({
      lowMidFreqHz: 120,
      midHighFreqHz: 2500,
      lowAboveThresholdDb: -30,
      amount: 0.5,
    })
  })

  it('Auto Filter has its cutoff as a note until Live 12.1 and in Hz from 12.2', async () => {
    expect(await read('AutoFilter', { Cutoff: 69 })).toMatchObject({ cutoffHz: 440 })
    expect(await read('AutoFilter2', { Filter_Frequency: 440 })).toMatchObject({ cutoffHz: 440 })
  })

  it('EQ Three, Channel EQ and Drum Buss have their gains as amplitudes', async () => {
    expect(await read('FilterEQ3', { GainLo: 0.0003162277571, GainHi: 1, FreqLo: 250 })).toMatchObject({
      lowGainDb: null,
      highGainDb: 0,
      lowFreqHz: 250,
    })
    expect(await read('ChannelEq', { MidGain: 0.25, HighpassOn: true })).toMatchObject({
      midGainDb: near(-12.0412),
      highPassOn: true,
    })
    expect(
      await read('DrumBuss', { OutputGain: 0.5, TransientShaping: -1, BoomFrequency: 50 }),
    ).toMatchObject({
      outputGainDb: near(-6.0206),
      transients: -1,
      boomFreqHz: 50,
    })
  })

  it('Saturator has its drive in decibels, and a clipper with or without steps', async () => {
    expect(await read('Saturator', { PreDrive: 6, PostDrive: -2, PostClip: 2 })).toMatchObject({
      driveDb: 6,
      outputGainDb: -2,
      softClip: true,
    })
    expect(await read('Saturator', { PostClip: false })).toMatchObject({ softClip: false })
  })

  it('reverbs and delays have times in ms whatever they are stored in', async () => {
    expect(await read('Reverb', { DecayTime: 1200, MixDirect: 0.3 })).toMatchObject({
      decayMs: 1200,
      dryWet: 0.3,
    })
    expect(await read('Hybrid', { Algorithm_Decay: 3.5, PreDelay_Time: 0.01 })).toMatchObject({
      decayMs: 3500,
      preDelayMs: 10,
    })
    expect(await read('Delay', { DelayLine_TimeL: 0.375, DelayLine_SyncedSixteenthL: 2 })).toMatchObject({
      leftMs: 375,
      leftSixteenths: 3,
    })
    expect(await read('Echo', { Delay_TimeL: 0.17, OutputGain: 1 })).toMatchObject({
      leftMs: 170,
      outputGainDb: 0,
    })
  })

  it('the delays of Live 8 and 9 tell their times like the newer ones', async () => {
    expect(
      await read('CrossDelay', { MsDelayLeft: 22.1, SyncModeLeft: false, BeatDelayEnumR: 5 }),
    ).toMatchObject({ leftMs: 22.1, leftSynced: false, rightSixteenths: 6 })
    const pingPong = { MsDelayTime: 71, DelayModeSwitch: true, BeatDelayTime: 3, MidFreq: 950 }
    expect(await read('PingPongDelay', pingPong)).toMatchObject({
      timeMs: 71,
      timeSynced: true,
      timeSixteenths: 4,
      filterFreqHz: 950,
    })
  })

  it('EQ Eight has a second curve only in left/right and mid/side mode', async () => {
    const band = (side: string) =>
      `<Parameter${side}>${now({ IsOn: true, Mode: 3, Freq: 250, Gain: -3, Q: 0.7 })}</Parameter${side}>`
    const eq = (mode: number) =>
      `<Eq8><Bands.0>${band('A')}${band('B')}</Bands.0><Mode Value="${mode}" /></Eq8>`
    const bell = { band: 1, on: true, type: 'bell', mode: 3, freqHz: 250, gainDb: -3, q: 0.7 }
    expect((await deviceOf(eq(0))).parameters).toMatchObject({
      channelMode: 'stereo',
      bands: [{ ...bell, side: 'A' }],
    })
    expect((await deviceOf(eq(2))).parameters).toMatchObject({
      channelMode: 'mid-side',
      bands: [
        { ...bell, side: 'A' },
        { ...bell, side: 'B' },
      ],
    })
  })

  it('of no known class keep their parameters as stored, in lists by their own names', async () => {
    const list =
      '<ParameterList><ParameterList><MxDFloatParameter Id="4"><Name Value="Wet" /><Timeable><Manual Value="64" /></Timeable></MxDFloatParameter></ParameterList></ParameterList>'
    const device = await deviceOf(`<Warble>${now({ Depth: 0.5, On: false })}${list}</Warble>`)
    expect(device).toMatchObject({ class: 'Warble', classLabel: 'Warble', on: false, parameters: {} })
    expect({ ...device.storedParameters }).toEqual({ Depth: 0.5, Wet: 64 })
  })

  it('in a rack that is off, or a chain that is off, do not sound although they are on', async () => {
    const inner = '<Limiter><On><Manual Value="true" /></On></Limiter>'
    const rack = (on: boolean, chainOn: boolean) =>
      `<AudioEffectGroupDevice>${now({ On: on })}<Branches><AudioEffectBranch><DeviceChain><AudioToAudioDeviceChain><Devices>${inner}</Devices></AudioToAudioDeviceChain></DeviceChain><MixerDevice>${now({ Speaker: chainOn })}</MixerDevice></AudioEffectBranch></Branches></AudioEffectGroupDevice>`
    const sounds = async (on: boolean, chainOn: boolean) => {
      const device = (await deviceOf(rack(on, chainOn))).chains[0]?.devices[0]
      return [device?.on, device?.effectivelyOn]
    }
    expect(await sounds(true, true)).toEqual([true, true])
    expect(await sounds(false, true)).toEqual([true, false])
    expect(await sounds(true, false)).toEqual([true, false])
  })

  it('take automation under the name and in the unit of their parameter', async () => {
    const tracks = `<AudioTrack Id="3"><DeviceChain><DeviceChain><Devices><Compressor2><Threshold><Manual Value="1" /><AutomationTarget Id="77" /></Threshold></Compressor2></Devices></DeviceChain></DeviceChain><AutomationEnvelopes><Envelopes><AutomationEnvelope><EnvelopeTarget><PointeeId Value="77" /></EnvelopeTarget><Automation><Events><FloatEvent Time="-63072000" Value="1" /><FloatEvent Time="8" Value="0.1" /></Events></Automation></AutomationEnvelope><AutomationEnvelope><EnvelopeTarget><PointeeId Value="78" /></EnvelopeTarget><Automation><Events><FloatEvent Time="0" Value="1" /><FloatEvent Time="8" Value="0.1" /></Events></Automation></AutomationEnvelope></Envelopes></AutomationEnvelopes></AudioTrack>`
    const set = await parseLiveSet(
      inPieces(Buffer.from(`<Ableton><LiveSet><Tracks>${tracks}</Tracks></LiveSet></Ableton>`)),
    )
    expect(set.tracks[0]).toMatchObject({
      automatedParameters: 2,
      automation: [
        {
          deviceId: '3/0',
          deviceName: 'Compressor',
          parameter: 'thresholdDb',
          initial: 0,
          points: [{ beat: 8, value: -20 }],
        },
      ],
    })
    expect(set.notUnderstood).toEqual([
      { kind: 'element', name: 'automation of an unknown parameter', where: 'Track', count: 1 },
    ])
  })
})
