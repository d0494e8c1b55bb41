import { isUtf8 } from 'node:buffer'
import { LiveSetError } from './errors.ts'
import type { SetLimits } from './limits.ts'
import { NameTable } from './name-table.ts'
import { NONE } from './no-node.ts'
import { Tape } from './tape.ts'
import { byteClass, NAME, plainInValue, readReference, SPACE } from './xml-characters.ts'
import { startOfXml } from './xml-start.ts'

/** What to do with an element above the parts: go into it, keep it whole as one part, or pass over it. */
export type Descent = 'enter' | 'keep' | 'skip'

export type XmlListener = {
  /** Called for every element above the parts; node 0 of the tape is the element with its attributes. */
  enter(depth: number, tape: Tape): Descent
  /** Called when an element that was kept has ended; node 0 is its root. The tape is used again afterwards. */
  part(tape: Tape): void
}

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const EQUALS = 0x3d
const BANG = 0x21
const QUESTION = 0x3f
const AMPERSAND = 0x26
const COALESCE_BYTES = 16 * 1024
const SLICE_BYTES = 256 * 1024
const SHORT_TEXT_BYTES = 48

/**
 * Reads XML of the kind Live writes, byte by byte as it arrives: elements and attributes in UTF-8, the five entities
 * and character references; text, comments, CDATA and processing instructions are passed over; a DOCTYPE is refused.
 * Parts of the document are collected on a tape and handed over one at a time.
 */
export class XmlReader {
  private readonly limits: SetLimits
  private readonly listener: XmlListener
  private readonly names: NameTable
  private readonly tape: Tape
  private input = Buffer.alloc(COALESCE_BYTES * 2)
  private started: boolean = false
  private held = 0 // bytes of input that wait
  private scanned = 0 // of these, how many a scan has seen
  private depth = 0
  private readonly openNames: Int32Array
  private readonly openNodes: Int32Array
  private collectDepth = 0 // depth of the element being kept or skipped; 0 outside
  private keeping: boolean = false
  private rootEnded: boolean = false
  private items = 0
  private textRun = 0
  private until: 'comment' | 'cdata' | 'instruction' | undefined

  constructor(listener: XmlListener, limits: SetLimits) {
    this.listener = listener
    this.limits = limits
    this.names = new NameTable(limits.distinctNames)
    this.tape = new Tape(this.names, limits, 2 * SLICE_BYTES)
    this.openNames = new Int32Array(limits.depth + 1)
    this.openNodes = new Int32Array(limits.depth + 1)
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) this.take(chunk.subarray(at, at + SLICE_BYTES))
  }

  private take(chunk: Uint8Array): void {
    const needed = this.held + chunk.length + 1
    if (needed > this.input.length) {
      const larger = Buffer.alloc(needed + (needed >> 1))
      this.input.copy(larger, 0, 0, this.held)
      this.input = larger
    }
    this.input.set(chunk, this.held)
    this.held += chunk.length
    if (this.held - this.scanned >= COALESCE_BYTES) this.consume()
  }

  /** @throws LiveSetError als/damaged when the document has not ended */
  finish(): void {
    this.consume()
    if (this.depth > 0 || this.held > 0 || this.until !== undefined || !this.rootEnded) {
      throw damaged('it ends in the middle')
    }
  }

  /** Looks at the first bytes: XML in UTF-8 starts here, or it is another kind of file. */
  private start(): void {
    const start = startOfXml(this.input.subarray(0, this.held))
    this.input.copyWithin(0, start, this.held)
    this.held -= start
    this.started = true
  }

  private consume(): void {
    if (!this.started) this.start()
    this.input[this.held] = 0 // ends every scanning loop without a test of its own
    this.tape.reserve(this.held)
    const rest = this.scan(this.held)
    this.input.copyWithin(0, rest, this.held)
    this.held -= rest
    this.scanned = this.held
    if (this.held > this.limits.tagBytes) throw tooComplex('an element of the set is too long')
  }

  /** Reads as many whole tokens as there are; returns where the first incomplete one starts. */
  private scan(end: number): number {
    const input = this.input
    let at = 0
    for (;;) {
      if (this.until !== undefined) {
        at = this.passOver(at, end)
        if (this.until !== undefined) return at
      }
      at = this.passText(at, end)
      if (at + 1 >= end) return at
      const next = input[at + 1]
      let after: number
      if (next === SLASH) after = this.closeTag(at + 2, end)
      else if (next === BANG || next === QUESTION) after = this.declaration(at, end)
      else after = this.openTag(at + 1, end)
      if (after < 0) return at
      at = after
    }
  }

  private passText(from: number, end: number): number {
    const input = this.input
    const short = Math.min(end, from + SHORT_TEXT_BYTES)
    let at = from
    while (at < short && input[at] !== LT) at++
    if (at === short && at < end) {
      const next = input.indexOf(LT, at)
      at = next < 0 || next > end ? end : next
    }
    if (this.depth === 0) this.requireBlank(from, at)
    if (at - from > SHORT_TEXT_BYTES || this.textRun > 0) this.countText(at - from, at < end)
    return at
  }

  private countText(length: number, ended: boolean): void {
    this.textRun += length
    if (this.textRun > this.limits.textBytes) throw tooComplex('a block of text in the set is too long')
    if (ended) this.textRun = 0
  }

  private requireBlank(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      if (byteClass[this.input[at] ?? 0] !== SPACE) throw damaged('text stands outside the set')
    }
  }

  /** Element start from its name on; returns the offset after it, or NONE when the tag is not complete. */
  private openTag(from: number, end: number): number {
    const { input, tape } = this
    let at = from
    let hash = 0x811c9dc5
    for (let byte = input[at] ?? 0; byteClass[byte] === NAME; byte = input[++at] ?? 0) {
      hash = Math.imul(hash ^ byte, 0x01000193)
    }
    if (at >= end) return NONE
    if (at === from) throw damaged('it is not well-formed XML')
    if (at - from > this.limits.nameBytes) throw tooComplex('the name of an element is too long')
    const name = this.names.intern(input, from, at, hash)
    if (name < 0) throw tooComplex('the set uses too many kinds of elements')
    const firstAttribute = tape.attributes
    const firstByte = tape.bytes
    for (;;) {
      const attributeStart = at
      while (byteClass[input[at] ?? 0] === SPACE) at++
      const byte = input[at]
      if (byte === GT && at < end) {
        this.open(name, firstAttribute)
        return at + 1
      }
      if (byte === SLASH && at + 1 < end) {
        if (input[at + 1] !== GT) throw damaged('it is not well-formed XML')
        this.open(name, firstAttribute)
        this.close()
        return at + 2
      }
      if (at + 1 < end) {
        if (at === attributeStart) throw damaged('it is not well-formed XML')
        at = this.attribute(at, end, firstAttribute)
      }
      if (at < 0 || at + 1 >= end) {
        tape.attributes = firstAttribute
        tape.bytes = firstByte
        return NONE
      }
    }
  }

  /** One attribute onto the tape; returns the offset after its closing quote, or NONE when incomplete. */
  private attribute(from: number, end: number, firstAttribute: number): number {
    const { input, tape } = this
    let at = from
    let hash = 0x811c9dc5
    for (let byte = input[at] ?? 0; byteClass[byte] === NAME; byte = input[++at] ?? 0) {
      hash = Math.imul(hash ^ byte, 0x01000193)
    }
    const nameEnd = at
    while (byteClass[input[at] ?? 0] === SPACE) at++
    if (at >= end) return NONE
    if (nameEnd === from || input[at] !== EQUALS) throw damaged('it is not well-formed XML')
    at++
    while (byteClass[input[at] ?? 0] === SPACE) at++
    if (at >= end) return NONE
    const quote = input[at]
    if (quote !== 0x22 && quote !== 0x27) throw damaged('it is not well-formed XML')
    if (nameEnd - from > this.limits.nameBytes) throw tooComplex('the name of an attribute is too long')
    const name = this.names.intern(input, from, nameEnd, hash)
    if (name < 0) throw tooComplex('the set uses too many kinds of attributes')
    if (tape.attributes - firstAttribute >= this.limits.attributes) {
      throw tooComplex('an element of the set has too many attributes')
    }
    for (let other = firstAttribute; other < tape.attributes; other++) {
      if (tape.attributeNameOf[other] === name) throw damaged('an element has the same attribute twice')
    }
    return this.attributeValue(at + 1, end, quote, name)
  }

  private attributeValue(from: number, end: number, quote: number, name: number): number {
    const { input, tape } = this
    const arena = tape.arena
    const start = tape.bytes
    let to = start
    let at = from
    let wide = false
    for (;;) {
      let byte = input[at] ?? 0
      while (plainInValue[byte] === 1) {
        arena[to++] = byte
        byte = input[++at] ?? 0
      }
      if (at >= end) {
        if (to - start > this.limits.attributeBytes) break
        return NONE
      }
      if (byte === quote) break
      if (byte === AMPERSAND) {
        const reference = readReference(input, at, end)
        if (reference === undefined) return NONE
        if (reference.bytes === undefined) throw damaged('it holds a character that XML forbids')
        for (const decoded of reference.bytes) arena[to++] = decoded
        at = reference.after
        continue
      }
      if (byte >= 0x80) wide = true
      else if (byte === LT || (byte < 0x20 && byteClass[byte] !== SPACE)) {
        throw damaged('it holds a character that XML forbids')
      }
      arena[to++] = byte < 0x20 ? 0x20 : byte
      at++
    }
    if (to - start > this.limits.attributeBytes) throw tooComplex('a name or value in the set is too long')
    if (wide && !isUtf8(arena.subarray(start, to))) throw damaged('a name in it is not valid UTF-8')
    tape.valueFrom[tape.attributes] = start
    tape.attributeNameOf[tape.attributes] = name
    tape.attributes++
    tape.valueFrom[tape.attributes] = to
    tape.bytes = to
    return at + 1
  }

  /** Element end from its name on; returns the offset after it, or NONE when the tag is not complete. */
  private closeTag(from: number, end: number): number {
    const expected = this.openNames[this.depth] ?? 0
    const length = this.names.lengthOf(expected)
    let at = from + length
    if (at >= end) {
      if (this.input.indexOf(GT, from) >= 0 && this.input.indexOf(GT, from) < end)
        throw damaged('its elements do not match')
      return NONE
    }
    if (this.depth === 0 || !this.names.startsAt(expected, this.input, from)) {
      throw damaged('its elements do not match')
    }
    while (byteClass[this.input[at] ?? 0] === SPACE) at++
    if (at >= end) return NONE
    if (this.input[at] !== GT) throw damaged('its elements do not match')
    this.close()
    return at + 1
  }

  private open(name: number, firstAttribute: number): void {
    const { tape } = this
    if (this.rootEnded) throw damaged('it holds more than one set')
    this.items += 1 + tape.attributes - firstAttribute
    if (this.items > this.limits.items) throw tooComplex('the set has too much in it')
    if (++this.depth > this.limits.depth) throw tooComplex('its elements are nested too deeply')
    const node = tape.nodes++
    tape.nameOf[node] = name
    tape.attributesFrom[node] = firstAttribute
    tape.attributesFrom[tape.nodes] = tape.attributes
    tape.end[node] = tape.nodes
    this.openNames[this.depth] = name
    this.openNodes[this.depth] = node
    if (this.collectDepth === 0) {
      const descent = this.listener.enter(this.depth, tape)
      if (descent !== 'enter') this.collectDepth = this.depth
      this.keeping = descent === 'keep'
    }
    if (!this.keeping) tape.clear()
    else if (this.isFull()) throw tooComplex('one track of the set has too much in it')
  }

  private isFull(): boolean {
    const { tape, limits } = this
    return (
      tape.nodes > limits.partElements ||
      tape.attributes > limits.partAttributes ||
      tape.bytes > limits.partBytes
    )
  }

  private close(): void {
    const { tape } = this
    if (this.keeping) tape.end[this.openNodes[this.depth] ?? 0] = tape.nodes
    if (this.depth === this.collectDepth) {
      if (this.keeping) this.listener.part(tape)
      this.collectDepth = 0
      this.keeping = false
      tape.clear()
    }
    if (--this.depth === 0) this.rootEnded = true
  }

  /** `<?…?>`, `<!--…-->` and `<![CDATA[…]]>` are passed over, `<!DOCTYPE` is refused. */
  private declaration(at: number, end: number): number {
    const { input } = this
    if (input[at + 1] === QUESTION) {
      this.until = 'instruction'
      return at + 2
    }
    const start = input.toString('latin1', at + 2, Math.min(end, at + 9))
    if (start.startsWith('--')) {
      this.until = 'comment'
      return at + 4
    }
    if (start === '[CDATA[') {
      if (this.depth === 0) throw damaged('text stands outside the set')
      this.until = 'cdata'
      return at + 9
    }
    if (end - at >= 9) {
      if (start.toUpperCase() === 'DOCTYPE') {
        throw new LiveSetError(
          'als/forbidden-xml',
          'The file declares a document type, which no Live set does and which is not read for safety.',
        )
      }
      throw damaged('it is not well-formed XML')
    }
    return NONE
  }

  private passOver(from: number, end: number): number {
    const mark = this.until === 'comment' ? '-->' : this.until === 'cdata' ? ']]>' : '?>'
    const found = this.input.indexOf(mark, from, 'latin1')
    if (found < 0 || found + mark.length > end) return Math.max(from, end - mark.length + 1)
    this.until = undefined
    return found + mark.length
  }
}

function damaged(what: string): LiveSetError {
  return new LiveSetError(
    'als/damaged',
    `The file is damaged: ${what}. Open it in Live, save it again and upload that file.`,
  )
}

function tooComplex(what: string): LiveSetError {
  return new LiveSetError(
    'als/too-complex',
    `The set cannot be read here: ${what}. Save a smaller copy of it and upload that.`,
  )
}
