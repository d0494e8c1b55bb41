const DELETED = '#account-deleted'

/**
 * Nobody is logged in here any more: the home page is loaded anew, since a new page holds nothing of the person, and in
 * place of this one, so that the way back does not lead to it.
 */
export function leaveForGood(): void {
  window.location.replace('/')
}

/** As leaveForGood; the home page says what became of the account. */
export function leaveDeleted(): void {
  window.location.replace(`/${DELETED}`)
}

/** Whether the home page follows the deletion of an account. */
export function isDeletedJustNow(hash: string): boolean {
  return hash === DELETED
}
