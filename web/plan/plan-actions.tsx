import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useGoToPortal, useKeepPlan } from './plan.ts'

/** Leads to where the open invoice is paid, with this card or another one. */
export function PayOpenInvoice() {
  const portal = useGoToPortal()
  return (
    <>
      <Button size="xs" loading={portal.isPending} onClick={() => portal.mutate()}>
        Pay the open invoice
      </Button>
      {portal.isError && <ProblemNotice error={portal.error} />}
    </>
  )
}

/** Takes back what is planned for the end of the period. */
export function KeepPlan({ children, onKept }: { children: ReactNode; onKept?: () => void }) {
  const keep = useKeepPlan()
  const onClick = () => keep.mutate(undefined, { onSuccess: () => onKept?.() })
  return (
    <>
      <Button size="xs" variant="default" loading={keep.isPending} onClick={onClick}>
        {children}
      </Button>
      {keep.isError && <ProblemNotice error={keep.error} />}
    </>
  )
}
