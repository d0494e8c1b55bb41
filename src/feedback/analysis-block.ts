import type { SetTrack } from '../als/contract.ts'
import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'
import { comparedFacts } from './compared-facts.ts'
import { hideNames, type NameMap } from './hide-names.ts'

/** Longer lists of numbers are curves for drawing: they say nothing in words and cost a lot. */
const LONGEST_LIST = 40

const drawnOnly = new Set(['spectrogram', 'places', 'beatsSeconds', 'downbeatsSeconds', 'onsets'])

/** Everything measured, as it stands in the report, without what is only drawn. */
function withoutCurves(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > LONGEST_LIST ? undefined : value.map(withoutCurves)
  if (value === null || typeof value !== 'object') return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (/curve$/i.test(key) || drawnOnly.has(key)) continue
    const pruned = withoutCurves(inner)
    if (pruned !== undefined) kept[key] = pruned
  }
  return kept
}

/** Element names of the file format are a closed vocabulary; anything that does not look like one is not passed on. */
function deviceClassOf(name: string): string {
  return /^[A-Z][A-Za-z0-9]{1,31}$/.test(name) ? name : 'unknown'
}

/** A track of the set as ids, kinds and numbers: its name, clips, presets and files stay here. */
function describeTrack(track: SetTrack, index: number) {
  return {
    id: `T${index + 1}`,
    kind: track.kind,
    volumeDb: track.volumeDb,
    pan: track.pan,
    muted: track.muted,
    soloed: track.soloed,
    devices: track.devices.map((device) => ({
      class: deviceClassOf(device.class),
      on: device.on,
      isPlugin: device.plugin !== null,
    })),
  }
}

/** What preflight found, by rule and id: the names in its places stay here. */
function describePreflight({ preflight }: Report) {
  return preflight?.results.map(({ rule, severity, title, sureness, place, present, proposed }) => ({
    rule,
    severity,
    title,
    sureness,
    track: place.trackIndex === null ? null : `T${place.trackIndex + 1}`,
    bar: place.bar,
    present: present === null ? null : valueWords(present),
    proposed: proposed === null ? null : valueWords(proposed),
  }))
}

/** Values are numbers and words of the rules: none is text from the file. */
function valueWords({ value, unit }: { value: number | string | boolean; unit: string }) {
  return unit === '' ? value : `${value} ${unit}`
}

function describeSet(set: NonNullable<Report['set']>, report: Report) {
  return {
    liveMajor: set.liveMajor,
    tempoBpm: set.tempoBpm,
    timeSignature: set.timeSignature,
    arrangementLengthBeats: set.arrangementLengthBeats,
    tracks: set.tracks.map(describeTrack),
    preflight: describePreflight(report),
  }
}

/** Set and mix together: places by bar, tracks by id; names of locators stay here. */
function describeFusion({
  match,
  timing,
  counterfactuals,
  gainPaths,
  tracksLeftOut,
}: NonNullable<Report['fusion']>) {
  const idOf = (index: number | null) => (index === null ? null : `T${index + 1}`)
  return {
    match: {
      ...match,
      evidence: match.evidence.map(({ trackIndex, ...rest }) => ({ track: idOf(trackIndex), ...rest })),
    },
    timing: timing && {
      offsetSeconds: timing.offsetSeconds,
      startsAt: timing.startsAt,
      tempoBpm: timing.tempoBpm,
      tempoChanges: timing.tempoChanges,
      timeSignature: timing.timeSignature,
      firstBar: timing.firstBar,
      bars: timing.barStartsSeconds.length,
      firstBarSeconds: timing.barStartsSeconds[0] ?? null,
      locators: timing.locators
        .slice(0, LONGEST_LIST)
        .map(({ bar, beat, seconds }) => ({ bar, beat, seconds })),
    },
    counterfactuals: counterfactuals.map(({ trackIndex, deviceId: _deviceId, ...rest }) => ({
      track: idOf(trackIndex),
      ...rest,
    })),
    tracksLeftOut,
    gainPaths: gainPaths
      .slice(0, LONGEST_LIST)
      .map(({ trackIndex, ...rest }) => ({ track: idOf(trackIndex), ...rest })),
  }
}

/** Parts of the report that are not measures, or only drawn. */
const otherParts = new Set([
  'schemaVersion',
  'engine',
  'sha256',
  'waveform',
  'set',
  'arrangement',
  'preflight',
  'fusion',
  'comparison',
])

function measuresOf(report: Report): Record<string, unknown> {
  const parts = Object.entries(report).filter(([name]) => !otherParts.has(name))
  return Object.fromEntries(parts.map(([name, part]) => [name, withoutCurves(part)]))
}

/** What no part of this analysis can tell; named so that declining is easy. */
export function listNotMeasured(report: Report): string[] {
  return [
    'genre',
    'vocals',
    'which instruments play in the mix',
    'how it sounds to a listener',
    ...(report.tonality?.key ? [] : ['a clear key']),
    ...(report.rhythm || report.set?.tempoBpm ? [] : ['a tempo']),
    ...(report.source ? [] : ['everything about the audio: only a Live set was sent']),
    ...(report.set ? [] : ['everything about the Live set: only audio was sent']),
  ]
}

/** What Claude is told about one analysis: numbers, ids and the stated intent. No names, no audio, no account. */
export function buildAnalysisBlock(report: Report, intent: Intent, names: NameMap): string {
  const hidden = (text: string | undefined) => (text === undefined ? null : hideNames(text, names))
  const block = {
    schemaVersion: report.schemaVersion,
    engine: report.engine,
    intent: {
      kind: intent.kind,
      genre: hidden(intent.genre),
      destination: hidden(intent.destination),
      notes: hidden(intent.notes),
    },
    ...measuresOf(report),
    comparison: withoutCurves(comparedFacts(report.comparison)),
    set: report.set ? describeSet(report.set, report) : null,
    fusion: report.fusion ? describeFusion(report.fusion) : null,
    notMeasured: listNotMeasured(report),
  }
  return `The analysis, as JSON. null means: not measured or does not apply.\n${JSON.stringify(block)}`
}
