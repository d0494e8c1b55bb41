import { Button, FileButton, NativeSelect } from '@mantine/core'
import type { Usage } from '../../src/billing/contract.ts'
import { useReferences } from '../references/references.ts'
import { useAnalyses } from '../report/analyses.ts'
import { countOf, formatDateTime } from '../ui/format.ts'
import { FileRow } from './file-row.tsx'
import classes from './upload.module.css'

/** What the track is to be compared with; empty means nothing. */
export interface CompareDraft {
  referenceId: string
  newVersionOf: string
}

export const noComparison: CompareDraft = { referenceId: '', newVersionOf: '' }

interface CompareFormProps {
  draft: CompareDraft
  onChange: (draft: CompareDraft) => void
  file: File | null
  problem: string | undefined
  onFile: (file: File | null) => void
  usage: Usage
}

/** The finished tracks with audio, newest first, as far as the list has them. */
function EarlierSelect({ draft, onChange }: Pick<CompareFormProps, 'draft' | 'onChange'>) {
  const list = useAnalyses()
  const finished = (list.data?.pages ?? [])
    .flatMap((page) => page.analyses)
    .filter((analysis) => analysis.state === 'done' && analysis.hasAudio)
  if (finished.length === 0) return null
  return (
    <NativeSelect
      label="New version of (optional)"
      value={draft.newVersionOf}
      data={[
        { value: '', label: 'Not a new version' },
        ...finished.map((analysis) => ({
          value: analysis.id,
          label: `${analysis.title}, ${formatDateTime(analysis.createdAt)}`,
        })),
      ]}
      onChange={(event) => onChange({ ...draft, newVersionOf: event.currentTarget.value })}
    />
  )
}

function ReferenceSelect({ draft, onChange, onFile }: CompareFormProps) {
  const kept = useReferences()
  const references = kept.data?.references ?? []
  if (references.length === 0) return null
  return (
    <NativeSelect
      label="Reference (optional)"
      value={draft.referenceId}
      data={[
        { value: '', label: 'No kept reference' },
        ...references.map((reference) => ({ value: reference.id, label: reference.name })),
      ]}
      onChange={(event) => {
        onChange({ ...draft, referenceId: event.currentTarget.value })
        onFile(null)
      }}
    />
  )
}

/** Whether the numbers of a new reference file will stay, said before it is sent. */
function KeepingHint({ usage }: { usage: Usage }) {
  const kept = useReferences()
  const isFull = (kept.data?.references.length ?? 0) >= usage.maxKeptReferences
  return (
    <p className="muted small">
      {isFull
        ? `Your plan keeps ${countOf(usage.maxKeptReferences, 'reference', 'references')} and that is taken: this one is compared with, but not kept. Delete one on the Tracks page to keep another.`
        : 'Measured like your track in the same analysis, then deleted; its numbers are kept, so that you need not upload it again.'}
    </p>
  )
}

/** What to compare the track with: a reference, kept or as a file, and an earlier version of itself. */
export function CompareForm(props: CompareFormProps) {
  const { draft, onChange, file, problem, onFile, usage } = props
  const take = (chosen: File | null) => {
    onFile(chosen)
    onChange({ ...draft, referenceId: '' })
  }
  return (
    <fieldset className={classes.compare}>
      <legend className={classes.label}>Compare with (optional)</legend>
      <div className={classes.pair}>
        <ReferenceSelect {...props} />
        <EarlierSelect draft={draft} onChange={onChange} />
      </div>
      {file === null ? (
        <div>
          <FileButton onChange={take} inputProps={{ 'aria-label': 'Reference file' }}>
            {(button) => (
              <Button {...button} variant="default" size="xs">
                Choose a reference file
              </Button>
            )}
          </FileButton>
        </div>
      ) : (
        <>
          <ul className={classes.files} aria-label="Reference file">
            <FileRow file={file} part="reference" problem={problem} onRemove={() => onFile(null)} />
          </ul>
          <KeepingHint usage={usage} />
        </>
      )}
    </fieldset>
  )
}
