import type { SetDevice } from '../../src/als/contract.ts'
import { parameterName, parameterValue } from '../arrangement/parameter-words.ts'
import { formatHz, formatSigned } from '../ui/format.ts'
import classes from './device-chain.module.css'

type Parameters = SetDevice['parameters']
type Bands = Extract<Parameters[string], readonly unknown[]>

const FLAT_TYPES = /cut|notch/

/** An equaliser's bands that are on: "bell 120 Hz −3.0 dB, Q 0.7". */
function bandWords(bands: Bands): string[] {
  return bands.flatMap(({ on, type, freqHz, gainDb, q, side }) => {
    if (on !== true) return []
    const gain = gainDb === null || FLAT_TYPES.test(type ?? '') ? '' : ` ${formatSigned(gainDb, 1)} dB`
    const quality = q === null ? '' : `, Q ${q.toFixed(2)}`
    return [
      `${side === 'B' ? 'B: ' : ''}${type ?? 'band'} ${freqHz === null ? '' : formatHz(freqHz)}${gain}${quality}`,
    ]
  })
}

/** The values of a device that a mix engineer asks for, each with its name and unit. */
function valuesOf(device: SetDevice): { name: string; value: string }[] {
  const values = Object.entries(device.parameters).flatMap(([key, value]) => {
    if (Array.isArray(value)) return bandWords(value).map((words) => ({ name: 'band', value: words }))
    const shown = parameterValue(key, value)
    return shown === null || shown === 'off' ? [] : [{ name: parameterName(key), value: shown }]
  })
  const macros = device.macros.flatMap(({ name, value }) =>
    value === null ? [] : [{ name: name === '' ? 'macro' : name, value: value.toFixed(0) }],
  )
  return [...values, ...macros]
}

function kindWords({ name, classLabel, plugin, preset }: SetDevice): string {
  const parts = [
    plugin === null
      ? name === classLabel
        ? null
        : classLabel
      : [plugin.format, plugin.vendor].filter(Boolean).join(', '),
    preset === null ? null : `preset ${preset}`,
    plugin?.missing === true ? 'was missing when the set was saved' : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

function Device({ device }: { device: SetDevice }) {
  const kind = kindWords(device)
  const values = valuesOf(device)
  const chains = [...device.chains, ...device.returnChains]
  return (
    <li className={classes.device} data-off={device.effectivelyOn === false}>
      <p>
        <strong>{device.name === '' ? device.classLabel : device.name}</strong>
        {device.effectivelyOn === false && ' (off)'} {kind !== '' && <span className="muted">{kind}</span>}
      </p>
      {device.sidechain !== null && (
        <p>Side-chain: {device.sidechain.trackName ?? device.sidechain.source}</p>
      )}
      {values.length > 0 && (
        <ul className={classes.values}>
          {values.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bands and macros may share a name; the order never changes
            <li key={index}>
              <span className="muted">{name}</span> <span className="tabular">{value}</span>
            </li>
          ))}
        </ul>
      )}
      {chains.map((chain, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the file's and never changes
        <div key={index} className={classes.chain}>
          <p>
            {chain.name === '' ? `Chain ${index + 1}` : chain.name}{' '}
            <span className="muted tabular">{parameterValue('volumeDb', chain.volumeDb)}</span>
            {chain.soloed === true && ' (solo)'}
            {chain.on === false && ' (off)'}
          </p>
          <DeviceChain devices={chain.devices} />
        </div>
      ))}
    </li>
  )
}

/** Devices in the order of the signal, with their values. */
export function DeviceChain({ devices }: { devices: readonly SetDevice[] }) {
  if (devices.length === 0) return null
  return (
    <ol className={classes.devices}>
      {devices.map((device, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the file's and never changes
        <Device key={index} device={device} />
      ))}
    </ol>
  )
}
