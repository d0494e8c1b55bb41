import type { NotUnderstood } from './contract.ts'
import { cleanName } from './text.ts'

/** Counts what the reader met and could not use, so that gaps show themselves instead of passing for nothing. */
export class NotUnderstoodList {
  private readonly found = new Map<string, NotUnderstood>()
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  add(kind: NotUnderstood['kind'], name: string, where: string, count = 1): void {
    const key = `${kind} ${where} ${name}`
    const known = this.found.get(key)
    if (known !== undefined) known.count += count
    else if (this.found.size < this.limit) {
      this.found.set(key, { kind, name: cleanName(name), where: cleanName(where), count })
    }
  }

  list(): NotUnderstood[] {
    return [...this.found.values()]
  }
}
