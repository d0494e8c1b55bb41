import type { Analysis } from '../../src/analyses/contract.ts'

type RawFile = Analysis['rawFiles'][number]

function toHex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Whether a chosen file is the very one that was measured, by size and SHA-256. Browsers hash only on secure
 * addresses; elsewhere the size alone decides.
 */
export async function isSameFile(file: File, measured: RawFile): Promise<boolean> {
  if (file.size !== measured.sizeBytes) return false
  if (!window.isSecureContext) return true
  return toHex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) === measured.sha256
}
