import { Link, useParams } from 'react-router'
import type { Policy } from '../../src/privacy/contract.ts'
import { Facts } from '../ui/facts.tsx'
import { formatDate } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './account.module.css'
import { Part } from './part.tsx'
import { usePolicies, usePolicy } from './privacy.ts'

function PolicyText({ policy }: { policy: Policy }) {
  return (
    <>
      {policy.sections.map((section) => (
        <Part key={section.title} title={section.title}>
          {section.paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Part>
      ))}
      <Part title="How long things are kept">
        <Facts facts={policy.periods.map(({ what, howLong }) => ({ name: what, value: howLong }))} />
      </Part>
    </>
  )
}

/** The privacy policy: the version that holds, or the one that the address names. */
export function PolicyPage() {
  const { version } = useParams()
  const list = usePolicies()
  const named = usePolicy(version)
  if (list.isPending || (version !== undefined && named.isPending)) return <Waiting />
  const error = version === undefined ? list.error : (named.error ?? list.error)
  const policy = version === undefined ? list.data?.current : named.data
  if (policy === undefined || list.data === undefined)
    return (
      <Page title="Privacy" width="reading">
        <ProblemNotice error={error} />
      </Page>
    )
  return (
    <Page
      title="Privacy"
      width="reading"
      lead={`Last changed on ${formatDate(`${policy.version}T00:00:00Z`)}. ${policy.changes}`}
    >
      {policy.version !== list.data.current.version && (
        <p>
          This is an earlier version. <Link to="/privacy">Read the one that holds</Link>.
        </p>
      )}
      <PolicyText policy={policy} />
      <Part title="Write to us">
        <p>{list.data.contact}</p>
      </Part>
      <Part title="Every version">
        <ul className={classes.sessions}>
          {list.data.versions.map((entry) => (
            <li key={entry.version} className={classes.session}>
              <Link to={`/privacy/${entry.version}`}>{entry.version}</Link>
              <span className="muted">{entry.changes}</span>
            </li>
          ))}
        </ul>
      </Part>
    </Page>
  )
}
