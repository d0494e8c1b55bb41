import { Autocomplete, Checkbox, SegmentedControl, Textarea } from '@mantine/core'
import { useId } from 'react'
import type { Intent } from '../../src/uploads/contract.ts'
import { countOf } from '../ui/format.ts'
import classes from './upload.module.css'

/** The form's fields as typed; empty means left out. */
export interface IntentDraft {
  kind: Intent['kind']
  genre: string
  destination: string
  notes: string
  codecs: boolean
}

export const emptyIntent: IntentDraft = { kind: 'mix', genre: '', destination: '', notes: '', codecs: true }

const GENRES = [
  'Ambient',
  'Bass music',
  'Drum and bass',
  'Dubstep',
  'Electro',
  'Hip-hop',
  'House',
  'Pop',
  'Progressive house',
  'Techno',
  'Trance',
]
const DESTINATIONS = ['Spotify', 'Apple Music', 'SoundCloud', 'Bandcamp', 'YouTube', 'Club', 'Vinyl']
const SHORT_FIELD_CHARACTERS = 60
const NOTES_CHARACTERS = 2000

export function toIntent(draft: IntentDraft): Intent {
  const genre = draft.genre.trim()
  const destination = draft.destination.trim()
  const notes = draft.notes.trim()
  return {
    kind: draft.kind,
    codecs: draft.codecs,
    ...(genre === '' ? {} : { genre }),
    ...(destination === '' ? {} : { destination }),
    ...(notes === '' ? {} : { notes }),
  }
}

/** Processor time of the encodes over that of the music: measured, see docs/measures.md. */
const CODEC_SECONDS_PER_MINUTE = 3
const SECONDS_PER_MINUTE = 60

function codecCost(durationSeconds: number | undefined): string {
  if (durationSeconds === undefined) return `about ${CODEC_SECONDS_PER_MINUTE} seconds per minute of music`
  const seconds = Math.max(1, Math.round((durationSeconds / SECONDS_PER_MINUTE) * CODEC_SECONDS_PER_MINUTE))
  return `about ${countOf(seconds, 'second', 'seconds')}`
}

const isKind = (value: string): value is Intent['kind'] => value === 'mix' || value === 'master'

interface IntentFormProps {
  draft: IntentDraft
  /** Of the chosen track, where the browser can tell. */
  durationSeconds: number | undefined
  onChange: (draft: IntentDraft) => void
}

export function IntentForm({ draft, durationSeconds, onChange }: IntentFormProps) {
  const kindLabel = useId()
  const change = (part: Partial<IntentDraft>) => onChange({ ...draft, ...part })
  return (
    <div className={classes.intent}>
      <div>
        <p className={classes.label} id={kindLabel}>
          This is a
        </p>
        <SegmentedControl
          aria-labelledby={kindLabel}
          value={draft.kind}
          data={[
            { value: 'mix', label: 'Mix' },
            { value: 'master', label: 'Master' },
          ]}
          onChange={(kind) => {
            if (isKind(kind)) change({ kind })
          }}
        />
      </div>
      <div className={classes.pair}>
        <Autocomplete
          label="Genre (optional)"
          name="genre"
          data={GENRES}
          value={draft.genre}
          maxLength={SHORT_FIELD_CHARACTERS}
          onChange={(genre) => change({ genre })}
        />
        <Autocomplete
          label="Where it goes (optional)"
          name="destination"
          data={DESTINATIONS}
          value={draft.destination}
          maxLength={SHORT_FIELD_CHARACTERS}
          onChange={(destination) => change({ destination })}
        />
      </div>
      <Textarea
        label="Notes (optional)"
        description="What you want to hear about, or what is meant to be as it is."
        name="notes"
        autosize
        minRows={2}
        maxRows={8}
        value={draft.notes}
        maxLength={NOTES_CHARACTERS}
        onChange={(event) => change({ notes: event.currentTarget.value })}
      />
      <Checkbox
        name="codecs"
        label="Play it through platforms’ codecs"
        description={`Real AAC, MP3, Opus and Vorbis encodes show peaks that only streaming adds. Takes ${codecCost(durationSeconds)} more.`}
        checked={draft.codecs}
        onChange={(event) => change({ codecs: event.currentTarget.checked })}
      />
    </div>
  )
}
