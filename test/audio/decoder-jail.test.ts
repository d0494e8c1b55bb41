import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { jailed } from '../../src/audio/decoder-jail.ts'

/** Runs `echo` in the jail, as if started by the process with this number. */
function echoFor(parentPid: number): { status: number | null; stdout: string } {
  const args = jailed('echo', 5, 500_000_000, 5).map((word) =>
    word === String(process.pid) ? String(parentPid) : word,
  )
  return spawnSync('prlimit', [...args, 'two  words'], { encoding: 'utf8' })
}

test('a decoder gets its arguments as they were given', () => {
  expect(echoFor(process.pid)).toMatchObject({ status: 0, stdout: 'two  words\n' })
})

test('a decoder whose service was killed while it was being started does not run', () => {
  const ended = spawnSync('true').pid
  expect(echoFor(ended)).toMatchObject({ status: 137, stdout: '' })
})
