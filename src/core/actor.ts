/** Who asks: an account with a live login session. */
export interface Actor {
  userId: string
  sessionId: string
  isVerified: boolean
}
