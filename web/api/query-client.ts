import { MutationCache, QueryCache, QueryClient, type QueryFilters } from '@tanstack/react-query'
import { z } from 'zod'
import { ApiProblem } from './problem.ts'

export const meKey = ['me'] as const
const MAX_RETRIES = 2

interface Somebody {
  id: string
}

const somebodySchema = z.object({ id: z.string() })

/** What is the same for everybody, or hangs on a link alone. */
const anybodys = new Set<unknown>(['me', 'info', 'policies', 'shared-report', 'verify', 'confirm-email'])
const personal: Pick<QueryFilters, 'predicate'> = { predicate: ({ queryKey }) => !anybodys.has(queryKey[0]) }

/**
 * What this tab has read for one person is never shown to the next one: it is forgotten as soon as another person, or
 * nobody, turns out to be logged in. What is being written in a form is no part of it.
 */
export function forgetOthers(account: Somebody | null): void {
  const known = somebodySchema.safeParse(queryClient.getQueryData(meKey)).data
  if (known === undefined || known.id === account?.id) return
  // A page that stays open is read anew for the other person.
  if (account === null) queryClient.removeQueries(personal)
  else void queryClient.resetQueries(personal)
}

/** From now on this account is the one that is logged in here, or nobody. */
export function noteAccount(account: Somebody | null): void {
  forgetOthers(account)
  queryClient.setQueryData(meKey, account)
}

/** A login that ended elsewhere shows itself as 401 on any call: from then on nobody is logged in here. */
function noticeLogout(error: unknown): void {
  if (error instanceof ApiProblem && error.status === 401) noteAccount(null)
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeLogout }),
  mutationCache: new MutationCache({ onError: noticeLogout }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only silence and server trouble are worth another try.
      retry: (failures, error) =>
        failures < MAX_RETRIES && error instanceof ApiProblem && (error.status === 0 || error.status >= 500),
    },
    mutations: { retry: false },
  },
})
