import { NativeSelect } from '@mantine/core'
import { useId } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { useChooseReference, useReferences } from '../references/references.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './compare.module.css'

/** Which kept reference the report is compared with; another one is compared at once, without an upload. */
export function ReferenceChoice({ analysis }: { analysis: Analysis }) {
  const kept = useReferences()
  const choose = useChooseReference(analysis.id)
  const label = useId()
  const references = kept.data?.references ?? []
  const current = analysis.reference
  if (references.length === 0) return null
  const unkept = current !== null && current.id === null
  return (
    <div className={classes.choice}>
      <label htmlFor={label}>Compare with</label>
      <NativeSelect
        id={label}
        size="xs"
        disabled={choose.isPending}
        value={current === null ? '' : (current.id ?? 'unkept')}
        data={[
          { value: '', label: 'nothing' },
          ...(unkept ? [{ value: 'unkept', label: current.name ?? 'a deleted reference' }] : []),
          ...references.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget
          if (value !== 'unkept') choose.mutate(value === '' ? null : value)
        }}
      />
      {choose.isError && <ProblemNotice error={choose.error} />}
    </div>
  )
}
