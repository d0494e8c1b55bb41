import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type ApiClient, joinService } from '../support/api-client.ts'
import { makeWav } from '../support/sounds.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { encoded, noiseFlac, withUnknownLength } from './encoded-sounds.ts'

const SECONDS = 3

let service: TestService
let client: ApiClient
beforeAll(async () => {
  service = await openTestService()
  client = await joinService(service)
  await service.ctx.db.updateTable('users').set({ tier: 'pro' }).execute()
})
afterAll(() => service.close())

async function reportOf(parts: Parameters<ApiClient['upload']>[0]) {
  const accepted = await client.upload(parts)
  expect(accepted.status).toBe(202)
  expect(accepted.headers.location).toBe(accepted.body.location)
  const analysis = (await client.finished(accepted.body.analysisId)).body
  expect([analysis.state, analysis.failure]).toEqual(['done', null])
  expect(await service.rawFiles()).toEqual([])
  return analysis
}

describe('sound is accepted and measured (TS-06)', () => {
  test.each([
    ['WAV', 'mix.wav', () => makeWav({ seconds: SECONDS }), 'wav', 'pcm_s16le'],
    ['MP3', 'mix.mp3', () => encoded('mp3', SECONDS), 'mp3', 'mp3'],
    ['FLAC', 'mix.flac', () => encoded('flac', SECONDS), 'flac', 'flac'],
    ['AIFF', 'mix.aiff', () => encoded('aiff', SECONDS), 'aiff', 'pcm_s16be'],
    ['OGG Vorbis', 'mix.ogg', () => encoded('vorbis', SECONDS), 'ogg', 'vorbis'],
    ['OGG Opus', 'mix.opus', () => encoded('opus', SECONDS), 'ogg', 'opus'],
    ['OGG FLAC', 'mix.oga', () => encoded('oggFlac', SECONDS), 'ogg', 'flac'],
  ])('%s', async (_format, name, make, container, codec) => {
    const { report, hasAudio, hasSet } = await reportOf({ audio: { bytes: make(), name } })
    expect(report.source).toMatchObject({ container, codec })
    expect(report.source.durationSeconds).toBeCloseTo(SECONDS, 1)
    // A sine of amplitude 0.25 peaks at 20·log10(0.25) = −12.04 dBFS in every lossless format, and nearly so in the rest.
    expect(report.peaks.samplePeakDbfs).toBeCloseTo(-12.04, codec === 'mp3' || codec === 'opus' ? -1 : 0)
    expect([hasAudio, hasSet, report.set]).toEqual([true, false, null])
  })

  test('the content decides, whatever the name says', async () => {
    for (const [bytes, container] of [
      [encoded('flac', SECONDS), 'flac'],
      [encoded('mp3', SECONDS), 'mp3'],
      [makeWav({ seconds: SECONDS }), 'wav'],
    ] as const) {
      const { report } = await reportOf({ audio: { bytes, name: 'holiday.exe' } })
      expect(report.source.container).toBe(container)
    }
  })

  test('a track whose header does not tell its length is measured to its end', async () => {
    const bytes = withUnknownLength(encoded('flac', SECONDS))
    const { report } = await reportOf({ audio: { bytes, name: 'stream.flac' } })
    expect(report.source.durationSeconds).toBeCloseTo(SECONDS, 1)
  })

  test('a track whose header does not tell that it is too long fails while it is read, and costs nothing (T3)', async () => {
    const before = (await client.send('get', '/api/usage')).body.analyses
    const bytes = withUnknownLength(encoded('flac', 31 * 60))
    const { analysisId } = (await client.upload({ audio: { bytes, name: 'endless.flac' } })).body
    const analysis = (await client.finished(analysisId)).body
    expect([analysis.state, analysis.failure.code]).toEqual(['failed', 'audio/too-long'])
    expect((await client.send('get', '/api/usage')).body.analyses).toEqual(before)
    await client.send('delete', `/api/analyses/${analysisId}`)
  })
})

describe('a Live set (TS-07)', () => {
  test('alone gives a report of the set and null for the sound', async () => {
    const { report, title, setName, audioName } = await reportOf({
      set: { bytes: makeLiveSet(['Kick', 'Bass']), name: 'Night drive.als' },
    })
    expect(report.set.tempoBpm).toBe(128)
    expect(report.set.tracks.map((track: { name: string }) => track.name)).toEqual(['Kick', 'Bass', 'Main'])
    for (const part of ['source', 'loudness', 'peaks', 'dynamics', 'spectrum', 'stereo', 'waveform'])
      expect(report[part]).toBeNull()
    expect([title, setName, audioName]).toEqual(['Night drive.als', 'Night drive.als', null])
  })

  test('and its mix together give both, with what each raw file was and when it went (TS-29)', async () => {
    const analysis = await reportOf({
      audio: { bytes: noiseFlac(SECONDS), name: 'mix.flac' },
      set: { bytes: makeLiveSet(['Kick']), name: 'song.als' },
      intent: { kind: 'master', genre: 'techno', destination: 'club' },
    })
    expect(analysis.report.source.container).toBe('flac')
    expect(analysis.report.set.tracks).toHaveLength(2)
    expect(analysis.intent).toEqual({ kind: 'master', genre: 'techno', destination: 'club' })
    expect(analysis.rawFiles.map((file: { role: string }) => file.role)).toEqual(['audio', 'set'])
    for (const file of analysis.rawFiles) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(file.deletedAt).not.toBeNull()
    }
  })
})
