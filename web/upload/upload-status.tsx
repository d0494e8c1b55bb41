import { Link, useLocation } from 'react-router'
import { resetTransfer, useTransfer } from './transfer.ts'
import classes from './upload-status.module.css'

/** In the header: how far an upload is while its own page is not open, and the way to where it went. */
export function UploadStatus() {
  const transfer = useTransfer()
  const { pathname } = useLocation()
  if (pathname === '/upload') return null
  if (transfer.state === 'accepted') {
    return (
      <Link className={classes.status} to={`/tracks/${transfer.analysisId}`} onClick={resetTransfer}>
        Uploaded: open it
      </Link>
    )
  }
  if (transfer.state === 'refused') {
    return (
      <Link className={classes.status} to="/upload">
        Upload refused
      </Link>
    )
  }
  if (transfer.state === 'idle') return null
  const percent = transfer.totalBytes === 0 ? 0 : Math.floor((transfer.sentBytes / transfer.totalBytes) * 100)
  return (
    <Link className={classes.status} to="/upload">
      Uploading <span className="tabular">{percent} %</span>
    </Link>
  )
}
