/** No such node: every reading function answers it with undefined, −1 or nothing, so that paths may be chained. */
export const NONE = -1

/**
 * One part of a document (a track, the locators …) as flat arrays in document order: an element costs some 30 bytes
 * instead of an object, so that the largest track fits in the memory allowed.
 * Node i has the attributes attributesFrom[i] … attributesFrom[i+1]−1 and ends before node end[i].
 */
export class Tape {
  nodes = 0
  attributes = 0
  bytes = 0
  nameOf = new Uint16Array(1 << 12)
  end = new Int32Array(1 << 12)
  attributesFrom = new Int32Array((1 << 12) + 1)
  attributeNameOf = new Uint16Array(1 << 12)
  valueFrom = new Int32Array((1 << 12) + 1)
  arena = new Uint8Array(1 << 16)
  readonly names: NameTable

  constructor(names: NameTable) {
    this.names = names
  }

  clear(): void {
    this.nodes = 0
    this.attributes = 0
    this.bytes = 0
  }

  /** Makes room for all that `inputBytes` more bytes of XML can hold: 4 bytes make an element, 5 an attribute. */
  reserve(inputBytes: number): void {
    const nodes = this.nodes + (inputBytes >> 2) + 1
    const attributes = this.attributes + (inputBytes >> 2) + 1
    if (nodes > this.nameOf.length) {
      this.nameOf = grown(this.nameOf, new Uint16Array(roomFor(nodes)))
      this.end = grown(this.end, new Int32Array(roomFor(nodes)))
      this.attributesFrom = grown(this.attributesFrom, new Int32Array(roomFor(nodes) + 1))
    }
    if (attributes > this.attributeNameOf.length) {
      this.attributeNameOf = grown(this.attributeNameOf, new Uint16Array(roomFor(attributes)))
      this.valueFrom = grown(this.valueFrom, new Int32Array(roomFor(attributes) + 1))
    }
    const bytes = this.bytes + inputBytes + 8
    if (bytes > this.arena.length) this.arena = grown(this.arena, new Uint8Array(roomFor(bytes)))
  }

  name(node: number): string {
    return this.names.text(this.nameOf[node] ?? 0)
  }

  /** First child with this name, or NONE. */
  child(node: number, name: string): number {
    const wanted = this.names.find(name)
    if (node < 0 || wanted < 0) return NONE
    const stop = this.end[node] ?? 0
    for (let at = node + 1; at < stop; at = this.end[at] ?? stop) {
      if (this.nameOf[at] === wanted) return at
    }
    return NONE
  }

  /** The node at the end of a path of child names, or NONE. */
  path(node: number, ...names: readonly string[]): number {
    let at = node
    for (const name of names) at = this.child(at, name)
    return at
  }

  *children(node: number): Generator<number> {
    if (node < 0) return
    const stop = this.end[node] ?? 0
    for (let at = node + 1; at < stop; at = this.end[at] ?? stop) yield at
  }

  firstChild(node: number): number {
    return node >= 0 && node + 1 < (this.end[node] ?? 0) ? node + 1 : NONE
  }

  /** Index of an attribute for bytesOf and text, or NONE. */
  attribute(node: number, name: string): number {
    const wanted = this.names.find(name)
    if (node < 0 || wanted < 0) return NONE
    const stop = this.attributesFrom[node + 1] ?? 0
    for (let at = this.attributesFrom[node] ?? 0; at < stop; at++) {
      if (this.attributeNameOf[at] === wanted) return at
    }
    return NONE
  }

  /** Text of an attribute, undefined when absent. */
  text(attribute: number): string | undefined {
    if (attribute < 0) return undefined
    const from = this.valueFrom[attribute] ?? 0
    const to = this.valueFrom[attribute + 1] ?? 0
    return Buffer.from(this.arena.buffer, from, to - from).toString('utf8')
  }
}

function roomFor(count: number): number {
  return Math.ceil(count * 1.5)
}

function grown<A extends Uint8Array | Uint16Array | Int32Array>(old: A, larger: A): A {
  larger.set(old)
  return larger
}

/** Element and attribute names of one document, each stored once and known by a small number. */
export class NameTable {
  private readonly slots: Int32Array
  private readonly hashes: number[] = []
  private readonly spellings: Uint8Array[] = []
  private readonly texts: string[] = []
  private readonly ids = new Map<string, number>()
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(limit * 2))).fill(NONE)
  }

  text(id: number): string {
    return this.texts[id] ?? ''
  }

  spelling(id: number): Uint8Array {
    return this.spellings[id] ?? EMPTY
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
      if (id === NONE) return this.add(Uint8Array.from(bytes.subarray(from, to)), hash, slot)
      if (this.hashes[id] === hash && this.isSpelled(id, bytes, from, to)) return id
      slot = (slot + 1) & mask
    }
  }

  /** True when bytes[from…] start with the spelling of this name. */
  startsAt(id: number, bytes: Uint8Array, from: number): boolean {
    const spelling = this.spellings[id] ?? EMPTY
    for (let i = 0; i < spelling.length; i++) {
      if (spelling[i] !== bytes[from + i]) return false
    }
    return true
  }

  private isSpelled(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    return this.spelling(id).length === to - from && this.startsAt(id, bytes, from)
  }

  private add(spelling: Uint8Array, hash: number, slot: number): number {
    const id = this.texts.length
    if (id >= this.limit) return NONE
    const text = Buffer.from(spelling).toString('latin1')
    this.slots[slot] = id
    this.hashes.push(hash)
    this.spellings.push(spelling)
    this.texts.push(text)
    this.ids.set(text, id)
    return id
  }
}

const EMPTY = new Uint8Array(0)
