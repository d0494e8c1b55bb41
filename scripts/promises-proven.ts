import { readFileSync } from 'node:fs'
import { z } from 'zod'

// Which promises are proven: one is claimed in docs/privacy.md and proven by a test that passes and names it.

const resultsSchema = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
})

export type TestResults = z.infer<typeof resultsSchema>

export interface Judgement {
  /** Promises the software must prove. */
  software: string[]
  proven: string[]
  /** Not claimed yet. */
  open: string[]
  /** Claimed, but no passing test names it, or it is no promise. */
  broken: string[]
}

const idsIn = (text: string): string[] => text.match(/\bTS-\d\d\b/g) ?? []

/** The ids in the names of tests that ended this way. */
function idsOfTests(results: TestResults, status: string): Set<string> {
  const tests = results.testResults.flatMap((file) => file.assertionResults)
  return new Set(tests.filter((one) => one.status === status).flatMap((one) => idsIn(one.fullName)))
}

function claimsOf(privacyPage: string): string[] {
  const rows = privacyPage.split('\n').filter((line) => line.startsWith('| TS-'))
  return [...new Set(rows.flatMap((line) => idsIn(line.split('|')[1] ?? '')))]
}

/** @param promisesCsv id,kind,promise of every promise @param results vitest's JSON report */
export function judgePromises(promisesCsv: string, privacyPage: string, results: TestResults): Judgement {
  const rows = promisesCsv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
  const software = rows
    .filter(([, kind]) => kind === 'sw' || kind === 'derived')
    .map(([id]) => id)
    .filter((id) => id !== undefined)
  const known = new Set(rows.map(([id]) => id))
  const [passed, failed] = [idsOfTests(results, 'passed'), idsOfTests(results, 'failed')]
  const claims = claimsOf(privacyPage)
  const isProven = (id: string) => passed.has(id) && !failed.has(id)
  return {
    software,
    proven: software.filter((id) => claims.includes(id) && isProven(id)),
    open: software.filter((id) => !claims.includes(id)),
    broken: claims.filter((id) => !known.has(id) || !isProven(id)),
  }
}

function tell(resultsFile: string): void {
  const read = (file: string) => readFileSync(file, 'utf8')
  const results = resultsSchema.parse(JSON.parse(read(resultsFile)))
  const judged = judgePromises(read('docs/promises.csv'), read('docs/privacy.md'), results)
  console.log(`promises proven: ${judged.proven.length} of ${judged.software.length}`)
  if (judged.open.length > 0) console.log(`not claimed yet: ${judged.open.join(' ')}`)
  if (judged.broken.length === 0) return
  console.log(`claimed in docs/privacy.md, but no passing test names it: ${judged.broken.join(' ')}`)
  process.exitCode = 1
}

if (import.meta.main) tell(process.argv[2] ?? '')
