import { Button } from '@mantine/core'
import { Link, useNavigate } from 'react-router'
import { Facts } from '../ui/facts.tsx'
import { formatDate } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useLogout, useMe } from './session.ts'
import { UnverifiedNotice } from './unverified-notice.tsx'

const TIER_TITLES = { free: 'Free', pro: 'Pro', studio: 'Studio' } as const

export function AccountPage() {
  const me = useMe()
  const logout = useLogout()
  const navigate = useNavigate()
  if (me.data === null || me.data === undefined) return null
  return (
    <Page title="Account" width="narrow">
      <UnverifiedNotice />
      <Facts
        facts={[
          { name: 'E-mail', value: me.data.email },
          { name: 'Address', value: me.data.isVerified ? 'Confirmed' : 'Not confirmed yet' },
          { name: 'Name', value: me.data.displayName ?? 'None given' },
          { name: 'Plan', value: <Link to="/plan">{TIER_TITLES[me.data.tier]}</Link> },
          { name: 'Registered', value: formatDate(me.data.createdAt) },
        ]}
      />
      {logout.isError && <ProblemNotice error={logout.error} />}
      <Button
        variant="default"
        loading={logout.isPending}
        onClick={() => logout.mutate(undefined, { onSuccess: () => void navigate('/') })}
      >
        Log out
      </Button>
    </Page>
  )
}
