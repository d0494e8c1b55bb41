import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { uploadAcceptedSchema } from '../../src/uploads/contract.ts'
import { useMe } from '../account/session.ts'
import { request } from '../api/request.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'

/** Has a demo track and set analysed, made by the service itself. Free of charge. */
export function DemoButton() {
  const me = useMe()
  const navigate = useNavigate()
  const demo = useMutation({
    mutationFn: () =>
      request(uploadAcceptedSchema, 'POST', '/api/uploads/demo', { body: {}, headers: { 'X-TS': '1' } }),
    onSuccess: (accepted) => void navigate(`/tracks/${accepted.analysisId}`),
  })
  return (
    <>
      <Button
        variant="default"
        loading={demo.isPending}
        disabled={me.data?.isVerified !== true}
        onClick={() => demo.mutate()}
      >
        Try it with a demo track
      </Button>
      {demo.isError && <ProblemNotice error={demo.error} />}
    </>
  )
}
