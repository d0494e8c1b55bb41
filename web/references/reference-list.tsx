import { ActionIcon, Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { KeptReference } from '../../src/references/contract.ts'
import { formatDay, formatNumber, formatTime } from '../ui/format.ts'
import { TrashIcon } from '../ui/icons.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './references.module.css'
import { useDeleteReference, useReferences, useRenameReference } from './references.ts'

const NAME_CHARACTERS = 120

function factsOf(reference: KeptReference): string {
  const loudness =
    reference.integratedLufs === null ? 'silent' : `${formatNumber(reference.integratedLufs, 1)} LUFS`
  return `${formatTime(reference.durationSeconds)}, ${loudness} · kept until ${formatDay(reference.expiresAt)}`
}

function NameForm({ reference, onDone }: { reference: KeptReference; onDone: () => void }) {
  const rename = useRenameReference(reference.id)
  const [name, setName] = useState(reference.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate(name, { onSuccess: onDone })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        aria-label={`New name of ${reference.name}`}
        size="xs"
        value={name}
        maxLength={NAME_CHARACTERS}
        error={rename.error?.message}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={rename.isPending} disabled={name.trim() === ''}>
        Save
      </Button>
      <Button size="xs" variant="default" onClick={onDone}>
        Cancel
      </Button>
    </form>
  )
}

function ReferenceRow({ reference }: { reference: KeptReference }) {
  const [renaming, setRenaming] = useState(false)
  const remove = useDeleteReference(reference.id)
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        {renaming ? (
          <NameForm reference={reference} onDone={() => setRenaming(false)} />
        ) : (
          <span className={classes.name}>{reference.name}</span>
        )}
        <span className="muted small tabular">{factsOf(reference)}</span>
        {remove.isError && <ProblemNotice error={remove.error} />}
      </div>
      {!renaming && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Rename ${reference.name}`}
          onClick={() => setRenaming(true)}
        >
          Rename
        </Button>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        loading={remove.isPending}
        aria-label={`Delete the reference ${reference.name}`}
        onClick={() => remove.mutate()}
      >
        <TrashIcon />
      </ActionIcon>
    </li>
  )
}

/** The references that are kept, to be renamed or deleted; nothing when there is none. */
export function ReferenceList() {
  const kept = useReferences()
  if (kept.data === undefined || kept.data.references.length === 0) return null
  const { references, limit } = kept.data
  return (
    <section aria-labelledby="references-title">
      <h2 id="references-title" className={classes.heading}>
        References
      </h2>
      <p className="muted small">
        {references.length} of {limit} kept. Only their numbers are: the files were deleted once measured. A
        reference goes 30 days after it was last used.
      </p>
      <ul className={classes.list}>
        {references.map((reference) => (
          <ReferenceRow key={reference.id} reference={reference} />
        ))}
      </ul>
    </section>
  )
}
