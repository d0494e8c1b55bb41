import { NONE } from './no-node.ts'

/** Element and attribute names of one document, each stored once and known by a small number. */
export class NameTable {
  private readonly slots: Int32Array
  private readonly hashes: Int32Array
  private readonly starts: Int32Array
  private spellings = new Uint8Array(1 << 16)
  private readonly texts: string[] = []
  private readonly ids = new Map<string, number>()
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(limit * 2))).fill(NONE)
    this.hashes = new Int32Array(limit)
    this.starts = new Int32Array(limit + 1)
  }

  text(id: number): string {
    return this.texts[id] ?? ''
  }

  /** Length of a name in bytes. */
  lengthOf(id: number): number {
    return (this.starts[id + 1] ?? 0) - (this.starts[id] ?? 0)
  }

  /** The id of a name that the document has used so far, or NONE. */
  find(name: string): number {
    return this.ids.get(name) ?? NONE
  }

  /** The id of the name at bytes[from…to), new or known; NONE when there are too many names. */
  intern(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.slots.length - 1
    let slot = (hash ^ (hash >>> 15)) & mask
    for (;;) {
      const id = this.slots[slot] ?? NONE
      if (id === NONE) return this.add(bytes.subarray(from, to), hash, slot)
      if (this.hashes[id] === hash && this.lengthOf(id) === to - from && this.startsAt(id, bytes, from))
        return id
      slot = (slot + 1) & mask
    }
  }

  /** True when bytes[from…] start with the spelling of this name. */
  startsAt(id: number, bytes: Uint8Array, from: number): boolean {
    const { spellings } = this
    const start = this.starts[id] ?? 0
    const length = this.lengthOf(id)
    for (let i = 0; i < length; i++) {
      if (spellings[start + i] !== bytes[from + i]) return false
    }
    return true
  }

  private add(spelling: Uint8Array, hash: number, slot: number): number {
    const id = this.texts.length
    if (id >= this.limit) return NONE
    const start = this.starts[id] ?? 0
    const end = start + spelling.length
    if (end > this.spellings.length) {
      const larger = new Uint8Array(end * 2)
      larger.set(this.spellings)
      this.spellings = larger
    }
    this.spellings.set(spelling, start)
    this.starts[id + 1] = end
    this.hashes[id] = hash
    this.slots[slot] = id
    const text = Buffer.from(spelling).toString('latin1')
    this.texts.push(text)
    this.ids.set(text, id)
    return id
  }
}
