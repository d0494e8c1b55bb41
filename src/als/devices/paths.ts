import type { NameTable } from '../name-table.ts'
import { NONE } from '../no-node.ts'

const NAMES = 1 << 16
const LONGEST_PATH = 300
const MOST_PATHS = 100_000

/**
 * Paths of elements below a device as small numbers: thousands of devices repeat the same few hundred paths, whose
 * text is put together once.
 */
export class Paths {
  private readonly texts: string[] = ['']
  private readonly known = new Map<number, number>()
  private readonly labels = new Map<string, number>()
  private readonly names: NameTable

  constructor(names: NameTable) {
    this.names = names
  }

  text(path: number): string {
    return this.texts[path] ?? ''
  }

  /** The path that leads from `parent` to its child element of this name; NONE when it is absurdly long, or one of absurdly many. */
  below(parent: number, name: number): number {
    const key = parent * NAMES + name
    const known = this.known.get(key)
    if (known !== undefined) return known
    const added = this.add(parent, this.names.text(name))
    if (added !== NONE) this.known.set(key, added)
    return added
  }

  /** The path to a member of a list, told apart from its siblings by a label. */
  labelled(parent: number, label: string): number {
    const key = `${parent} ${label}`
    const known = this.labels.get(key)
    if (known !== undefined) return known
    const added = this.add(parent, label)
    if (added !== NONE) this.labels.set(key, added)
    return added
  }

  private add(parent: number, part: string): number {
    const before = this.text(parent)
    if (before.length + part.length > LONGEST_PATH || this.texts.length >= MOST_PATHS) return NONE
    return this.texts.push(before === '' ? part : `${before}/${part}`) - 1
  }
}

const pathsOfDocument = new WeakMap<NameTable, Paths>()

/** The paths of one document. */
export function pathsOf(names: NameTable): Paths {
  const known = pathsOfDocument.get(names)
  if (known !== undefined) return known
  const paths = new Paths(names)
  pathsOfDocument.set(names, paths)
  return paths
}
