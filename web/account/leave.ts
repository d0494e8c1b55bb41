/**
 * Nobody is logged in here any more: the home page is loaded anew, since a new page holds nothing of the person, and in
 * place of this one, so that the way back does not lead to it.
 */
export function leaveForGood(): void {
  window.location.replace('/')
}
