import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { meKey, queryClient } from '../api/query-client.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { useLetterToken } from './letter-token.ts'
import { confirmEmail } from './profile.ts'

export function ConfirmEmailPage() {
  const token = useLetterToken()
  const confirmation = useQuery({
    queryKey: ['confirm-email', token],
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => {
      const answer = await confirmEmail(token)
      await queryClient.invalidateQueries({ queryKey: meKey })
      return answer
    },
  })
  if (confirmation.isLoading) return <Waiting label="Confirming your new address" />
  if (confirmation.isSuccess)
    return (
      <Page title="Your new address is confirmed" width="narrow">
        <Notice kind="good" action={<Link to="/account">Your account</Link>}>
          Log in with it from now on. A notice went to the address before.
        </Notice>
      </Page>
    )
  return (
    <Page title="This link did not work" width="narrow">
      {confirmation.isError ? (
        <ProblemNotice error={confirmation.error} />
      ) : (
        <Notice kind="warn">The link is incomplete. Open it from the letter again, or copy all of it.</Notice>
      )}
    </Page>
  )
}
