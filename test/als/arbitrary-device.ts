import fc from 'fast-check'
import type { SetDevice, SetParameters, SetPlugin } from '../../src/als/contract.ts'
import { familyOf } from '../../src/als/devices/classes.ts'
import { cleanName } from '../../src/als/text.ts'
import type { Era } from './eras.ts'

const tenths = (from: number, to: number) => fc.integer({ min: from * 10, max: to * 10 }).map((n) => n / 10)
const given = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map(cleanName)
  .filter((text) => text !== '' && !/[\\/]/.test(text))

/** A device with nothing in it but the parts given. */
export function device(deviceClass: string, label: string, parts: Partial<SetDevice>): SetDevice {
  const name = parts.userName ?? parts.plugin?.name ?? label
  return {
    id: '',
    liveId: null,
    class: deviceClass,
    classLabel: label,
    name,
    userName: null,
    info: null,
    on: true,
    effectivelyOn: true,
    preset: null,
    plugin: null,
    sidechain: null,
    parameters: {},
    storedParameters: {},
    macros: [],
    chains: [],
    returnChains: [],
    ...parts,
  }
}

/** Every key of the class, absent, but for those that the printer writes. */
export function allParameters(deviceClass: string, written: SetParameters): SetParameters {
  const family = familyOf(deviceClass)
  const rows = family === undefined || typeof family === 'function' ? [] : family.rows
  return { ...Object.fromEntries(rows.map(([, key]) => [key, null])), ...written }
}

const common = {
  on: fc.boolean(),
  userName: fc.option(given),
  info: fc.option(given),
  preset: fc.option(given),
}

/** The printer writes it with the side-chain itself. */
export const SIDECHAIN_ON = { 'SideChain/OnOff': true }

/** The first tracks of a set are numbered 10, 11 …; the name of the track follows from the set. */
const sidechain: fc.Arbitrary<NonNullable<SetDevice['sidechain']>> = fc.record({
  trackId: fc.constantFrom('10', '11', '99'),
  trackName: fc.constant(null),
  point: fc.constantFrom('pre-fx' as const, 'post-fx' as const, 'post-mixer' as const),
  chainId: fc.constant(null),
  source: given,
})

const compressor = fc
  .record({
    common: fc.record(common),
    thresholdDb: tenths(-60, 6),
    ratio: fc.oneof(tenths(1, 20), fc.constant('inf' as const)),
    attackMs: tenths(1, 100),
    outputGainDb: tenths(-24, 24),
    makeup: fc.boolean(),
    kneeDb: tenths(0, 18),
    sidechain: fc.option(sidechain),
  })
  .map(({ common: base, sidechain: source, ...values }) =>
    device('Compressor2', 'Compressor', {
      ...base,
      sidechain: source,
      storedParameters: source === null ? {} : SIDECHAIN_ON,
      parameters: allParameters('Compressor2', values),
    }),
  )

const limiter = fc
  .record({
    common: fc.record(common),
    gainDb: tenths(-10, 24),
    ceilingDb: tenths(-12, 0),
    auto: fc.boolean(),
  })
  .map(({ common: base, ...values }) =>
    device('Limiter', 'Limiter', { ...base, parameters: allParameters('Limiter', values) }),
  )

const band = fc.record({
  on: fc.boolean(),
  mode: fc.integer({ min: 0, max: 5 }),
  freqHz: fc.integer({ min: 10, max: 22_000 }),
  gainDb: tenths(-15, 15),
  q: tenths(1, 18),
})

const TYPES = ['low-cut-48', 'low-cut-12', 'low-shelf', 'bell', 'notch', 'high-shelf']
const TYPES_OF_LIVE_8 = ['low-cut', 'low-shelf', 'bell', 'notch', 'high-shelf', 'high-cut']

const eqEight = (era: Era) =>
  fc
    .record({
      common: fc.record(common),
      globalGainDb: tenths(-12, 12),
      bands: fc.array(band, { maxLength: 8 }),
    })
    .map(({ common: base, globalGainDb, bands }) => {
      const names = era === 8 ? TYPES_OF_LIVE_8 : TYPES
      return device('Eq8', 'EQ Eight', {
        ...base,
        parameters: allParameters('Eq8', {
          globalGainDb,
          bands: bands.map((each, index) => ({
            band: index + 1,
            side: 'A',
            type: names[each.mode] ?? null,
            ...each,
          })),
        }),
      })
    })

/** A device of a class that the reader does not know yet, with parameters that it keeps as stored. */
const unknown = fc
  .record({
    common: fc.record(common),
    stored: fc.dictionary(
      fc.constantFrom('Amount', 'Colour', 'constructor', 'toString'),
      fc.oneof(tenths(0, 10), fc.boolean()),
    ),
  })
  .map(({ common: base, stored }) =>
    device('FutureDevice', 'FutureDevice', { ...base, storedParameters: { ...stored } }),
  )

export const arbitraryEffect = (era: Era): fc.Arbitrary<SetDevice> =>
  fc.oneof(compressor, limiter, eqEight(era), unknown)

export function arbitraryPlugin(era: Era): fc.Arbitrary<SetDevice> {
  const formats: SetPlugin['format'][] = era >= 10 ? ['VST2', 'VST3', 'AU'] : ['VST2', 'AU']
  return fc
    .record({
      common: fc.record(common),
      format: fc.constantFrom(...formats),
      name: given,
      vendor: given,
      instrument: fc.boolean(),
      missing: fc.boolean(),
    })
    .map(({ common: base, vendor, format, name, instrument, missing }) => {
      const isAu = format === 'AU'
      const plugin = { format, name, vendor: isAu ? vendor : null, instrument, missing }
      const parts = { ...base, plugin, storedParameters: SIDECHAIN_ON }
      return isAu ? device('AuPluginDevice', 'AU plug-in', parts) : device('PluginDevice', 'Plug-in', parts)
    })
}
