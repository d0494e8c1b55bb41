import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface Fact {
  name: string
  value: ReactNode
}

interface FactsProps {
  facts: readonly Fact[]
  /** Side by side where there is room. */
  isDense?: boolean
}

/** Short facts: what it is, and its value. */
export function Facts({ facts, isDense = false }: FactsProps) {
  return (
    <dl className={classes.facts} data-dense={isDense}>
      {facts.map((fact) => (
        <div key={fact.name} className={classes.fact}>
          <dt>{fact.name}</dt>
          <dd className="tabular">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
