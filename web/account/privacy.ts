import { useMutation, useQuery } from '@tanstack/react-query'
import { letterSentSchema } from '../../src/accounts/contract.ts'
import { choicesSchema, copyStateSchema, policyListSchema, policySchema } from '../../src/privacy/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'
import { leaveDeleted } from './leave.ts'

const choicesKey = ['privacy-choices'] as const
const copyKey = ['copy-of-data'] as const
const COPY_POLL_MS = 5000

/** Deletes the account and forgets everything this tab has read of it. */
export function useDeleteAccount() {
  return useMutation({
    mutationFn: (password: string) => send('POST', '/api/me/deletion', { body: { password } }),
    onSuccess: leaveDeleted,
  })
}

/** What this account allows, and every time something was agreed to or withdrawn. */
export function useChoices() {
  return useQuery({
    queryKey: choicesKey,
    queryFn: () => request(choicesSchema, 'GET', '/api/me/privacy'),
  })
}

export function useChangeChoices() {
  return useMutation({
    mutationFn: (languageModel: boolean) =>
      request(choicesSchema, 'PATCH', '/api/me/privacy', { body: { languageModel } }),
    onSuccess: (choices) => queryClient.setQueryData(choicesKey, choices),
  })
}

/** How far the copy of these last 24 hours got; asked again while one is being made. */
export function useCopyState() {
  return useQuery({
    queryKey: copyKey,
    queryFn: () => request(copyStateSchema, 'GET', '/api/me/export'),
    refetchInterval: (query) => (query.state.data?.state === 'making' ? COPY_POLL_MS : false),
  })
}

export function useRequestExport() {
  return useMutation({
    mutationFn: (password: string) =>
      request(letterSentSchema, 'POST', '/api/me/export', { body: { password } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: copyKey }),
  })
}

/** Fetches the copy and hands it to the browser as a file. */
export function useFetchCopy() {
  return useMutation({
    mutationFn: async (token: string) => {
      const response = await send('POST', '/api/exports/fetch', { body: { token } })
      const url = URL.createObjectURL(await response.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = 'tracksensei-copy.zip'
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 10_000)
    },
  })
}

export function usePolicies() {
  return useQuery({
    queryKey: ['policies'],
    queryFn: () => request(policyListSchema, 'GET', '/api/policies'),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function usePolicy(version: string | undefined) {
  return useQuery({
    queryKey: ['policies', version],
    enabled: version !== undefined,
    queryFn: () => request(policySchema, 'GET', `/api/policies/${version}`),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
