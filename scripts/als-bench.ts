/**
 * Compares the reader of sets with a bare expat pass in Python on the same file, both from the compressed bytes.
 *   node scripts/als-bench.ts FILE.als … [--passes 15]
 * Each file gets processes of its own, ours and Python's in turns; printed are the best pass of each, the first pass
 * of ours (the engine still cold), and the peak memory of our process, node itself included.
 */
import { execFileSync } from 'node:child_process'
import { createReadStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseLiveSet } from '../src/als/parse-live-set.ts'

const ROUNDS = 3

const EXPAT = `
import gzip, sys, time
from xml.parsers import expat
best = 9e9
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    with open(sys.argv[1], 'rb') as file:
        data = file.read()
    xml = gzip.decompress(data) if data[:2] == b'\\x1f\\x8b' else data
    expat.ParserCreate().Parse(xml, True)
    best = min(best, time.perf_counter() - start)
print(best * 1000, len(xml))
`

type Ours = { readonly bestMs: number; readonly firstMs: number; readonly peakMb: number }

async function measureHere(file: string, passes: number): Promise<Ours> {
  const times: number[] = []
  for (let pass = 0; pass < passes; pass++) {
    const start = performance.now()
    await parseLiveSet(createReadStream(file))
    times.push(performance.now() - start)
  }
  return {
    bestMs: Math.min(...times),
    firstMs: times[0] ?? Number.NaN,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }
}

function numbersFrom(command: string, args: readonly string[]): number[] {
  return execFileSync(command, args, { encoding: 'utf8' }).trim().split(/\s+/).map(Number)
}

function ours(file: string, passes: number): Ours {
  const script = fileURLToPath(import.meta.url)
  const [bestMs, firstMs, peakMb] = numbersFrom(process.execPath, [
    script,
    '--here',
    '--passes',
    String(passes),
    file,
  ])
  return { bestMs: bestMs ?? Number.NaN, firstMs: firstMs ?? Number.NaN, peakMb: peakMb ?? Number.NaN }
}

function compare(file: string, passes: number): void {
  let expatMs = Number.POSITIVE_INFINITY
  let xmlBytes = 0
  let bestMs = Number.POSITIVE_INFINITY
  let firstMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const [python, bytes] = numbersFrom('python3', ['-c', EXPAT, file, String(passes)])
    expatMs = Math.min(expatMs, python ?? Number.NaN)
    xmlBytes = bytes ?? 0
    const mine = ours(file, passes)
    bestMs = Math.min(bestMs, mine.bestMs)
    firstMs = Math.min(firstMs, mine.firstMs)
  }
  const { peakMb } = ours(file, 1)
  console.log(
    [
      basename(file).padEnd(34),
      `${(xmlBytes / 1e6).toFixed(1)} MB XML`.padStart(13),
      `expat ${expatMs.toFixed(1)} ms`.padStart(16),
      `ours ${bestMs.toFixed(1)} ms`.padStart(15),
      `ratio ${(expatMs / bestMs).toFixed(2)}`.padStart(11),
      `first pass ${firstMs.toFixed(0)} ms`.padStart(18),
      `peak ${peakMb.toFixed(0)} MB`.padStart(12),
    ].join(' '),
  )
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { passes: { type: 'string', default: '15' }, here: { type: 'boolean', default: false } },
})
const passes = Number(values.passes)
if (positionals.length === 0) {
  console.error('usage: node scripts/als-bench.ts FILE.als … [--passes 15]')
  process.exitCode = 2
}
for (const file of positionals) {
  if (!values.here) compare(file, passes)
  else {
    readFileSync(file) // warms the file cache, as for the other side
    const { bestMs, firstMs, peakMb } = await measureHere(file, passes)
    console.log(bestMs, firstMs, peakMb)
  }
}
