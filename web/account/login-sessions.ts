import { useMutation, useQuery } from '@tanstack/react-query'
import { loginSessionListSchema } from '../../src/accounts/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'
import { leaveForGood } from './leave.ts'

export const sessionsKey = ['login-sessions'] as const

/** Where the account is logged in. */
export function useLoginSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: () => request(loginSessionListSchema, 'GET', '/api/sessions'),
  })
}

export function useEndSession() {
  return useMutation({
    mutationFn: (id: string) => send('DELETE', `/api/sessions/${id}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  })
}

/** Ends every login, and this tab with its own. */
export function useLogoutEverywhere() {
  return useMutation({
    mutationFn: () => send('DELETE', '/api/sessions'),
    onSuccess: leaveForGood,
  })
}
