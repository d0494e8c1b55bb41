import { Loader } from '@mantine/core'
import classes from './waiting.module.css'

/** Shown while a page or its data is on the way; it stays invisible for the first moment, so nothing flashes. */
export function Waiting({ label = 'Loading' }: { label?: string }) {
  return (
    <div className={classes.waiting} role="status">
      <Loader size="sm" aria-hidden="true" />
      <span>{label}…</span>
    </div>
  )
}
