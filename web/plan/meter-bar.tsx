import { Progress } from '@mantine/core'
import type { Meter } from '../../src/billing/contract.ts'
import classes from './meter-bar.module.css'

interface MeterBarProps {
  name: string
  meter: Meter
}

/** One count of the plan: used, held by work in progress, and left. */
export function MeterBar({ name, meter }: MeterBarProps) {
  const share = (count: number) => (meter.limit === 0 ? 0 : (count / meter.limit) * 100)
  const words = `${meter.used} of ${meter.limit} used${meter.reserved > 0 ? `, ${meter.reserved} in progress` : ''}`
  return (
    <div className={classes.meter}>
      <div className={classes.head}>
        <h2>{name}</h2>
        <p className="tabular">
          <strong>{meter.remaining}</strong> left
        </p>
      </div>
      <Progress.Root size="sm" radius="xs" aria-hidden="true">
        <Progress.Section value={share(meter.used)} />
        <Progress.Section value={share(meter.reserved)} className={classes.reserved ?? ''} />
      </Progress.Root>
      <p className="muted small tabular">{words}</p>
    </div>
  )
}
