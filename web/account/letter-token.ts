import { useEffect, useState } from 'react'

function tokenFromFragment(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''
}

/** The token of the link that was opened; it is taken out of the address bar, so that it stays in no history. */
export function useLetterToken(): string {
  const [token] = useState(tokenFromFragment)
  useEffect(() => {
    if (window.location.hash !== '') {
      window.history.replaceState(window.history.state, '', window.location.pathname)
    }
  }, [])
  return token
}
