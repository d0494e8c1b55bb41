import { useMutation, useQuery } from '@tanstack/react-query'
import { analysisSchema } from '../../src/analyses/contract.ts'
import { keptReferenceSchema, keptReferencesSchema } from '../../src/references/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request, send } from '../api/request.ts'

const referencesKey = ['references'] as const

/** The account's kept references, the last used first. */
export function useReferences() {
  return useQuery({
    queryKey: referencesKey,
    queryFn: () => request(keptReferencesSchema, 'GET', '/api/references'),
  })
}

/** A name or a deletion shows in the reports too. */
function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: referencesKey })
  void queryClient.invalidateQueries({ queryKey: ['analysis'] })
}

export function useRenameReference(id: string) {
  return useMutation({
    mutationFn: (name: string) =>
      request(keptReferenceSchema, 'PATCH', `/api/references/${id}`, { body: { name } }),
    onSuccess: refresh,
  })
}

export function useDeleteReference(id: string) {
  return useMutation({ mutationFn: () => send('DELETE', `/api/references/${id}`), onSuccess: refresh })
}

/** Compares a finished analysis with a kept reference, or with none. */
export function useChooseReference(analysisId: string) {
  return useMutation({
    mutationFn: (referenceId: string | null) =>
      request(analysisSchema, 'POST', `/api/analyses/${analysisId}/reference`, { body: { referenceId } }),
    onSuccess: refresh,
  })
}
