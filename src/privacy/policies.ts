import { absent } from '../core/errors.ts'
import type { Policy, PolicyList } from './contract.ts'
import { policy20261121 } from './policies/policy-2026-11-21.ts'
import { policy20261127 } from './policies/policy-2026-11-27.ts'

/** Every version there ever was, newest first. */
export const policies: [Policy, ...Policy[]] = [policy20261127, policy20261121]

/** @param contact where letters about privacy go */
export function listPolicies(contact: string): PolicyList {
  return {
    current: policies[0],
    contact,
    versions: policies.map(({ version, changes }) => ({ version, changes })),
  }
}

/** @throws AppError absent */
export function getPolicy(version: string): Policy {
  const policy = policies.find((candidate) => candidate.version === version)
  if (!policy) throw absent('version of the policy')
  return policy
}
