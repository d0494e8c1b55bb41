import { Button } from '@mantine/core'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useSendLetter } from './session.ts'

/** Sends the verification letter again and says how that went. */
export function SendLetterButton({ email }: { email?: string }) {
  const letter = useSendLetter()
  if (letter.isSuccess) return <Notice kind="good">{letter.data.message}</Notice>
  return (
    <>
      {letter.isError && <ProblemNotice error={letter.error} />}
      <Button variant="default" loading={letter.isPending} onClick={() => letter.mutate(email)}>
        Send the letter again
      </Button>
    </>
  )
}
