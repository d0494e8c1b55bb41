import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { liveSetSchema } from '../../src/als/contract.ts'
import { preflightSchema } from '../../src/preflight/contract.ts'
import { reportSchema } from '../../src/report/contract.ts'
import { tone } from '../audio/signals.ts'
import { soundFolder, writeWav } from '../audio/sound-files.ts'

const program = fileURLToPath(new URL('../../bin/tracksensei', import.meta.url))
const folder = soundFolder()
afterAll(folder.remove)

const quiet = writeWav(folder.path('quiet.wav'), [tone(48_000, [[4, -23]])], { sampleRateHz: 48_000 })
const loud = writeWav(folder.path('loud.wav'), [tone(48_000, [[4, -13]])], { sampleRateHz: 48_000 })
const broken = folder.path('broken.wav')
writeFileSync(broken, 'not a sound')

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return { status, stdout, stderr, lines: stdout.split('\n').filter((line) => line !== '') }
}

describe('tracksensei analyze --json', () => {
  it('prints one line per file that follows the report contract, and exits with 0', () => {
    const { status, lines, stderr } = run('analyze', quiet, loud, '--json')
    expect(status).toBe(0)
    expect(stderr).toBe('')
    const answers = lines.map((line) => JSON.parse(line))
    expect(answers.map(({ file }) => file)).toEqual([quiet, loud])
    const reports = answers.map(({ report }) => reportSchema.parse(report))
    expect(reports[0]?.loudness?.integratedLufs).toBeCloseTo(-26.01, 1)
    expect(reports[1]?.loudness?.integratedLufs).toBeCloseTo(-16.01, 1)
    expect(reports[0]).toMatchObject({
      schemaVersion: 1,
      set: null,
      source: { container: 'wav', channels: 1 },
    })
  })

  it('goes on after a file that fails and exits with 1', () => {
    const { status, lines } = run('analyze', broken, quiet, '--json')
    expect(status).toBe(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      file: broken,
      error: { code: 'audio/unsupported-format' },
    })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ file: quiet, report: { schemaVersion: 1 } })
  })

  it('compares with a reference', () => {
    const { status, lines } = run('analyze', quiet, '--reference', loud, '--json')
    expect(status).toBe(0)
    const { report } = JSON.parse(lines[0] ?? '')
    expect(report.comparison.integratedLu).toBeCloseTo(-10, 1)
    expect(report.comparison.bands).toHaveLength(7)
    expect(report.comparison.thirdOctaves).toHaveLength(30)
    expect(report.comparison.bands[3].differenceDb).toBeCloseTo(0, 2)
  })
})

describe('tracksensei analyze', () => {
  it('prints a readable report with units', () => {
    const { status, stdout } = run('analyze', loud)
    expect(status).toBe(0)
    expect(stdout).toMatch(/Integrated +-16\.0 LUFS/)
    expect(stdout).toMatch(/True peak +-13\.0 dBTP/)
    expect(stdout).toMatch(/Correlation +–/)
  })

  it('tells a failure on the error stream, with its code', () => {
    const { status, stdout, stderr } = run('analyze', broken)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('audio/unsupported-format')
  })
})

describe('tracksensei set', () => {
  const set = fileURLToPath(new URL('../als/fixtures/example-live-12.als', import.meta.url))

  it('--json prints the set as it is read, and its preflight beside it', () => {
    const { status, lines } = run('set', set, '--json')
    expect(status).toBe(0)
    const { file, preflight, ...rest } = JSON.parse(lines[0] ?? '')
    expect(file).toBe(set)
    expect(liveSetSchema.parse(rest)).toEqual(rest)
    // the limiter of the example set stands at −0.3 dB
    expect(preflightSchema.parse(preflight).results.map(({ rule }) => rule)).toContain('set-limiter-ceiling')
  })

  it('--preflight says in words what was found, where, and what it stands on', () => {
    const { status, stdout } = run('set', set, '--preflight')
    expect(status).toBe(0)
    expect(stdout).toContain('track 6 Main, Limiter: −0.3 dB → −1 dB')
    expect(stdout).toContain('[standard: Spotify and AES TD1008')
  })

  it('--since says what was changed since an older version', () => {
    const older = fileURLToPath(new URL('../als/fixtures/example-live-11.als', import.meta.url))
    const { status, stdout } = run('set', set, '--since', older)
    expect(status).toBe(0)
    // the two fixtures hold the same music
    expect(stdout).toContain('No differences.')
    expect(JSON.parse(run('set', set, '--since', older, '--json').lines[0] ?? '').diff.changes).toEqual([])
  })

  it('tells a file that is no set on the error stream, with its code', () => {
    const { status, stderr } = run('set', loud, '--preflight')
    expect(status).toBe(1)
    expect(stderr).toContain('als/not-a-live-set')
  })
})

describe('wrong usage', () => {
  it.each([
    [[]],
    [['analyse', 'x.wav']],
    [['analyze']],
    [['analyze', '--json']],
    [['analyze', 'x.wav', '--loud']],
    [['analyze', 'x.wav', '--set']],
    [['analyze', 'x.wav', '--json', '--json']],
    [['set', 'x.als']],
  ])('%j exits with 2 and shows how it is meant', (args) => {
    const { status, stdout, stderr } = run(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Usage:')
  })

  it('help is no error', () => {
    const { status, stdout } = run('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('Usage:')
  })
})
