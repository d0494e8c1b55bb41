import { Button, Modal } from '@mantine/core'
import { useRef } from 'react'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useDeleteAnalysis } from './analyses.ts'
import classes from './delete-analysis.module.css'

interface DeleteAnalysisProps {
  id: string
  title: string
  opened: boolean
  onClose: () => void
  onDeleted?: () => void
}

/** Asks once more before an analysis goes for good. */
export function DeleteAnalysis({ id, title, opened, onClose, onDeleted }: DeleteAnalysisProps) {
  const deletion = useDeleteAnalysis()
  // A second click may come before the button shows that it is busy.
  const isUnderWay = useRef(false)
  const confirm = () => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    deletion.mutate(id, {
      onSuccess: () => {
        onClose()
        onDeleted?.()
      },
      onSettled: () => {
        isUnderWay.current = false
      },
    })
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<span className={classes.title}>Delete this analysis?</span>}
      centered
    >
      <div className={classes.body}>
        <p>
          The report of <strong>{title}</strong> and its chat are deleted at once, for good. What it cost, if
          anything, does not come back.
        </p>
        {deletion.isError && <ProblemNotice error={deletion.error} />}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={deletion.isPending} onClick={confirm}>
            Delete
          </Button>
        </div>
      </div>
    </Modal>
  )
}
