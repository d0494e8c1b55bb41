import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './form.module.css'
import { useLetterToken } from './letter-token.ts'
import { useFetchCopy } from './privacy.ts'

export function FetchCopyPage() {
  const token = useLetterToken()
  const fetching = useFetchCopy()
  return (
    <Page
      title="Your copy"
      width="narrow"
      lead="Everything we hold of you, in one archive. It can be fetched once; keep it where nobody else looks."
    >
      <div className={classes.form}>
        {fetching.isError && <ProblemNotice error={fetching.error} />}
        {fetching.isSuccess && <Notice kind="good">Fetched. It is gone from our side now.</Notice>}
        {token === '' && (
          <Notice kind="warn" action={<Link to="/account">Your account</Link>}>
            The link is incomplete. Open it from the letter again, or copy all of it.
          </Notice>
        )}
        {token !== '' && !fetching.isSuccess && (
          <Button size="md" loading={fetching.isPending} onClick={() => fetching.mutate(token)}>
            Fetch the copy
          </Button>
        )}
      </div>
    </Page>
  )
}
