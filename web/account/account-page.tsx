import { Link } from 'react-router'
import { useUsage } from '../plan/usage.ts'
import { Facts } from '../ui/facts.tsx'
import { formatDate } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { CopyOfData } from './copy-of-data.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { EmailForm } from './email-form.tsx'
import { LanguageModelChoice } from './language-model-choice.tsx'
import { Logins } from './logins.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactor } from './second-factor.tsx'
import { useMe } from './session.ts'
import { UnverifiedNotice } from './unverified-notice.tsx'

export function AccountPage() {
  const me = useMe()
  const usage = useUsage()
  if (me.data === null || me.data === undefined) return null
  return (
    <Page title="Account" width="narrow">
      <UnverifiedNotice />
      <Facts
        facts={[
          { name: 'E-mail', value: me.data.email },
          { name: 'Address', value: me.data.isVerified ? 'Confirmed' : 'Not confirmed yet' },
          { name: 'Name', value: me.data.displayName ?? 'None given' },
          { name: 'Plan', value: <Link to="/plan">{usage.data?.tierTitle ?? 'Plan and usage'}</Link> },
          { name: 'Registered', value: formatDate(me.data.createdAt) },
        ]}
      />
      <Logins />
      <NameForm me={me.data} />
      <EmailForm />
      <PasswordForm me={me.data} />
      <SecondFactor />
      <LanguageModelChoice />
      <CopyOfData />
      <DeleteAccount />
    </Page>
  )
}
