import type { ReactNode } from 'react'
import tables from '../report/tables.module.css'

/** A table that may be wider than the page and then scrolls by itself. */
export function WideTable({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by key
    <section className={tables.scroll} tabIndex={0} aria-label={name}>
      <table className={`${tables.table} ${tables.wide}`}>{children}</table>
    </section>
  )
}
