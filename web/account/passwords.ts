import { useMutation } from '@tanstack/react-query'
import { letterSentSchema } from '../../src/accounts/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request } from '../api/request.ts'
import { sessionsKey } from './login-sessions.ts'

export function useResetLetter() {
  return useMutation({
    mutationFn: (body: { email: string }) =>
      request(letterSentSchema, 'POST', '/api/password-resets', { body }),
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) =>
      request(letterSentSchema, 'POST', '/api/password-resets/complete', { body }),
  })
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { password: string; newPassword: string }) =>
      request(letterSentSchema, 'POST', '/api/me/password', { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  })
}
