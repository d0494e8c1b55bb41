import { Button } from '@mantine/core'
import type { LoginSessionList } from '../../src/accounts/contract.ts'
import { formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextButton } from '../ui/text-button.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './account.module.css'
import { useEndSession, useLoginSessions, useLogoutEverywhere } from './login-sessions.ts'
import { Part } from './part.tsx'
import { useLogout } from './session.ts'

type LoginSession = LoginSessionList['sessions'][number]

function LoginRow({ session, onEnd }: { session: LoginSession; onEnd: () => void }) {
  return (
    <li className={classes.session}>
      <div>
        {session.device}
        {session.isThisOne && <strong> · this one</strong>}
        <div className="muted small tabular">
          Last seen {formatDateTime(session.lastSeenAt)} · since {formatDateTime(session.createdAt)}
        </div>
      </div>
      {!session.isThisOne && <TextButton onClick={onEnd}>End the login of {session.device}</TextButton>}
    </li>
  )
}

/** Where the account is logged in, and the ways out. */
export function Logins() {
  const sessions = useLoginSessions()
  const end = useEndSession()
  const logout = useLogout()
  const everywhere = useLogoutEverywhere()
  return (
    <Part
      title="Where you are logged in"
      lead="A login ends after 7 days without a visit, and after 30 days in any case."
    >
      {sessions.isPending && <Waiting />}
      {[sessions, end, logout, everywhere].map(
        (action, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: four fixed places
          action.isError && <ProblemNotice key={index} error={action.error} />,
      )}
      <ul className={classes.sessions}>
        {sessions.data?.sessions.map((session) => (
          <LoginRow key={session.id} session={session} onEnd={() => end.mutate(session.id)} />
        ))}
      </ul>
      <div className={classes.form}>
        <div className={classes.buttons}>
          <Button variant="default" loading={logout.isPending} onClick={() => logout.mutate()}>
            Log out
          </Button>
          <Button variant="default" loading={everywhere.isPending} onClick={() => everywhere.mutate()}>
            Log out everywhere
          </Button>
        </div>
      </div>
    </Part>
  )
}
