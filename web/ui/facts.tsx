import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface Fact {
  name: string
  value: ReactNode
}

/** Short facts in two columns: what it is, and its value. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map((fact) => (
        <div key={fact.name} className={classes.fact}>
          <dt>{fact.name}</dt>
          <dd className="tabular">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
