import { useMutation, useQuery } from '@tanstack/react-query'
import {
  type Account,
  accountSchema,
  type LoginRequest,
  letterSentSchema,
  type RegisterRequest,
} from '../../src/accounts/contract.ts'
import { ApiProblem } from '../api/problem.ts'
import { forgetOthers, meKey, noteAccount } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'
import { leaveForGood } from './leave.ts'

const STALE_MS = 60_000

async function findMe(): Promise<Account | null> {
  const found = await request(accountSchema, 'GET', '/api/me').catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  })
  forgetOthers(found)
  return found
}

/** The account that is logged in, null when nobody is, undefined while that is not known yet. */
export function useMe() {
  return useQuery({ queryKey: meKey, queryFn: findMe, staleTime: STALE_MS, refetchOnWindowFocus: true })
}

export function useLogin() {
  return useMutation({
    mutationFn: (body: LoginRequest) => request(accountSchema, 'POST', '/api/session', { body }),
    onSuccess: noteAccount,
  })
}

/** Ends the login, and this tab with it. */
export function useLogout() {
  return useMutation({
    mutationFn: () => send('DELETE', '/api/session'),
    onSuccess: leaveForGood,
  })
}

export function useRegister() {
  return useMutation({
    mutationFn: (body: RegisterRequest) => request(letterSentSchema, 'POST', '/api/accounts', { body }),
  })
}

/** Asks for another verification letter; without an address it goes to the account that is logged in. */
export function useSendLetter() {
  return useMutation({
    mutationFn: (email: string | undefined) =>
      request(letterSentSchema, 'POST', '/api/accounts/verification-letters', {
        body: email === undefined ? {} : { email },
      }),
  })
}

export function verifyEmail(token: string) {
  return request(letterSentSchema, 'POST', '/api/accounts/verify', { body: { token } })
}
