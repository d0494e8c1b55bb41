import { useState } from 'react'
import type { SetTrack } from '../../src/als/contract.ts'
import { countOf, formatNumber } from '../ui/format.ts'
import { DeviceChain } from './device-chain.tsx'
import classes from './live-set.module.css'

const KINDS: Record<SetTrack['kind'], string> = {
  audio: 'Audio',
  midi: 'MIDI',
  group: 'Group',
  return: 'Return',
  main: 'Main',
}

function panWords(pan: number | null): string {
  if (pan === null) return '–'
  const steps = Math.round(Math.abs(pan) * 50)
  if (steps === 0) return 'C'
  return `${steps}${pan < 0 ? 'L' : 'R'}`
}

function volumeWords(track: SetTrack): string {
  return track.volumeDb === null ? '−∞' : formatNumber(track.volumeDb, 1)
}

function states(track: SetTrack): string[] {
  const words: string[] = []
  if (track.muted === true) words.push('off')
  if (track.soloed === true) words.push('solo')
  if (track.frozen === true) words.push('frozen')
  return words
}

/** How deep a track lies in groups, so that the table shows the nesting as Live does. */
function depthOf(track: SetTrack, byId: ReadonlyMap<string, SetTrack>): number {
  let depth = 0
  let groupId = track.groupId
  while (groupId !== null && depth < 16) {
    depth += 1
    groupId = byId.get(groupId)?.groupId ?? null
  }
  return depth
}

/** The chain in a line; opened, with the values of every device. */
function Devices({ track, id }: { track: SetTrack; id: string }) {
  const [isOpen, setIsOpen] = useState(false)
  if (track.devices.length === 0) return <span className="muted">none</span>
  return (
    <details id={id} className={classes.chain} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {track.devices.map((device, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the file's and never changes
          <span key={`${device.id ?? device.class}-${index}`}>
            {index > 0 && <span className="muted"> · </span>}
            <span className={classes.device} data-off={device.effectivelyOn === false}>
              {device.name === '' ? device.classLabel : device.name}
              {device.effectivelyOn === false && ' (off)'}
            </span>
          </span>
        ))}
      </summary>
      {isOpen && <DeviceChain devices={track.devices} />}
    </details>
  )
}

function clipWords(track: SetTrack): string {
  const count = track.clips.arrangement + track.clips.session
  return track.kind === 'audio' || track.kind === 'midi' ? countOf(count, 'clip', 'clips') : ''
}

/** The set's tracks in Live's order, with kind, fader, pan and devices. */
export function SetTracks({ tracks }: { tracks: readonly SetTrack[] }) {
  const byId = new Map(tracks.flatMap((track) => (track.id === null ? [] : [[track.id, track] as const])))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by key
    <section className={classes.scroll} tabIndex={0} aria-label="Tracks of the Live set">
      <table className={classes.tracks}>
        <thead>
          <tr>
            <th scope="col">Track</th>
            <th scope="col" className={classes.kind}>
              Kind
            </th>
            <th scope="col" className={classes.number}>
              dB
            </th>
            <th scope="col" className={classes.number}>
              Pan
            </th>
            <th scope="col">Devices</th>
          </tr>
        </thead>
        <tbody>
          {tracks.map((track, index) => (
            <tr
              key={track.id ?? `main-${index}`}
              id={`set.T${index + 1}`}
              tabIndex={-1}
              data-kind={track.kind}
            >
              <th scope="row" style={{ paddingLeft: `${depthOf(track, byId) * 1.25 + 0.625}rem` }}>
                <span
                  className={classes.swatch}
                  style={{ background: track.colorHex ?? 'var(--ts-edge)' }}
                  aria-hidden="true"
                />
                {track.name.trim() === '' ? 'unnamed' : track.name}
                <span className={classes.kindBelow}>{KINDS[track.kind]}</span>
                {states(track).map((state) => (
                  <span key={state} className={classes.state}>
                    {state}
                  </span>
                ))}
              </th>
              <td className={classes.kind}>
                {KINDS[track.kind]} <span className="muted">{clipWords(track)}</span>
              </td>
              <td className={classes.number}>{volumeWords(track)}</td>
              <td className={classes.number}>{panWords(track.pan)}</td>
              <td>
                <Devices track={track} id={`set.T${index + 1}.devices`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
