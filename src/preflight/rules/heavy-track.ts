import type { SetDevice } from '../../als/contract.ts'
import { count, type Rule, word } from '../rule.ts'

/** How much a device asks of the processor against a light one; guessed by its kind, not measured. */
const WEIGHTS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Hybrid: 3,
    Spectral: 3,
    Transmute: 3,
    Corpus: 3,
    Collision: 3,
    StringStudio: 3,
    LoungeLizard: 2,
    Vocoder: 3,
    Roar: 3,
    Amp: 3,
    Cabinet: 2,
    InstrumentVector: 3,
    InstrumentMeld: 3,
    UltraAnalog: 3,
    Drift: 2,
    Operator: 2,
    Echo: 2,
    Reverb: 2,
    MultiSampler: 2,
    Resonator: 2,
    PluginDevice: 2,
    AuPluginDevice: 2,
    MxDeviceAudioEffect: 2,
    MxDeviceInstrument: 2,
  }),
)
const LIGHT = 1
const MOST_WEIGHT = 24
const HOLDERS = /GroupDevice$/

/** Of all that works in a chain. The pads of a drum rack rarely sound all at once: it counts as one device. */
function weightOf(devices: readonly SetDevice[]): number {
  return devices.reduce((sum, device) => {
    if (device.effectivelyOn === false) return sum
    if (device.class === 'DrumGroupDevice') return sum + LIGHT
    const inside = device.chains.reduce((all, chain) => all + weightOf(chain.devices), 0)
    return sum + inside + (HOLDERS.test(device.class) ? 0 : (WEIGHTS.get(device.class) ?? LIGHT))
  }, 0)
}

export const heavyTrack: Rule = {
  id: 'set-heavy-track',
  severity: 'info',
  title: 'A track asks much of the processor',
  reason:
    'Counted by kinds of devices, not measured. Freezing it frees the processor and keeps every setting.',
  provenance: 'opinion',
  source: `ours: a light device counts ${LIGHT}, reverbs, plug-ins and instruments 2 or 3; found above ${MOST_WEIGHT}`,
  check: ({ tracks }) =>
    tracks
      .filter(({ frozen, kind }) => frozen !== true && kind !== 'main')
      .flatMap((track) => {
        const weight = weightOf(track.devices)
        if (weight <= MOST_WEIGHT) return []
        return [
          {
            track,
            present: count(weight, 'points'),
            proposed: word('freeze'),
            sureness: 'possible' as const,
          },
        ]
      }),
}
