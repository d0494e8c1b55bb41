import { useMutation, useQuery } from '@tanstack/react-query'
import {
  newSecondFactorSchema,
  recoveryCodesSchema,
  secondFactorStateSchema,
} from '../../src/accounts/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'
import { sessionsKey } from './login-sessions.ts'

const path = '/api/me/second-factor'
const factorKey = ['second-factor'] as const

function readAgain(): void {
  for (const queryKey of [factorKey, sessionsKey]) void queryClient.invalidateQueries({ queryKey })
}

/** Whether a login needs a code. */
export function useSecondFactor() {
  return useQuery({ queryKey: factorKey, queryFn: () => request(secondFactorStateSchema, 'GET', path) })
}

export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: (password: string) => request(newSecondFactorSchema, 'POST', path, { body: { password } }),
  })
}

/** The answer holds the recovery codes, which are never shown again. */
export function useConfirmSecondFactor() {
  return useMutation({
    mutationFn: (code: string) => request(recoveryCodesSchema, 'POST', `${path}/confirm`, { body: { code } }),
    onSuccess: readAgain,
  })
}

export function useRenewRecoveryCodes() {
  return useMutation({
    mutationFn: (password: string) =>
      request(recoveryCodesSchema, 'POST', `${path}/recovery-codes`, { body: { password } }),
    onSuccess: readAgain,
  })
}

export function useRemoveSecondFactor() {
  return useMutation({
    mutationFn: (password: string) => send('POST', `${path}/removal`, { body: { password } }),
    onSuccess: readAgain,
  })
}
