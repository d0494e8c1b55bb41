import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { meKey, queryClient } from '../api/query-client.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { useLetterToken } from './letter-token.ts'
import { SendLetterButton } from './send-letter-button.tsx'
import { useMe, verifyEmail } from './session.ts'

/** Sends the letter's token once. */
function useVerification() {
  const token = useLetterToken()
  return useQuery({
    queryKey: ['verify', token],
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async () => {
      const answer = await verifyEmail(token)
      await queryClient.invalidateQueries({ queryKey: meKey })
      return answer
    },
  })
}

function NextStep() {
  const me = useMe()
  return me.data === null ? (
    <Link to="/login">Log in</Link>
  ) : (
    <Link to="/upload">Upload your first track</Link>
  )
}

export function VerifyPage() {
  const verification = useVerification()
  const me = useMe()
  if (verification.isLoading) return <Waiting label="Confirming your address" />
  if (verification.isSuccess) {
    return (
      <Page title="Your address is confirmed" width="narrow">
        <Notice kind="good" action={<NextStep />}>
          You can upload tracks and ask about them now.
        </Notice>
      </Page>
    )
  }
  return (
    <Page title="This link did not work" width="narrow">
      {verification.isError ? (
        <ProblemNotice error={verification.error} />
      ) : (
        <Notice kind="warn">The link is incomplete. Open it from the letter again, or copy all of it.</Notice>
      )}
      <p style={{ marginTop: '1.25rem' }}>
        {me.data === null ? <Link to="/login">Log in to have a new letter sent</Link> : <SendLetterButton />}
      </p>
    </Page>
  )
}
