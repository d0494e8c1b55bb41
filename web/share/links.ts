import { useMutation, useQuery } from '@tanstack/react-query'
import {
  madeLinkSchema,
  type NewLink,
  reportLinksSchema,
  sharedReportSchema,
} from '../../src/shares/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'

const linksKey = (id: string) => ['links', id] as const
const pathOf = (id: string) => `/api/analyses/${id}/links`

export function useLinks(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: linksKey(id),
    queryFn: () => request(reportLinksSchema, 'GET', pathOf(id)),
    enabled: isWanted,
  })
}

const refresh = (id: string) => queryClient.invalidateQueries({ queryKey: linksKey(id) })

export function useMakeLink(id: string) {
  return useMutation({
    mutationFn: (wanted: NewLink) => request(madeLinkSchema, 'POST', pathOf(id), { body: wanted }),
    onSuccess: () => refresh(id),
  })
}

export function useRevokeLink(id: string) {
  return useMutation({
    mutationFn: (linkId: string) => send('DELETE', `${pathOf(id)}/${linkId}`),
    onSettled: () => refresh(id),
  })
}

/** The report of a link; asked for once, and again only when the reader wishes. */
export function useSharedReport(token: string) {
  return useQuery({
    queryKey: ['shared-report', token],
    queryFn: () => request(sharedReportSchema, 'POST', '/api/shared-report', { body: { token } }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
}
