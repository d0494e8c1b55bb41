import '@mantine/dropzone/styles.layer.css'
import { Dropzone } from '@mantine/dropzone'
import type { Usage } from '../../src/billing/contract.ts'
import { UploadIcon } from '../ui/icons.tsx'
import classes from './upload.module.css'

interface FileDropProps {
  usage: Usage
  isCompact: boolean
  onFiles: (files: readonly File[]) => void
}

/** One place for audio and set together; which is which is told by name, and checked by the server by content. */
export function FileDrop({ onFiles, isCompact }: FileDropProps) {
  return (
    <Dropzone
      className={classes.drop ?? ''}
      data-compact={isCompact}
      onDrop={onFiles}
      aria-label="Choose audio and Live set"
      inputProps={{ 'aria-label': 'Audio and Live set files' }}
    >
      <div className={classes.dropBody}>
        <UploadIcon size={isCompact ? 18 : 28} />
        <p className={classes.dropTitle}>
          {isCompact ? 'Add or replace a file' : 'Drop a track, a Live set, or both here'}
        </p>
        {!isCompact && (
          <p className="muted">or press to choose: WAV, AIFF, FLAC, MP3, OGG (Vorbis, Opus, FLAC) and .als</p>
        )}
      </div>
    </Dropzone>
  )
}
