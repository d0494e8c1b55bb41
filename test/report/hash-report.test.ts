import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportSchema } from '../../src/report/contract.ts'
import { canonicalJson, hashOfReport } from '../../src/report/hash-report.ts'
import { enter } from '../analyses/sessions.ts'
import { noise } from '../audio/signals.ts'
import { ffmpeg, soundFolder, writeWav } from '../audio/sound-files.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const program = fileURLToPath(new URL('../../bin/tracksensei', import.meta.url))
const folder = soundFolder()
let service: TestService
beforeAll(async () => {
  service = await openTestService()
})
afterAll(async () => {
  await service.close()
  folder.remove()
})

const sound = [noise(44_100 * 4, 1), noise(44_100 * 4, 2)].map((side) => side.map((value) => value / 4))
const wav = writeWav(folder.path('track.wav'), sound, { sampleRateHz: 44_100, bits: 16 })
const set = folder.path('track.als')
writeFileSync(set, makeLiveSet(['Bass']))

function run(...args: string[]) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return { status, stdout }
}

function reportOf(...args: string[]) {
  return reportSchema.parse(JSON.parse(run('analyze', ...args, '--json').stdout).report)
}

describe('canonical JSON', () => {
  it('writes a value in one way, whatever the order of its keys (RFC 8785)', () => {
    expect(canonicalJson({ b: [1, { z: null, a: 'ö"' }], a: 1e21, c: undefined, B: 0.1 })).toBe(
      '{"B":0.1,"a":1e+21,"b":[1,{"a":"ö\\"","z":null}]}',
    )
  })
})

describe('the hash of a report', () => {
  it('is the same for the same bytes, measured twice', () => {
    expect(reportOf(wav).sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(reportOf(wav)).toEqual(reportOf(wav))
  })

  it('is the same from the server as from the command line, after the way through the database', async () => {
    const client = await enter(service, 'hash@example.com')
    const upload = await client.upload({ audio: readFileSync(wav), set: readFileSync(set) })
    const { report } = (await client.finished(upload.body.analysisId)).body
    expect(report.sha256).toBe(hashOfReport(report))
    expect(report.sha256).toBe(reportOf(wav, '--set', set, '--kind', 'mix').sha256)
  })

  it('differs between WAV and FLAC of the same samples because of their source alone', () => {
    const flac = folder.path('track.flac')
    ffmpeg('-i', wav, '-c:a', 'flac', flac)
    const [fromWav, fromFlac] = [reportOf(wav), reportOf(flac)]
    expect(fromWav.sha256).not.toBe(fromFlac.sha256)
    expect({ ...fromWav, source: null, sha256: '' }).toEqual({ ...fromFlac, source: null, sha256: '' })
  })
})

describe('tracksensei check-report', () => {
  const file = folder.path('report.json')
  const check = (text: string) => {
    writeFileSync(file, text)
    return run('check-report', file)
  }

  it('finds reports intact as the command line prints them, and in any order and spacing', () => {
    const printed = run('analyze', wav, wav, '--json').stdout
    expect(check(printed)).toMatchObject({ status: 0 })
    expect(check(printed).stdout.match(/intact, engine \d/g)).toHaveLength(2)
    const { report } = JSON.parse(printed.split('\n')[0] ?? '')
    const turned = Object.fromEntries(Object.entries(report).reverse())
    expect(check(JSON.stringify(turned, null, 2)).stdout).toContain(`intact, engine ${report.engine.version}`)
  })

  it('notices a single digit that is changed, and a part that is taken away', () => {
    const report = reportOf(wav)
    const text = JSON.stringify(report)
    const digit = text.replace(
      /("integratedLufs":-\d+\.\d)(\d)/,
      (_, before, last) => `${before}${(+last + 1) % 10}`,
    )
    expect(digit).not.toBe(text)
    expect(check(digit)).toMatchObject({ status: 1, stdout: expect.stringContaining('CHANGED') })
    expect(check(JSON.stringify({ ...report, faults: undefined })).status).toBe(1)
  })

  it('says what to give it when there is no report with a hash', () => {
    expect(check('nothing').status).toBe(1)
    expect(check('{}').status).toBe(1)
    expect(run('check-report', folder.path('nowhere.json')).status).toBe(1)
  })
})
