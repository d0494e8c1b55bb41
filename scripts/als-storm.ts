/**
 * Throws generated and damaged sets at the reader, many more than the tests do.
 *   node scripts/als-storm.ts [--cases 10000] [--flips 10000] [--seed N]
 * Exits 1 when a set is not read back as written, when damage leads to anything but a typed error or a whole set, or
 * when one file takes longer than 2 s.
 */
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { liveSetSchema } from '../src/als/contract.ts'
import { LiveSetError } from '../src/als/errors.ts'
import { parseLiveSet } from '../src/als/parse-live-set.ts'
import { arbitrarySet } from '../test/als/arbitrary-set.ts'
import { printSet } from '../test/als/print-set.ts'
import { inPieces, printAndParse, sumsOf, withoutSums } from '../test/als/round-trip.ts'

const LONGEST_MS = 2000

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    flips: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '20261121' },
  },
})
const seed = Number(values.seed)
let slowestMs = 0

async function timed<T>(work: Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await work
  } finally {
    slowestMs = Math.max(slowestMs, performance.now() - start)
  }
}

async function roundTrips(cases: number): Promise<void> {
  const property = fc.asyncProperty(arbitrarySet, async (written) => {
    const set = await timed(printAndParse(written))
    assert.deepEqual(structuredClone(withoutSums(set)), structuredClone(withoutSums(written.set)))
    assert.equal(set.samples.total, sumsOf(written.set).samples)
  })
  await fc.assert(property, { numRuns: cases, seed })
  console.log(`${cases} sets written and read back as they were`)
}

/** Half of the flips hit the compressed file, half the XML within, which no checksum guards then. */
async function bitFlips(flips: number): Promise<void> {
  const outcomes = new Map<string, number>()
  const bases = fc
    .sample(arbitrarySet, { numRuns: 50, seed })
    .map((written) => Buffer.from(printSet(written)))
  const places = fc.sample(fc.tuple(fc.nat(49), fc.nat(), fc.nat(7), fc.boolean()), { numRuns: flips, seed })
  for (const [base, place, bit, outside] of places) {
    const xml = Buffer.from(bases[base] ?? '')
    const bytes = outside ? gzipSync(xml) : xml
    const at = place % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
    const outcome = await timed(outcomeOf(outside ? bytes : gzipSync(bytes, { level: 1 })))
    const key = `${outside ? 'in the gzip file' : 'in the XML'}: ${outcome}`
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
  }
  console.log(`${flips} flipped bits`)
  for (const [outcome, count] of [...outcomes].sort()) console.log(`  ${count} ${outcome}`)
}

async function outcomeOf(bytes: Buffer): Promise<string> {
  try {
    liveSetSchema.parse(await parseLiveSet(inPieces(bytes)))
    return 'a whole set'
  } catch (error) {
    if (error instanceof LiveSetError) return error.code
    throw error
  }
}

await roundTrips(Number(values.cases))
await bitFlips(Number(values.flips))
console.log(
  `slowest file ${slowestMs.toFixed(0)} ms, peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
)
if (slowestMs > LONGEST_MS) process.exitCode = 1
