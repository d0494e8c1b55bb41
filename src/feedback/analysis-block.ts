import type { SetTrack } from '../als/contract.ts'
import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'
import { hideNames, type NameMap } from './hide-names.ts'

/** Longer lists of numbers are curves for drawing: they say nothing in words and cost a lot. */
const LONGEST_LIST = 40

/** Everything measured, as it stands in the report, without what is only drawn. */
function withoutCurves(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > LONGEST_LIST ? undefined : value.map(withoutCurves)
  if (value === null || typeof value !== 'object') return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'curve' || key === 'curves' || key === 'waveform') continue
    const pruned = withoutCurves(inner)
    if (pruned !== undefined) kept[key] = pruned
  }
  return kept
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
      class: device.class,
      on: device.on,
      isPlugin: device.plugin !== null,
    })),
  }
}

function describeSet(set: NonNullable<Report['set']>) {
  return {
    liveMajor: set.liveMajor,
    tempoBpm: set.tempoBpm,
    timeSignature: set.timeSignature,
    arrangementLengthBeats: set.arrangementLengthBeats,
    tracks: set.tracks.map(describeTrack),
  }
}

const measuredParts = ['source', 'loudness', 'peaks', 'dynamics', 'spectrum', 'stereo'] as const

/** What Claude is told about one analysis: numbers, ids and the stated intent. No names, no audio, no account. */
export function buildAnalysisBlock(report: Report, intent: Intent, names: NameMap): string {
  const measured = Object.fromEntries(measuredParts.map((part) => [part, withoutCurves(report[part])]))
  const block = {
    schemaVersion: report.schemaVersion,
    engine: report.engine,
    intent: {
      kind: intent.kind,
      genre: intent.genre ? hideNames(intent.genre, names) : null,
      destination: intent.destination ? hideNames(intent.destination, names) : null,
      notes: intent.notes ? hideNames(intent.notes, names) : null,
    },
    ...measured,
    set: report.set ? describeSet(report.set) : null,
    notMeasured: [
      'genre',
      'key',
      'vocals',
      'which instruments play in the mix',
      'how it sounds to a listener',
      ...(report.source ? [] : ['everything about the audio: only a Live set was sent']),
      ...(report.set ? [] : ['everything about the Live set: only audio was sent']),
    ],
  }
  return `The analysis, as JSON. null means: not measured or does not apply.\n${JSON.stringify(block)}`
}
