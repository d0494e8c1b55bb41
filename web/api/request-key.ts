/**
 * What a piece of work is called towards the server, so that sending it again after a lost answer costs nothing twice.
 * Over plain http on another host than this machine a browser has no randomUUID; the bytes are as good.
 */
export function newRequestKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
