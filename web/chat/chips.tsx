import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, useContext } from 'react'
import { formatTime } from '../ui/format.ts'
import classes from './chat.module.css'
import { PlaceContext } from './place-context.ts'
import { type Reference, reasonWords } from './references.ts'

function Chip({ title, onClick, children }: { title?: string; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.reference} title={title} onClick={onClick}>
      {children}
    </button>
  )
}

/** A piece of an answer that leads to its place, or says that it has none. */
export function ReferenceChip({ reference, children }: { reference: Reference; children: ReactNode }) {
  const places = useContext(PlaceContext)
  if (reference.kind === 'unmatched') {
    const why = reasonWords(reference.reason)
    return (
      <mark className={classes.unmatched} title={`Not from your analysis: ${why}`}>
        {children}
        <VisuallyHidden>{` (not from your analysis: ${why})`}</VisuallyHidden>
      </mark>
    )
  }
  if (reference.kind === 'path') {
    const { path } = reference
    return <Chip onClick={() => places.showPath(path)}>{places.pathLabel(path)}</Chip>
  }
  if (reference.kind === 'id') {
    const { id } = reference
    const name = places.nameOf(id)
    return name === undefined ? children : <Chip onClick={() => places.showId(id)}>{name}</Chip>
  }
  const seconds = reference.kind === 'time' ? reference.seconds : places.barSeconds(reference.bar)
  if (seconds === undefined || !places.hasTime(seconds)) return children
  return (
    <Chip title={`Go to ${formatTime(seconds)}`} onClick={() => places.seek(seconds)}>
      {children}
    </Chip>
  )
}
