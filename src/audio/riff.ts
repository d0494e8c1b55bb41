import { readSync } from 'node:fs'

/** A piece of a RIFF or IFF file. */
export interface Chunk {
  id: string
  start: number
  /** Bytes that the header claims; may reach beyond the end of the file. */
  sizeBytes: number
}

/** More chunks than any honest file has before its sound; a bomb of empty chunks stops here. */
const MAX_CHUNKS = 10_000

/** Bytes of a file at a place; shorter than asked at its end. */
export function bytesAt(fd: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const got = readSync(fd, bytes, done, length - done, position + done)
    if (got === 0) break
    done += got
  }
  return bytes.subarray(0, done)
}

/** The chunks from a place on, in file order; stops where the caller stops or the file ends. */
export function* chunksOf(
  fd: number,
  from: number,
  fileBytes: number,
  littleEndian: boolean,
): Generator<Chunk> {
  let position = from
  for (let count = 0; count < MAX_CHUNKS && position + 8 <= fileBytes; count++) {
    const header = bytesAt(fd, position, 8)
    if (header.length < 8) return
    const sizeBytes = viewOf(header).getUint32(4, littleEndian)
    yield { id: String.fromCharCode(...header.subarray(0, 4)), start: position + 8, sizeBytes }
    position += 8 + sizeBytes + (sizeBytes & 1)
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
