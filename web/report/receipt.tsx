import type { Analysis } from '../../src/analyses/contract.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { formatBytes, formatDateTimeSeconds } from '../ui/format.ts'
import classes from './receipt.module.css'

const NAMES = { audio: 'Audio', set: 'Live set', reference: 'Reference' } as const
const SHOWN_CHARACTERS = 12

function RawFile({ file }: { file: Analysis['rawFiles'][number] }) {
  return (
    <li className={classes.file}>
      <span>{NAMES[file.role]}</span>
      <span className="tabular muted">{formatBytes(file.sizeBytes)}</span>
      <span className="tabular">
        {file.deletedAt === null
          ? 'still held for the analysis'
          : `raw file deleted ${formatDateTimeSeconds(file.deletedAt)}`}
      </span>
      <span className={classes.hash}>
        SHA-256 <code title={file.sha256}>{file.sha256.slice(0, SHOWN_CHARACTERS)}…</code>
        <CopyButton text={file.sha256} label={`Copy the SHA-256 of the ${NAMES[file.role]} file`} />
      </span>
    </li>
  )
}

/** What became of the files that were sent: when their bytes were deleted, and their fingerprints. */
export function Receipt({ analysis }: { analysis: Analysis }) {
  if (analysis.rawFiles.length === 0) return null
  return (
    <ul className={classes.receipt} aria-label="Receipt">
      {analysis.rawFiles.map((file) => (
        <RawFile key={file.role} file={file} />
      ))}
    </ul>
  )
}
