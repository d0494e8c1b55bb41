import { Button, Progress } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatBytes } from '../ui/format.ts'
import { cancelTransfer, type Transfer } from './transfer.ts'
import classes from './upload.module.css'

const ANNOUNCE_STEP_PERCENT = 25

/** Files on their way: how much has gone, and a way to stop it. */
export function Sending({ transfer }: { transfer: Extract<Transfer, { state: 'sending' }> }) {
  const section = useRef<HTMLElement>(null)
  // The form that held the focus is gone: the keyboard goes on from here.
  useEffect(() => section.current?.focus(), [])
  const percent = transfer.totalBytes === 0 ? 0 : Math.floor((transfer.sentBytes / transfer.totalBytes) * 100)
  const isSent = transfer.sentBytes >= transfer.totalBytes
  const announced = Math.floor(percent / ANNOUNCE_STEP_PERCENT) * ANNOUNCE_STEP_PERCENT
  return (
    <section ref={section} className={classes.sending} aria-label="Upload" tabIndex={-1}>
      <p className={classes.sendingHead}>
        <span className={classes.fileName}>{transfer.name}</span>
        <span className="tabular">{percent} %</span>
      </p>
      <Progress value={percent} aria-label="Upload" size="md" radius="xs" />
      <p className={classes.sendingHead}>
        <span className="muted small tabular">
          {isSent
            ? 'All sent. The server is checking it.'
            : `${formatBytes(transfer.sentBytes)} of ${formatBytes(transfer.totalBytes)} sent`}
        </span>
        <Button variant="default" size="xs" onClick={cancelTransfer}>
          Cancel
        </Button>
      </p>
      <p className={classes.aloud} aria-live="polite">
        {isSent ? 'All sent, being checked' : `${announced} percent sent`}
      </p>
    </section>
  )
}
