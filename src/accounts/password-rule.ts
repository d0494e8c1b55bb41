import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { AppError } from '../core/errors.ts'
import { ESTIMATED_CHARACTERS, passwordComplaint, wordsToAvoid } from './password-contract.ts'

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: ESTIMATED_CHARACTERS })

/**
 * The password is neither common nor made of what everybody knows of its owner. How long it must be stands in the
 * contract. @throws AppError invalid with the reason at `field`
 */
export function requireGoodPassword(
  password: string,
  owner: { email: string; display_name: string | null },
  field = 'password',
): void {
  const words = wordsToAvoid(owner.email, owner.display_name ?? '')
  const complaint = passwordComplaint(estimator.check(password.normalize('NFKC'), words))
  if (complaint === undefined) return
  throw new AppError('invalid', 'accounts/password-too-easy', complaint, { fields: { [field]: complaint } })
}
