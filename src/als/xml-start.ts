import { LiveSetError } from './errors.ts'

const HEAD_BYTES = 1024

/**
 * Where the XML starts: behind the byte order mark, if there is one.
 * @param bytes the beginning of the document, at least its first 16 KiB or all of it
 * @throws LiveSetError als/not-a-live-set for another kind of file, als/damaged for XML in another encoding
 */
export function startOfXml(bytes: Buffer): number {
  const isUtf16 = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const head = bytes.toString('latin1', start, HEAD_BYTES)
  const encoding = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1]
  if (isUtf16 || (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding))) {
    throw new LiveSetError(
      'als/damaged',
      'The file is damaged: it is not in UTF-8, as every Live set is. Open it in Live, save it again and upload that file.',
    )
  }
  if (!/^\s*</.test(head)) {
    throw new LiveSetError(
      'als/not-a-live-set',
      'This is not a Live set: it is neither compressed nor plain XML. Upload the .als file that Live saved.',
    )
  }
  return start
}
