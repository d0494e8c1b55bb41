import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeWav } from '../support/sounds.ts'
import { projectRoot } from '../support/start-service.ts'

const alone = ['-r', '-n']
const canBeAlone = spawnSync('unshare', [...alone, 'true']).status === 0
if (!canBeAlone) process.stdout.write('Network namespaces are not allowed here: one test is skipped.\n')

/** In a network of its own without a route, not even to this machine. */
function runAlone(command: string, args: string[]): string {
  return execFileSync('unshare', [...alone, command, ...args], {
    encoding: 'utf8',
    cwd: projectRoot,
    stdio: 'pipe',
  })
}

test.skipIf(!canBeAlone)(
  'a track is measured by our own engine: no network is there, and the result is the same (TS-08)',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tracksensei-alone-'))
    const file = path.join(folder, 'mix.wav')
    writeFileSync(file, makeWav({ seconds: 5 }))
    const program = path.join(projectRoot, 'bin/tracksensei')
    const args = ['analyze', file, '--json']
    // No route: nothing but the heading of the table.
    expect(runAlone('cat', ['/proc/net/route']).trim().split('\n').length).toBeLessThanOrEqual(1)
    const inside = runAlone(program, args)
    const outside = execFileSync(program, args, { encoding: 'utf8', cwd: projectRoot, stdio: 'pipe' })
    expect(JSON.parse(inside).report.loudness.integratedLufs).toBeLessThan(-10)
    expect(JSON.parse(inside).report.loudness).toEqual(JSON.parse(outside).report.loudness)
    rmSync(folder, { recursive: true })
  },
)
