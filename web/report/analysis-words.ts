import type { Analysis } from '../../src/analyses/contract.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { formatTime } from '../ui/format.ts'

const CONTAINERS = { wav: 'WAV', mp3: 'MP3', flac: 'FLAC', aiff: 'AIFF', ogg: 'OGG' } as const
const CHANNELS: Record<number, string> = { 1: 'mono', 2: 'stereo' }

/** The source in one line: "WAV, 24 bit, 48 kHz, stereo, 4:32". */
export function sourceWords(source: AudioMeasures['source']): string {
  const container = CONTAINERS[source.container]
  return [
    source.container === 'ogg' ? `${container} ${source.codec}` : container,
    source.bitDepth === null ? undefined : `${source.bitDepth} bit`,
    `${Number((source.sampleRateHz / 1000).toFixed(2))} kHz`,
    CHANNELS[source.channels] ?? `${source.channels} channels`,
    formatTime(source.durationSeconds),
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** What it was said to be: "Master, techno, for Spotify". */
export function intentWords({ intent }: Analysis): string {
  const parts = [intent.kind === 'mix' ? 'Mix' : 'Master']
  if (intent.genre !== undefined) parts.push(intent.genre)
  if (intent.destination !== undefined) parts.push(`for ${intent.destination}`)
  return parts.join(', ')
}
