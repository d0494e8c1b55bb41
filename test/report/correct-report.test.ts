import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { measureTrack } from '../../src/audio/measure.ts'
import { regrid } from '../../src/audio/regrid.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/contract.ts'
import { adoptSetTempo, correctReport, heardOf } from '../../src/report/correct-report.ts'
import { hashOfReport } from '../../src/report/hash-report.ts'
import { enter } from '../analyses/sessions.ts'
import { noise } from '../audio/signals.ts'
import { soundFolder, wavBytes, writeWav } from '../audio/sound-files.ts'
import { openTestService } from '../support/test-service.ts'

const RATE = 22_050
const BPM = 120
const BEAT_SECONDS = 60 / BPM
const OFFSET_SECONDS = 0.25
const SECONDS = 40
const NOTHING = { tempoBpm: null, beatsPerBar: null, key: null }

/** A drum machine at 120 BPM: kick on every beat and louder on the first of four, snare on two and four, hats between. */
function beatTrack(): Float64Array {
  const samples = new Float64Array(SECONDS * RATE)
  const hiss = noise(samples.length, 5)
  const strike = (atSeconds: number, level: number, hz: number, decay: number) => {
    const start = Math.round(atSeconds * RATE)
    for (let i = 0; i < 0.2 * RATE && start + i < samples.length; i++) {
      const t = i / RATE
      const tone = hz === 0 ? (hiss[start + i] ?? 0) : Math.sin(2 * Math.PI * hz * t)
      samples[start + i] = (samples[start + i] ?? 0) + level * tone * Math.exp(-decay * t)
    }
  }
  for (let beat = 0; OFFSET_SECONDS + beat * BEAT_SECONDS < SECONDS; beat++) {
    const at = OFFSET_SECONDS + beat * BEAT_SECONDS
    strike(at, beat % 4 === 0 ? 0.5 : 0.25, 55, 18)
    if (beat % 2 === 1) strike(at, 0.25, 0, 30)
    strike(at + BEAT_SECONDS / 2, 0.06, 0, 80)
  }
  return samples
}

const folder = soundFolder()
const samples = beatTrack()
let audio: AudioMeasures
let report: Report
beforeAll(async () => {
  audio = await measureTrack(writeWav(folder.path('beats.wav'), [samples], { sampleRateHz: RATE }))
  report = await buildReport(audio, null)
})
afterAll(folder.remove)

function rhythmOf(from: Report | null) {
  if (!from?.rhythm) throw new Error('there is no rhythm')
  return from.rhythm
}

/** How far a place lies from the nearest of a grid that the signal was made on. */
function fromGrid(seconds: number, step: number): number {
  const steps = (seconds - OFFSET_SECONDS) / step
  return Math.abs(steps - Math.round(steps)) * step
}

describe('a tempo that is corrected', () => {
  it('was heard as it was made, so that the rest means something', () => {
    expect(rhythmOf(report).tempoBpm).toBeCloseTo(BPM, 0)
    expect(rhythmOf(report).beatsSeconds.every((beat) => fromGrid(beat, BEAT_SECONDS) < 0.03)).toBe(true)
  })

  it('at the double has every heard beat and one more between each two', () => {
    const heard = rhythmOf(report).beatsSeconds
    const { beatsSeconds, tempoBpm } = rhythmOf(correctReport(report, { ...NOTHING, tempoBpm: 240 }))
    expect(tempoBpm).toBe(240)
    expect(beatsSeconds).toHaveLength(2 * heard.length)
    expect(beatsSeconds.filter((_, i) => i % 2 === 0)).toEqual(heard)
    expect(beatsSeconds.every((beat) => fromGrid(beat, BEAT_SECONDS / 2) < 0.03)).toBe(true)
  })

  it('at the half keeps every second beat and the first of the bar among them', () => {
    const heard = rhythmOf(report)
    const { beatsSeconds } = rhythmOf(correctReport(report, { ...NOTHING, tempoBpm: 60 }))
    expect(Math.abs(beatsSeconds.length - heard.beatsSeconds.length / 2)).toBeLessThanOrEqual(0.5)
    expect(beatsSeconds).toContain(heard.downbeatsSeconds[0])
  })

  it('that is no relative of the heard one is sought in the stored onsets, without the audio', () => {
    // Five in the time of four: every fifth beat falls on every fourth of the drums.
    const { beatsSeconds } = rhythmOf(correctReport(report, { ...NOTHING, tempoBpm: 150 }))
    const steps = beatsSeconds.slice(1).map((beat, i) => beat - (beatsSeconds[i] ?? 0))
    expect(beatsSeconds.length).toBeGreaterThan(80)
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeCloseTo(0.4, 2)
  })

  it('keeps what was heard beside it, and says who corrected it', () => {
    const corrected = correctReport(report, { ...NOTHING, tempoBpm: 60, beatsPerBar: 3, key: 'F# minor' })
    expect(corrected.provenance).toMatchObject({
      tempo: {
        source: 'user',
        heardBpm: rhythmOf(report).tempoBpm,
        heardBeatsPerBar: rhythmOf(report).beatsPerBar,
      },
      key: { source: 'user', heardKey: report.tonality?.key ?? null },
    })
    expect(corrected.tonality).toMatchObject({ key: 'F# minor', camelot: '11A', confidence: 1 })
    expect(rhythmOf(corrected).alternatives[0]?.tempoBpm).toBe(rhythmOf(report).tempoBpm)
    expect(corrected.sha256).toBe(hashOfReport(corrected))
    expect(corrected.sha256).not.toBe(report.sha256)
    expect(correctReport(report, NOTHING)).toEqual(report)
  })

  it('with three beats to a bar has a bar on every third beat', () => {
    const { beatsSeconds, downbeatsSeconds } = regrid(rhythmOf(report), { beatsPerBar: 3 })
    const places = downbeatsSeconds.map((bar) => beatsSeconds.indexOf(bar))
    expect(places.length).toBeGreaterThan(10)
    expect(places.slice(1).every((place, i) => place - (places[i] ?? 0) === 3)).toBe(true)
  })

  it('needs at most 60 kB of the report for five minutes', () => {
    const stored = JSON.stringify(rhythmOf(report).onsets).length
    expect((stored * 300) / SECONDS).toBeLessThan(60_000)
  })
})

describe('the tempo of a Live set that fits the file', () => {
  const withSet = (setBpm: number): Report => {
    const provenance = heardOf(report)
    return adoptSetTempo({ ...report, provenance: { ...provenance, tempo: { ...provenance.tempo, setBpm } } })
  }

  it('counts where the audio agrees, also at another metrical level', () => {
    expect(withSet(BPM)).toMatchObject({ rhythm: { tempoBpm: BPM, confidence: 1 } })
    const halved = withSet(60)
    expect(halved).toMatchObject({
      rhythm: { tempoBpm: 60 },
      provenance: { tempo: { source: 'set', setAgrees: true } },
    })
  })

  /** Bars of 4/4: two seconds each at 120 BPM, then 1.875 s at 128 BPM; more of the former. */
  const withTiming = (firstBarSeconds: number): Report => {
    const bars = [...Array.from({ length: 13 }, (_, i) => 2 * i), 25.875, 27.75, 29.625, 31.5]
    const barStartsSeconds = bars.map((seconds) => firstBarSeconds + seconds)
    const timing = {
      offsetSeconds: 0,
      startsAt: { bar: 1, beat: 1 },
      tempoBpm: 97,
      tempoChanges: true,
      timeSignature: '4/4',
      barStartsSeconds,
      firstBar: 5,
      locators: [],
    }
    const match = { verdict: 'yes' as const, probability: 1, likelyDifference: null, evidence: [] }
    return adoptSetTempo({
      ...report,
      provenance: undefined,
      fusion: { match, timing, counterfactuals: [], gainPaths: [] },
    })
  }

  it('that changes brings its own tempo curve, and is compared by its middle tempo', () => {
    const fused = withTiming(OFFSET_SECONDS)
    const { tempoCurve, steady } = rhythmOf(fused)
    expect(fused.provenance?.tempo).toMatchObject({ source: 'set', setBpm: 120, setAgrees: true })
    expect([steady, tempoCurve.tempoBpm[0], tempoCurve.tempoBpm[14]]).toEqual([false, 120, 128])
  })

  it('brings its bars and beats along, by the numbers of its ruler', () => {
    const fused = withTiming(OFFSET_SECONDS)
    const { beatsSeconds, downbeatsSeconds, meter } = rhythmOf(fused)
    expect(fused.provenance?.bars).toEqual({ source: 'set', firstBar: 5 })
    expect(downbeatsSeconds[1]).toBe(2 + OFFSET_SECONDS)
    expect(beatsSeconds.slice(0, 3)).toEqual([0.25, 0.75, 1.25])
    expect(meter).toEqual({ name: '4/4', confidence: 1 })
  })

  it('leaves beats where they were heard when they do not lie on its grid', () => {
    const fused = withTiming(OFFSET_SECONDS + 0.13)
    expect(fused.provenance).toMatchObject({
      tempo: { source: 'set' },
      bars: { source: 'audio', firstBar: 1 },
    })
    expect(rhythmOf(fused).beatsSeconds).toEqual(rhythmOf(report).beatsSeconds)
  })

  it('does not count where the audio contradicts it, and that is said', () => {
    const other = withSet(97)
    expect(other.rhythm).toEqual(report.rhythm)
    expect(other.provenance?.tempo).toMatchObject({ source: 'audio', setBpm: 97, setAgrees: false })
  })
})

describe('correcting an analysis', () => {
  it('changes what its owner reads from then on, can be taken back, and is nobody else’s', async () => {
    const service = await openTestService()
    const client = await enter(service, 'corrects@example.com')
    const upload = await client.upload({ audio: wavBytes([samples], { sampleRateHz: RATE }) })
    const id = upload.body.analysisId
    const measured = (await client.finished(id)).body
    expect(measured.correction).toBeNull()
    const path = `/api/analyses/${id}/correction`
    const correction = { tempoBpm: 240, beatsPerBar: 4, key: 'D minor' }
    const corrected = await client.send('patch', path, correction)
    expect([corrected.status, corrected.body.correction]).toEqual([200, correction])
    const again = (await client.send('get', `/api/analyses/${id}`)).body
    expect(again.report).toEqual(corrected.body.report)
    expect([again.report.rhythm.tempoBpm, again.report.tonality.key]).toEqual([240, 'D minor'])

    const taken = (await client.send('patch', path, NOTHING)).body
    expect(taken.report).toEqual(measured.report)
    expect((await client.send('patch', path, { ...correction, tempoBpm: 3000 })).status).toBe(422)
    expect((await client.send('patch', path, { ...correction, key: 'H major' })).status).toBe(422)
    const stranger = await enter(service, 'stranger@example.com')
    expect((await stranger.send('patch', path, correction)).status).toBe(404)
    await service.close()
  })
})
