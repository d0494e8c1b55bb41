import { useQuery } from '@tanstack/react-query'
import { usageSchema } from '../../src/billing/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request } from '../api/request.ts'

const usageKey = ['usage'] as const

/** What this period's plan allows and what of it is used; `everyMs` asks again and again. */
export function useUsage(everyMs: number | false = false) {
  return useQuery({
    queryKey: usageKey,
    queryFn: () => request(usageSchema, 'GET', '/api/usage'),
    refetchInterval: everyMs,
  })
}

/** To be called after anything that may have cost an analysis or a message. */
export function refreshUsage(): void {
  void queryClient.invalidateQueries({ queryKey: usageKey })
}
