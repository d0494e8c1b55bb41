import { useInfo } from '../api/info.ts'
import { Notice } from '../ui/notice.tsx'
import { SendLetterButton } from './send-letter-button.tsx'
import { useMe } from './session.ts'

/** Says, while it is so, that the address is not confirmed yet and what that keeps closed. */
export function UnverifiedNotice() {
  const me = useMe()
  const info = useInfo()
  if (me.data === undefined || me.data === null || me.data.isVerified) return null
  return (
    <Notice kind="warn" title="Confirm your address first" action={<SendLetterButton />}>
      Uploading and asking open up once you have followed the link we sent to {me.data.email}.
      {info.data?.developmentMail === true && (
        <>
          {' '}
          This is a development installation: the letter is <a href="/dev/mail">shown on a page</a>.
        </>
      )}
    </Notice>
  )
}
