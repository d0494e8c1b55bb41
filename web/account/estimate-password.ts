import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import {
  ESTIMATED_CHARACTERS,
  type PasswordEstimate,
  wordsToAvoid,
} from '../../src/accounts/password-contract.ts'

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: ESTIMATED_CHARACTERS })

/** The same estimate the service makes; it stays on this page. */
export function estimatePassword(password: string, email: string, displayName: string): PasswordEstimate {
  return estimator.check(password.normalize('NFKC'), wordsToAvoid(email, displayName))
}
