import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../support/start-service.ts'

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8')

/** How many requirements each chapter of ASVS 5.0.0 has on level 1. */
const levelOne = {
  V1: 8,
  V2: 4,
  V3: 8,
  V4: 2,
  V5: 4,
  V6: 13,
  V7: 6,
  V8: 4,
  V9: 4,
  V10: 5,
  V11: 3,
  V12: 3,
  V13: 1,
  V14: 2,
  V15: 3,
}

interface Row {
  requirement: string
  kind: string
  where: string
  how: string
}

function readRows(): Row[] {
  return read('docs/asvs.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, requirement = '', kind = '', where = '', how = ''] =
        /^(V\d+\.\d+\.\d+),(\w+),([^,]+),"(.*)"$/.exec(line) ?? []
      return { requirement, kind, where, how }
    })
}

test('every requirement of ASVS 5.0 level 1 has one row', () => {
  const requirements = readRows().map(({ requirement }) => requirement)
  expect(new Set(requirements).size).toBe(requirements.length)
  const counted: Record<string, number> = {}
  for (const requirement of requirements) {
    const chapter = requirement.split('.')[0] ?? ''
    counted[chapter] = (counted[chapter] ?? 0) + 1
  }
  expect(counted).toEqual(levelOne)
})

test('every row names a test that exists, or a file and a reason', () => {
  for (const { requirement, kind, where, how } of readRows()) {
    expect(existsSync(path.join(projectRoot, where)), `${requirement}: ${where}`).toBe(true)
    if (kind === 'test') expect(read(where), requirement).toContain(how)
    else {
      expect(['design', 'operator', 'none'], requirement).toContain(kind)
      expect(how.length, requirement).toBeGreaterThan(25)
    }
    if (kind === 'operator') expect(read(where), requirement).toContain(how.split(':')[0])
  }
})
