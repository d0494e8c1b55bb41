import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page.module.css'

interface PageProps {
  title: string
  /** What the browser tab says, when that should differ from the heading. */
  tabTitle?: string
  lead?: ReactNode
  width?: 'narrow' | 'reading' | 'wide'
  actions?: ReactNode
  children: ReactNode
}

/** One page: its heading takes the focus when it opens, so that a screen reader starts where the eye does. */
export function Page({ title, tabTitle, lead, width = 'reading', actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const tab = tabTitle ?? title
  useEffect(() => {
    document.title = `${tab} · TrackSensei`
  }, [tab])
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div className={classes.page} data-width={width}>
      <header className={classes.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
