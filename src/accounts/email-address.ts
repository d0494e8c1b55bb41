/** One spelling per mailbox: what is stored, looked up and limited. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase()
}
