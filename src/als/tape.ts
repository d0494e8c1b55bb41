import type { SetLimits } from './limits.ts'
import type { NameTable } from './name-table.ts'
import { NONE } from './no-node.ts'

const INITIAL_ROOM = 1 << 17 // enough for one slice of input

type PartLimits = Pick<SetLimits, 'partElements' | 'partAttributes' | 'partBytes'>

/**
 * One part of a document (a track, the locators …) as flat arrays in document order: an element costs some 30 bytes
 * instead of an object, so that the largest track fits in the memory allowed.
 * Node i has the attributes attributesFrom[i] … attributesFrom[i+1]−1 and ends before node end[i].
 */
export class Tape {
  nodes = 0
  attributes = 0
  bytes = 0
  nameOf = new Uint16Array(INITIAL_ROOM)
  end = new Int32Array(INITIAL_ROOM)
  attributesFrom = new Int32Array(INITIAL_ROOM + 1)
  attributeNameOf = new Uint16Array(INITIAL_ROOM)
  valueFrom = new Int32Array(INITIAL_ROOM + 1)
  arena = Buffer.alloc(1 << 20)
  readonly names: NameTable

  private readonly largest: { readonly nodes: number; readonly attributes: number; readonly bytes: number }

  /** @param sliceBytes the most bytes of XML that are read between two calls of reserve */
  constructor(names: NameTable, limits: PartLimits, sliceBytes: number) {
    this.names = names
    this.largest = {
      nodes: limits.partElements + sliceBytes,
      attributes: limits.partAttributes + sliceBytes,
      bytes: limits.partBytes + 2 * sliceBytes,
    }
  }

  clear(): void {
    this.nodes = 0
    this.attributes = 0
    this.bytes = 0
  }

  /**
   * Makes room for all that `inputBytes` more bytes of XML can hold: 4 bytes make an element, 5 an attribute.
   * The small arrays suffice most parts; the large ones hold the largest part allowed, and cost memory only as far as
   * they are written.
   */
  reserve(inputBytes: number): void {
    const more = (inputBytes >> 2) + 1
    if (this.nodes + more > this.nameOf.length) {
      this.nameOf = grown(this.nameOf, new Uint16Array(this.largest.nodes))
      this.end = grown(this.end, new Int32Array(this.largest.nodes))
      this.attributesFrom = grown(this.attributesFrom, new Int32Array(this.largest.nodes + 1))
    }
    if (this.attributes + more > this.attributeNameOf.length) {
      this.attributeNameOf = grown(this.attributeNameOf, new Uint16Array(this.largest.attributes))
      this.valueFrom = grown(this.valueFrom, new Int32Array(this.largest.attributes + 1))
    }
    if (this.bytes + inputBytes > this.arena.length) {
      this.arena = grown(this.arena, Buffer.alloc(this.largest.bytes))
    }
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
    return this.attributeNamed(node, this.names.find(name))
  }

  /** The same for a name of which the number is known. */
  attributeNamed(node: number, wanted: number): number {
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
    return this.arena.toString('utf8', from, to)
  }
}

function grown<A extends Uint8Array | Uint16Array | Int32Array>(old: A, larger: A): A {
  larger.set(old)
  return larger
}
