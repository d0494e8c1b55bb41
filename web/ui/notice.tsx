import type { ReactNode } from 'react'
import { CheckIcon, WarnIcon } from './icons.tsx'
import classes from './notice.module.css'

interface NoticeProps {
  kind: 'info' | 'good' | 'warn' | 'bad'
  title?: string
  children: ReactNode
  action?: ReactNode
}

/** A message in the page's flow. Bad news is announced at once, the rest politely. */
export function Notice({ kind, title, children, action }: NoticeProps) {
  return (
    <div className={classes.notice} data-kind={kind} role={kind === 'bad' ? 'alert' : 'status'}>
      {kind !== 'info' && (
        <span className={classes.sign}>{kind === 'good' ? <CheckIcon /> : <WarnIcon />}</span>
      )}
      <div className={classes.body}>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        <div>{children}</div>
        {action !== undefined && <div className={classes.action}>{action}</div>}
      </div>
    </div>
  )
}
