import { ActionIcon } from '@mantine/core'
import { formatBytes } from '../ui/format.ts'
import { CrossIcon, SetIcon, WarnIcon, WaveIcon } from '../ui/icons.tsx'
import classes from './upload.module.css'

const PART_NAMES = { audio: 'Audio', set: 'Live set', reference: 'Reference' } as const

interface FileRowProps {
  file: File
  part: keyof typeof PART_NAMES
  problem: string | undefined
  onRemove: () => void
}

export function FileRow({ file, part, problem, onRemove }: FileRowProps) {
  return (
    <li className={classes.file}>
      <span className={classes.fileKind}>
        {part === 'set' ? <SetIcon size={18} /> : <WaveIcon size={18} />}
      </span>
      <div className={classes.fileWhat}>
        <span className={classes.fileName}>{file.name}</span>
        <span className="muted small tabular">
          {PART_NAMES[part]} · {formatBytes(file.size)}
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
