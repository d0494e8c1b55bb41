import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { Notice } from './notice.tsx'
import classes from './page.module.css'

interface Props {
  children: ReactNode
  /** Shown in place of what could not be drawn; the whole page when left out. */
  fallback?: ReactNode
}

/** Catches what a page, or a part of it, throws while drawing, and a page that could not be fetched after an update. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    if (this.props.fallback !== undefined) return this.props.fallback
    return (
      <div className={classes.page} data-width="reading">
        <Notice
          kind="bad"
          title="This page could not be shown"
          action={<Button onClick={() => window.location.reload()}>Reload</Button>}
        >
          Your tracks and reports are safe. Reload the page; if it stays like this, tell the operator which
          page it was.
        </Notice>
      </div>
    )
  }
}
