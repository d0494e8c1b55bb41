import { Link } from 'react-router'
import { Page } from './page.tsx'

export function NotFoundPage() {
  return (
    <Page
      title="There is no page here"
      lead="The address may be mistyped, or the analysis it led to was deleted or has run out."
    >
      <p>
        <Link to="/">Go to your tracks</Link>
      </p>
    </Page>
  )
}
