import { Link, useLocation } from 'react-router'
import { z } from 'zod'
import { Page } from '../ui/page.tsx'
import { DevelopmentMail } from './development-mail.tsx'
import classes from './form.module.css'
import { SendLetterButton } from './send-letter-button.tsx'

const sentToSchema = z.object({ email: z.string() })

export function CheckMailPage() {
  const sentTo = sentToSchema.safeParse(useLocation().state)
  const address = sentTo.success ? sentTo.data.email : undefined
  return (
    <Page
      title="Check your mail"
      width="narrow"
      lead={
        address === undefined ? (
          'A letter is on its way. Follow its link to confirm your address.'
        ) : (
          <>
            A letter is on its way to <strong>{address}</strong>. Follow its link to confirm your address.
          </>
        )
      }
    >
      <div className={classes.form}>
        <DevelopmentMail />
        <p className="muted">
          Nothing there after a minute? Look in the spam folder, or have it sent once more. If the address
          already had an account, the letter says so instead.
        </p>
        {address !== undefined && <SendLetterButton email={address} />}
      </div>
      <p className={classes.aside}>
        Confirmed already? <Link to="/login">Log in</Link>
      </p>
    </Page>
  )
}
