import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import {
  type BillingInterval,
  hostedPageSchema,
  ledgerSchema,
  planSchema,
  type TierName,
} from '../../src/billing/contract.ts'
import { queryClient } from '../api/query-client.ts'
import { request } from '../api/request.ts'
import { refreshUsage } from './usage.ts'

const planKey = ['plan'] as const

/** The plan that holds and what else there is; `everyMs` asks again and again. */
export function usePlan(everyMs: number | false = false) {
  return useQuery({
    queryKey: planKey,
    queryFn: () => request(planSchema, 'GET', '/api/plan'),
    refetchInterval: everyMs,
  })
}

export interface PlanChoice {
  tier: TierName
  interval: BillingInterval
}

function findPage(choice: PlanChoice) {
  return request(hostedPageSchema, 'POST', '/api/plan/change', { body: choice })
}

/** Leads to the page at Stripe's where the change is made. */
export function useGoToChange() {
  return useMutation({
    mutationFn: findPage,
    onSuccess: ({ url }) => window.location.assign(url),
  })
}

/**
 * The same in a window of its own: what is being done on this page stays as it is. The window is opened within the
 * click, so that no browser takes it for an advertisement.
 */
export function useChangeElsewhere() {
  return useMutation({
    mutationFn: async (choice: PlanChoice) => {
      const opened = window.open('', '_blank')
      try {
        const { url } = await findPage(choice)
        if (opened === null) return { url, isOpen: false }
        opened.location.href = url
        return { url, isOpen: true }
      } catch (error) {
        opened?.close()
        throw error
      }
    },
  })
}

/** Leads to invoices and cards at Stripe's. */
export function useGoToPortal() {
  return useMutation({
    mutationFn: () => request(hostedPageSchema, 'POST', '/api/plan/portal', { body: {} }),
    onSuccess: ({ url }) => window.location.assign(url),
  })
}

export function useKeepPlan() {
  return useMutation({
    mutationFn: () => request(planSchema, 'POST', '/api/plan/keep', { body: {} }),
    onSuccess: (plan) => {
      queryClient.setQueryData(planKey, plan)
      refreshUsage()
    },
  })
}

/** Why each unit was counted, page by page. */
export function useLedger() {
  return useInfiniteQuery({
    queryKey: ['ledger'],
    queryFn: ({ pageParam }) =>
      request(ledgerSchema, 'GET', `/api/usage/ledger${pageParam === null ? '' : `?before=${pageParam}`}`),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextBefore,
  })
}

const firstPage: number | null = null
