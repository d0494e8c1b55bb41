import { useMutation } from '@tanstack/react-query'
import { accountSchema, letterSentSchema } from '../../src/accounts/contract.ts'
import { meKey, queryClient } from '../api/query-client.ts'
import { request } from '../api/request.ts'

export function useChangeName() {
  return useMutation({
    mutationFn: (displayName: string | null) =>
      request(accountSchema, 'PATCH', '/api/me', { body: { displayName } }),
    onSuccess: (account) => queryClient.setQueryData(meKey, account),
  })
}

export function useChangeEmail() {
  return useMutation({
    mutationFn: (body: { password: string; email: string }) =>
      request(letterSentSchema, 'POST', '/api/me/email', { body }),
  })
}

export function confirmEmail(token: string) {
  return request(letterSentSchema, 'POST', '/api/accounts/confirm-email', { body: { token } })
}
