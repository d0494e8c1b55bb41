import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, NavLink, Outlet, useLocation } from 'react-router'
import type { Account } from '../../src/accounts/contract.ts'
import { useMe } from '../account/session.ts'
import { useInfo } from '../api/info.ts'
import { UploadStatus } from '../upload/upload-status.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { PlusIcon } from './icons.tsx'
import { SchemeToggle } from './scheme-toggle.tsx'
import classes from './shell.module.css'
import { Waiting } from './waiting.tsx'
import { Wordmark } from './wordmark.tsx'

const AccountMenu = lazy(async () => ({ default: (await import('../account/account-menu.tsx')).AccountMenu }))

function GuestLinks() {
  return (
    <>
      <NavLink className={classes.link ?? ''} to="/login">
        Log in
      </NavLink>
      <Button component={Link} to="/register" size="xs">
        Register
      </Button>
    </>
  )
}

function MemberLinks({ me }: { me: Account }) {
  return (
    <>
      <UploadStatus />
      <NavLink className={classes.link ?? ''} to="/tracks" end>
        Tracks
      </NavLink>
      <Button component={Link} to="/upload" size="xs" leftSection={<PlusIcon size={14} />}>
        New
        <span className={classes.wideWord}> analysis</span>
      </Button>
      <Suspense fallback={<span className={classes.menuPlace} />}>
        <AccountMenu me={me} />
      </Suspense>
    </>
  )
}

function Footer() {
  const info = useInfo()
  return (
    <footer className={classes.footer}>
      <span>One cookie, for your login. No tracking, nothing from elsewhere.</span>
      <Link to="/privacy">Privacy</Link>
      {info.data?.developmentMail === true && <a href="/dev/mail">Development mail</a>}
      {info.data !== undefined && <span className="tabular">Version {info.data.version}</span>}
    </footer>
  )
}

/** The frame of every page: skip link, header, the page itself, footer. */
export function Shell() {
  const me = useMe()
  const { pathname } = useLocation()
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <header className={classes.header}>
        <Link className={classes.home} to="/" aria-label="TrackSensei, home">
          <Wordmark />
        </Link>
        <nav className={classes.nav} aria-label="Main">
          {me.data === null && <GuestLinks />}
          {me.data !== null && me.data !== undefined && <MemberLinks me={me.data} />}
          <SchemeToggle />
        </nav>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
    </div>
  )
}
