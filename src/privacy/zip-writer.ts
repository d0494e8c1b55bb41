import { strToU8, Zip, ZipDeflate } from 'fflate'

const PART_BYTES = 1_000_000

export interface ZipWriter {
  /** One file of the archive, written piece by piece as the text comes. */
  addFile(name: string, texts: AsyncIterable<string> | Iterable<string>): Promise<void>
  end(): Promise<void>
}

/** A zip archive that is handed on in parts of about a megabyte; no more than that is held. */
export function createZipWriter(write: (part: Uint8Array) => Promise<void>): ZipWriter {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let failure: Error | undefined
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else {
      held.push(chunk)
      heldBytes += chunk.length
    }
  })

  async function handOn(leastBytes: number): Promise<void> {
    if (failure) throw failure
    if (heldBytes === 0 || heldBytes < leastBytes) return
    const part = Buffer.concat(held)
    held = []
    heldBytes = 0
    await write(part)
  }

  return {
    async addFile(name, texts) {
      const file = new ZipDeflate(name)
      zip.add(file)
      for await (const text of texts) {
        file.push(strToU8(text))
        await handOn(PART_BYTES)
      }
      file.push(new Uint8Array(), true)
      await handOn(PART_BYTES)
    },
    async end() {
      zip.end()
      await handOn(0)
    },
  }
}
