import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { DemoButton } from '../upload/demo-button.tsx'
import classes from './tracks.module.css'

export function EmptyTracks() {
  return (
    <div className={classes.empty}>
      <h2>Nothing analysed yet</h2>
      <p className="muted">
        Upload a mix, a master, an Ableton Live set, or a bounce together with its set. You get measured
        numbers, and a chat that answers from them. The files are deleted as soon as they are measured.
      </p>
      <div className={classes.emptyActions}>
        <Button component={Link} to="/upload">
          Upload a track
        </Button>
        <DemoButton />
      </div>
    </div>
  )
}
