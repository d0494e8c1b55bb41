import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { Notice } from './notice.tsx'
import classes from './page.module.css'

interface Props {
  children: ReactNode
}

/** Catches what a page throws while drawing, and a page that could not be fetched after an update. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state: { failed: boolean } = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
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
