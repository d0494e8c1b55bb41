import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from '@swc/core'
import { check } from 'recheck'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/start-service.ts'
import { listProjectFiles } from './source-files.ts'

interface Expression {
  file: string
  pattern: string
  flags: string
}

/** Slower than linear, or too large for the checker, and harmless where they stand. */
const boundedElsewhere: Record<string, string> = {
  'web/report/light-up.ts': 'in the reader’s own browser, on the name of one number',
  'web/chat/references.ts': 'in the reader’s own browser, on one answer of at most a few thousand characters',
  'src/uploads/sniff-set.ts': 'on the first few hundred bytes of a file',
  'src/platform/db/migrate.ts': 'on our own migrations',
  'src/grounding/': 'on one answer, which the limit of tokens keeps to a few thousand characters',
  'src/feedback/hide-names.ts': 'every repetition is bounded, and a question has a length limit',
}

function* expressionsIn(node: unknown, file: string): Generator<Expression> {
  if (node === null || typeof node !== 'object') return
  if ('type' in node && node.type === 'RegExpLiteral' && 'pattern' in node && 'flags' in node)
    yield { file, pattern: String(node.pattern), flags: String(node.flags) }
  for (const child of Object.values(node)) yield* expressionsIn(child, file)
}

function listExpressions(): Expression[] {
  const files = listProjectFiles().filter((file) => /^(src|workers|web|bin)\/.*\.tsx?$/.test(file))
  const all = files
    .filter((file) => !file.includes('kernels/assembly'))
    .flatMap((file) => {
      const text = readFileSync(path.join(projectRoot, file), 'utf8')
      return [...expressionsIn(parseSync(text, { syntax: 'typescript', tsx: file.endsWith('x') }), file)]
    })
  return [...new Map(all.map((one) => [`${one.pattern}/${one.flags}`, one])).values()]
}

test('no regular expression takes much longer for an unlucky text, but where texts are short (T18)', async () => {
  const expressions = listExpressions()
  expect(expressions.length).toBeGreaterThan(80)
  const slow: string[] = []
  for (const { file, pattern, flags } of expressions) {
    const isBounded = Object.keys(boundedElsewhere).some((place) => file.startsWith(place))
    // Where texts are short only exponential ones matter, and those the automaton finds at once.
    const effort = isBounded ? ({ checker: 'automaton', timeout: 500 } as const) : { timeout: 2000 }
    const quick = await check(pattern, flags, { attackTimeout: 200, ...effort })
    const isUnclear = quick.status === 'unknown' && !isBounded
    const found = isUnclear ? await check(pattern, flags, { timeout: 30_000 }) : quick
    const isExponential = found.status === 'vulnerable' && found.complexity.type === 'exponential'
    if (isExponential || (found.status !== 'safe' && !isBounded))
      slow.push(`${file} ${pattern} ${found.status}`)
  }
  expect(slow).toEqual([])
}, 120_000)

test('the checker knows an expression that takes exponential time', async () => {
  expect(await check('^(a|a)*$', '', { timeout: 5000 })).toMatchObject({
    status: 'vulnerable',
    complexity: { type: 'exponential' },
  })
})
