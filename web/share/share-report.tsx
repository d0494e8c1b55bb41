import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Analysis } from '../../src/analyses/contract.ts'
import { LINK_DAYS, type ReportLink } from '../../src/shares/contract.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { countOf, formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextButton } from '../ui/text-button.tsx'
import { useLinks, useMakeLink, useRevokeLink } from './links.ts'
import classes from './share.module.css'

function MadeLink({ url }: { url: string }) {
  return (
    <div className={classes.made} role="status">
      <TextInput
        label="The link; it is shown this once"
        size="sm"
        readOnly
        value={url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={url} label="Copy the link" />
    </div>
  )
}

function LinkList({ links, onRevoke }: { links: readonly ReportLink[]; onRevoke: (id: string) => void }) {
  if (links.length === 0) return <p className="muted small">Nobody else can see this report.</p>
  return (
    <ul className={classes.links} aria-label="Links that work">
      {links.map(({ id, showsNames, createdAt, expiresAt }) => (
        <li key={id}>
          <span className="tabular">Made {formatDateTime(createdAt)}</span>
          <span className="tabular">works until {formatDateTime(expiresAt)}</span>
          <span>{showsNames ? 'with names' : 'without names'}</span>
          <TextButton onClick={() => onRevoke(id)}>Revoke</TextButton>
        </li>
      ))}
    </ul>
  )
}

/** Links by which others read this report: made, listed and revoked here. There is none until one is made. */
export function ShareReport({ analysis }: { analysis: Analysis }) {
  const [isOpen, setIsOpen] = useState(false)
  const [days, setDays] = useState<(typeof LINK_DAYS)[number]>(7)
  const [showsNames, setShowsNames] = useState(false)
  const links = useLinks(analysis.id, isOpen)
  const making = useMakeLink(analysis.id)
  const revoking = useRevokeLink(analysis.id)
  return (
    <details className={classes.share} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Share a read-only link</summary>
      <div className={classes.body}>
        <p className="muted small">
          Whoever holds the link reads this report without an account: no chat, no notes, nothing of your
          account. It never outlives the report and can be revoked.
        </p>
        <div className={classes.form}>
          <NativeSelect
            label="Works for"
            size="sm"
            value={String(days)}
            data={LINK_DAYS.map((value) => ({ value: String(value), label: countOf(value, 'day', 'days') }))}
            onChange={(event) =>
              setDays(LINK_DAYS.find((value) => String(value) === event.currentTarget.value) ?? days)
            }
          />
          <Checkbox
            label="Show names: file, tracks, clips, locators, presets; genre and destination as you wrote them"
            checked={showsNames}
            onChange={(event) => setShowsNames(event.currentTarget.checked)}
          />
          <Button
            size="xs"
            variant="default"
            loading={making.isPending}
            onClick={() => making.mutate({ days, showsNames })}
          >
            Make a link
          </Button>
        </div>
        {making.data !== undefined && links.data?.links.some(({ id }) => id === making.data.id) === true && (
          <MadeLink url={making.data.url} />
        )}
        {making.isError && <ProblemNotice error={making.error} />}
        {revoking.isError && <ProblemNotice error={revoking.error} />}
        {links.isError && <ProblemNotice error={links.error} onRetry={() => void links.refetch()} />}
        {links.data !== undefined && (
          <LinkList links={links.data.links} onRevoke={(id) => revoking.mutate(id)} />
        )}
      </div>
    </details>
  )
}
