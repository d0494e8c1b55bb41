import type { SetChain, SetDevice, SetParameters } from '../../src/als/contract.ts'
import { SIDECHAIN_ON } from './arbitrary-device.ts'
import { amplitudeOf, element, leaf, optional, type ParameterPrinter, withId } from './print-xml.ts'

const AU_INSTRUMENT = 1_635_085_685
const AU_EFFECT = 1_635_083_896

/** A list of devices as Live writes it. */
export function printDevices(printer: ParameterPrinter, devices: readonly SetDevice[]): string {
  return element('Devices', ...devices.map((device, index) => printDevice(printer, device, index)))
}

function printDevice(printer: ParameterPrinter, device: SetDevice, index: number): string {
  return withId(
    device.class,
    index,
    printer.print('On', device.on === true, [], device.liveId ?? 0),
    leaf('UserName', device.userName ?? ''),
    leaf('Annotation', device.info ?? ''),
    element('LastPresetRef', element('Value', ...printPreset(printer, device))),
    ...printPlugin(device),
    ...printKnown(printer, device.class, device.parameters),
    ...printSidechain(printer, device),
    ...Object.entries(device.storedParameters)
      .filter(([name]) => !Object.hasOwn(SIDECHAIN_ON, name))
      .map(([name, value]) => printer.print(name, value)),
    ...device.macros.flatMap(({ name, value }, at) => [
      printer.print(`MacroControls.${at}`, value ?? 0),
      leaf(`MacroDisplayNames.${at}`, name),
    ]),
    device.class.endsWith('GroupDevice')
      ? element('Branches', ...device.chains.map((chain, at) => printChain(printer, chain, at)))
      : '',
    device.class === 'DrumGroupDevice'
      ? element('ReturnBranches', ...device.returnChains.map((chain, at) => printChain(printer, chain, at)))
      : '',
  )
}

function printPreset(printer: ParameterPrinter, { preset }: SetDevice): string[] {
  if (preset === null)
    return ['<AbletonDefaultPresetRef Id="0"><DeviceId Name="" /></AbletonDefaultPresetRef>']
  const file = `${preset}.adv`
  const path = printer.era >= 11 ? leaf('Path', `/Users/somebody/Presets/${file}`) : leaf('Name', file)
  return [withId('FilePresetRef', 1, element('FileRef', path))]
}

const TAPS = { 'pre-fx': 'PreFxOut', 'post-fx': 'PostFxOut', 'post-mixer': 'TrackOut', chain: 'ChainOut' }

/** Plug-ins always hold one; without a source it is switched on all the same. */
function printSidechain(printer: ParameterPrinter, device: SetDevice): string[] {
  const { sidechain } = device
  if (sidechain === null && device.plugin === null) return []
  const target =
    sidechain === null
      ? 'AudioIn/None'
      : `AudioIn/Track.${sidechain.trackId}/${TAPS[sidechain.point ?? 'post-fx']}`
  const routable = element(
    'Routable',
    leaf('Target', target),
    leaf('UpperDisplayString', sidechain?.source ?? 'No Output'),
    leaf('LowerDisplayString', ''),
  )
  return [element('SideChain', printer.print('OnOff', true), element('RoutedInput', routable))]
}

function printPlugin({ plugin }: SetDevice): string[] {
  if (plugin === null) return []
  if (plugin.format === 'AU') {
    const info = element(
      'AuPluginInfo',
      leaf('ComponentType', plugin.instrument ? AU_INSTRUMENT : AU_EFFECT),
      optional('IsUnusable', plugin.missing),
      optional('Name', plugin.name),
      optional('Manufacturer', plugin.vendor),
    )
    return [element('PluginDesc', info)]
  }
  const isVst3 = plugin.format === 'VST3'
  const info = withId(
    isVst3 ? 'Vst3PluginInfo' : 'VstPluginInfo',
    0,
    optional('IsPlaceholderDevice', plugin.missing),
    optional(isVst3 ? 'Name' : 'PlugName', plugin.name),
    isVst3 ? leaf('DeviceType', plugin.instrument ? 1 : 2) : leaf('Category', plugin.instrument ? 2 : 1),
  )
  return [element('PluginDesc', info)]
}

function printKnown(printer: ParameterPrinter, deviceClass: string, values: SetParameters): string[] {
  const number = (key: string) => Number(values[key])
  if (deviceClass === 'Compressor2') {
    return [
      printer.print('Threshold', amplitudeOf(number('thresholdDb'))),
      printer.print(
        'Ratio',
        values.ratio === 'inf' ? '340282346638528859811704183484516925440' : number('ratio'),
      ),
      printer.print('Attack', number('attackMs')),
      printer.print('Gain', number('outputGainDb')),
      printer.print('GainCompensation', values.makeup === true),
      printer.print('Knee', number('kneeDb')),
    ]
  }
  if (deviceClass === 'Limiter') {
    return [
      printer.print('Gain', number('gainDb')),
      printer.print('Ceiling', number('ceilingDb')),
      printer.print('AutoRelease', values.auto === true),
    ]
  }
  return deviceClass === 'Eq8' ? printEqEight(printer, values) : []
}

function printEqEight(printer: ParameterPrinter, values: SetParameters): string[] {
  const bands = Array.isArray(values.bands) ? values.bands : []
  return [
    ...bands.map((band) =>
      element(
        `Bands.${band.band - 1}`,
        element(
          'ParameterA',
          printer.optional('IsOn', band.on),
          printer.optional('Mode', band.mode),
          printer.optional('Freq', band.freqHz),
          printer.optional('Gain', band.gainDb),
          printer.optional('Q', band.q),
        ),
      ),
    ),
    printer.print('GlobalGain', Number(values.globalGainDb)),
  ]
}

function printChain(printer: ParameterPrinter, chain: SetChain, index: number): string {
  const isPad = chain.midiNote !== null
  return withId(
    isPad ? 'DrumBranch' : 'AudioEffectBranch',
    index,
    element('Name', leaf('EffectiveName', chain.name), leaf('UserName', '')),
    leaf(printer.era >= 11 ? 'Color' : 'ColorIndex', chain.color ?? 0),
    optional('IsSoloed', chain.soloed),
    element(
      'DeviceChain',
      withId(
        isPad ? 'MidiToAudioDeviceChain' : 'AudioToAudioDeviceChain',
        0,
        printDevices(printer, chain.devices),
      ),
    ),
    element(
      'MixerDevice',
      printer.optional('Speaker', chain.on),
      printer.print('Volume', amplitudeOf(chain.volumeDb)),
      printer.optional('Panorama', chain.pan),
      element(
        'SendInfos',
        ...chain.sends.map(({ db }) => element('Info', printer.print('Send', amplitudeOf(db)))),
      ),
    ),
    chain.midiNote === null
      ? ''
      : element(
          'BranchInfo',
          leaf('ReceivingNote', 128 - chain.midiNote),
          leaf('ChokeGroup', chain.chokeGroup ?? 0),
        ),
  )
}
