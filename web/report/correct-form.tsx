import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { type Correction, correctionSchema } from '../../src/report/contract.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useCorrectAnalysis } from './analyses.ts'
import classes from './correct-form.module.css'

const NOTES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']
const KEYS = NOTES.flatMap((note) => [`${note} major`, `${note} minor`])
const AS_HEARD = { value: '', label: 'as heard' }
const NOTHING: Correction = { tempoBpm: null, beatsPerBar: null, key: null }

/** The field as typed; the decimal comma of many keyboards counts as a point. */
const numberOrNull = (text: string) => (text.trim() === '' ? null : Number(text.replace(',', '.')))

/** Tempo, bars and key in the user's own words, once; everything on the page follows. */
export function CorrectForm({ analysis }: { analysis: Analysis }) {
  const correcting = useCorrectAnalysis(analysis.id)
  const known = analysis.correction ?? NOTHING
  const [tempo, setTempo] = useState(known.tempoBpm === null ? '' : String(known.tempoBpm))
  const [beats, setBeats] = useState(known.beatsPerBar === null ? '' : String(known.beatsPerBar))
  const [key, setKey] = useState(known.key ?? '')
  const [isWrong, setIsWrong] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = correctionSchema.safeParse({
      tempoBpm: numberOrNull(tempo),
      beatsPerBar: numberOrNull(beats),
      key: key === '' ? null : key,
    })
    setIsWrong(!wanted.success)
    if (wanted.success) correcting.mutate(wanted.data)
  }

  return (
    <details className={classes.correct}>
      <summary>Not right? Say what it is</summary>
      <form className={classes.fields} onSubmit={submit}>
        <TextInput
          label="Tempo, BPM"
          name="tempo"
          inputMode="decimal"
          placeholder="as heard"
          value={tempo}
          error={isWrong ? 'A number from 30 to 300' : undefined}
          onChange={(event) => setTempo(event.currentTarget.value)}
        />
        <NativeSelect
          label="Beats to a bar"
          name="beats"
          data={[AS_HEARD, ...['2', '3', '4', '5', '6', '7', '8', '9', '12']]}
          value={beats}
          onChange={(event) => setBeats(event.currentTarget.value)}
        />
        <NativeSelect
          label="Key"
          name="key"
          data={[AS_HEARD, ...KEYS]}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={correcting.isPending}>
          Use this
        </Button>
      </form>
      {correcting.isError && <ProblemNotice error={correcting.error} />}
      <p className="muted small">
        Beats, bars and the chat follow. What was heard is kept; empty fields go back to it.
      </p>
    </details>
  )
}
