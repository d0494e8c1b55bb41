import type { LiveSet } from '../../src/als/contract.ts'
import { Facts } from '../ui/facts.tsx'
import { countOf, formatNumber, formatTime } from '../ui/format.ts'
import classes from './live-set.module.css'
import { SetTracks } from './set-tracks.tsx'

function tempoWords(set: LiveSet): string {
  const start = set.tempoAtStartBpm ?? set.tempoBpm
  if (start === null) return 'not stored'
  const changes = new Set(set.tempoChanges.map((change) => change.bpm)).size
  return changes > 1 ? `${bpm(start)} at the start, automated` : bpm(start)
}

/** Tempi carry float noise of the file: 119.999992 is 120. */
function bpm(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return `${formatNumber(rounded, Number.isInteger(rounded) ? 0 : 2)} BPM`
}

function meterWords(set: LiveSet): string {
  if (set.timeSignature === null) return 'not stored'
  const changes = set.timeSignatureChanges.filter((change) => change.beat > 0).length
  return changes > 0
    ? `${set.timeSignature}, ${countOf(changes, 'change', 'changes')} later`
    : set.timeSignature
}

function lengthWords(set: LiveSet): string {
  if (set.arrangementLengthBeats === 0) return 'no clips in the arrangement'
  const beats = countOf(Math.round(set.arrangementLengthBeats), 'beat', 'beats')
  return set.arrangementLengthSeconds === null
    ? beats
    : `${formatTime(set.arrangementLengthSeconds)}, ${beats}`
}

function pluginWords(set: LiveSet): string {
  if (set.plugins.length === 0) return 'none'
  const missing = set.plugins.filter((plugin) => plugin.missing === true).length
  const all = countOf(set.plugins.length, 'plug-in', 'plug-ins')
  return missing === 0 ? all : `${all}, ${missing} could not be loaded when it was saved`
}

function sampleWords(set: LiveSet): string {
  const { unique, outsideProject, total } = set.samples
  const all = countOf(unique, 'sample', 'samples')
  if (outsideProject === 0) return all
  return `${all}; ${outsideProject} of ${countOf(total, 'place', 'places')} that use one point outside the project folder`
}

function notUnderstoodWords(set: LiveSet): string {
  const names = [...new Set(set.notUnderstood.map((item) => item.name))]
  return names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '')
}

/** What the Live set says: tempo, meter, length, and its tracks with their devices. */
export function LiveSetView({ set }: { set: LiveSet }) {
  const facts = [
    { name: 'Saved by', value: set.creator ?? 'an old version of Live' },
    { name: 'Tempo', value: tempoWords(set) },
    { name: 'Meter', value: meterWords(set) },
    ...(set.scale === null ? [] : [{ name: 'Scale', value: `${set.scale.rootName} ${set.scale.name}` }]),
    { name: 'Arrangement', value: lengthWords(set) },
    { name: 'Plug-ins', value: pluginWords(set) },
    { name: 'Samples', value: sampleWords(set) },
    ...(set.notUnderstood.length === 0 ? [] : [{ name: 'Not understood', value: notUnderstoodWords(set) }]),
  ]
  return (
    <section aria-labelledby="set-title" id="set" tabIndex={-1}>
      <h2 id="set-title" className={classes.heading}>
        Live set
      </h2>
      <Facts facts={facts} isDense />
      <SetTracks tracks={set.tracks} />
    </section>
  )
}
