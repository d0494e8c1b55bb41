import type { Area, Finding } from '../../src/findings/contract.ts'
import { areasOf, areaWords } from './finding-words.ts'
import classes from './findings.module.css'

interface AreaFilterProps {
  findings: readonly Finding[]
  chosen: Area | null
  onChoose: (area: Area | null) => void
}

/** Shows the findings of one area alone; not there where one area has them all. */
export function AreaFilter({ findings, chosen, onChoose }: AreaFilterProps) {
  const areas = areasOf(findings)
  if (areas.length < 2) return null
  return (
    <fieldset className={classes.filter} aria-label="Show findings of">
      <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        All {findings.length}
      </button>
      {areas.map(({ area, count }) => (
        <button
          key={area}
          type="button"
          aria-pressed={chosen === area}
          onClick={() => onChoose(chosen === area ? null : area)}
        >
          {areaWords(area)} {count}
        </button>
      ))}
    </fieldset>
  )
}
