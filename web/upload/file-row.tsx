import { ActionIcon } from '@mantine/core'
import { formatBytes } from '../ui/format.ts'
import { CrossIcon, SetIcon, WarnIcon, WaveIcon } from '../ui/icons.tsx'
import classes from './upload.module.css'

interface FileRowProps {
  file: File
  part: 'audio' | 'set'
  problem: string | undefined
  onRemove: () => void
}

export function FileRow({ file, part, problem, onRemove }: FileRowProps) {
  return (
    <li className={classes.file}>
      <span className={classes.fileKind}>
        {part === 'audio' ? <WaveIcon size={18} /> : <SetIcon size={18} />}
      </span>
      <div className={classes.fileWhat}>
        <span className={classes.fileName}>{file.name}</span>
        <span className="muted small tabular">
          {part === 'audio' ? 'Audio' : 'Live set'} · {formatBytes(file.size)}
        </span>
        {problem !== undefined && (
          <span className={classes.fileProblem} role="alert">
            <WarnIcon size={14} /> {problem}
          </span>
        )}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Remove ${file.name}`}
        onClick={onRemove}
      >
        <CrossIcon />
      </ActionIcon>
    </li>
  )
}
