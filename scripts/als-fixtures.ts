/**
 * Writes the small sets that tests and examples use, one for each version of Live.
 *   node scripts/als-fixtures.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { eras } from '../test/als/eras.ts'
import { exampleSet } from '../test/als/example-set.ts'
import { printSet } from '../test/als/print-set.ts'

const folder = join(import.meta.dirname, '../test/als/fixtures')
mkdirSync(folder, { recursive: true })
for (const era of eras) {
  const name = `example-live-${era}.als`
  writeFileSync(join(folder, name), gzipSync(printSet(exampleSet(era)), { level: 9 }))
  console.log(`wrote test/als/fixtures/${name}`)
}
