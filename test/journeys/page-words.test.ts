import { describe, expect, test } from 'vitest'
import { finishedSentences } from '../../web/chat/finished-sentences.ts'
import { linkReferences, readReference, withoutReferences } from '../../web/chat/references.ts'
import { splitBlocks } from '../../web/chat/split-blocks.ts'
import { measureLabel } from '../../web/report/measures.ts'
import { createTimeline } from '../../web/report/timeline.ts'
import { formatBytes, formatHzRange, formatNumber, formatSigned, formatTime } from '../../web/ui/format.ts'
import { sortFiles } from '../../web/upload/sort-files.ts'

describe('numbers as they are written', () => {
  test.each([
    [-9.06, 1, '−9.1'],
    [-0.04, 1, '0.0'],
    [12, 1, '12.0'],
  ])('%d with %d decimals is %s', (value, decimals, words) => {
    expect(formatNumber(value, decimals)).toBe(words)
  })

  test('offsets carry their sign, and nothing has none', () => {
    expect([formatSigned(0.6, 1), formatSigned(-0.6, 1), formatSigned(0.01, 1)]).toEqual([
      '+0.6',
      '−0.6',
      '0.0',
    ])
  })

  test.each([
    [0, 0, '0:00'],
    [272.4, 0, '4:32'],
    [272.44, 1, '4:32.4'],
    [59.96, 1, '1:00.0'],
    [3725, 0, '1:02:05'],
  ])('%d seconds with %d decimals is %s', (seconds, decimals, words) => {
    expect(formatTime(seconds, decimals)).toBe(words)
  })

  test('sizes use decimal units and stay on one line with them', () => {
    expect([formatBytes(999), formatBytes(2_527_779), formatBytes(200_000_000)]).toEqual([
      '999\u00a0bytes',
      '2.5\u00a0MB',
      '200\u00a0MB',
    ])
  })

  test('a range of frequencies names its unit once where it can', () => {
    expect([formatHzRange(20, 60), formatHzRange(500, 2000), formatHzRange(2000, 6000)]).toEqual([
      '20–60 Hz',
      '500 Hz–2 kHz',
      '2–6 kHz',
    ])
  })
})

describe('an answer while it arrives', () => {
  test('is cut at blank lines, but neither inside code nor inside a list, and loses nothing', () => {
    const parts = ['First.\n\n', '1. one\n\n2. two\n\n', '```\na\n\nb\n```\n\n', 'Last.']
    const blocks = splitBlocks(parts.join(''))
    expect(blocks.map((block) => block.text)).toEqual(parts)
    expect(blocks.map((block) => block.startsAt)).toEqual([0, 8, 24, 38])
  })

  test('is read out up to the last finished sentence; a decimal point ends none', () => {
    expect(finishedSentences('It is -9.1 LUFS. That is')).toBe('It is -9.1 LUFS.')
    expect(finishedSentences('It is -9.')).toBe('')
  })

  const hrefsOf = (linked: string) =>
    [...linked.matchAll(/\]\((#[^)]+)\)/g)].map((match) => readReference(match[1] ?? ''))

  test.each([
    'tonality.key',
    'structure.sections[1].label',
    'comparison.integratedLu',
    'findings.mud',
    'set.D4.gainDb',
  ])('%s can be pointed at like any measure', (path) => {
    expect(hrefsOf(linkReferences(`It is so [${path}].`, false, null))).toEqual([{ kind: 'path', path }])
  })

  test('paths, ids, times and bars become references that read back the same', () => {
    const linked = linkReferences(
      '-3 dB [spectrum.bands[0].shareDb] on T2 (D7) at 1:23, bars 33–64.',
      false,
      null,
    )
    expect(hrefsOf(linked)).toEqual([
      { kind: 'path', path: 'spectrum.bands[0].shareDb' },
      { kind: 'id', id: 'T2' },
      { kind: 'id', id: 'D7' },
      { kind: 'time', seconds: 83 },
      { kind: 'bar', bar: 33 },
    ])
    expect(linkReferences('In `T2 at 1:23` nothing changes.', false, null)).toBe(
      'In `T2 at 1:23` nothing changes.',
    )
  })

  test('what is not from the analysis is marked where it stands, and leads nowhere', () => {
    const text = 'T9 has -7.2 LUFS.'
    const unmatched = [
      { start: 0, end: 2, text: 'T9', reason: 'no-such-track' as const },
      { start: 7, end: 11, text: '-7.2', reason: 'no-such-value' as const },
    ]
    const linked = linkReferences(text, false, { version: '1', grounded: 0, advice: 0, said: 0, unmatched })
    expect(linked).toBe('[T9](#unmatched:no-such-track) has [-7.2](#unmatched:no-such-value) LUFS.')
  })

  test('holds back a reference of which only a part has come, but no other bracket for good', () => {
    expect(linkReferences('It is -9.1 LUFS [loudness.integ', true, null)).toBe('It is -9.1 LUFS ')
    expect(linkReferences('See [1', false, null)).toBe('See [1')
    expect(readReference('https://example.com/#path:x')).toBeUndefined()
  })

  test.each(['#path:%FF', '#id:%', '#time:%E0%A4%A', '#unmatched:%C3%28'])(
    'a link that looks like one of the page and is none, %s, is no reference',
    (href) => {
      expect(readReference(href)).toBeUndefined()
    },
  )

  test.each(['__proto__', 'constructor', 'toString.x'])(
    'a path called %s has its own words for a name',
    (path) => {
      expect(measureLabel(path)).toBe(path)
    },
  )

  test('is read out without its references', () => {
    expect(withoutReferences('It is -9.1 LUFS [loudness.integratedLufs].')).toBe('It is -9.1 LUFS.')
  })
})

describe('the time axis', () => {
  test('never leaves the track, however it is moved and zoomed', () => {
    const timeline = createTimeline(60)
    timeline.seek(75)
    expect(timeline.get().playheadSeconds).toBe(60)
    timeline.zoomBy(0.5)
    expect([timeline.get().fromSeconds, timeline.get().toSeconds]).toEqual([30, 60])
    timeline.show(-10, 5)
    expect([timeline.get().fromSeconds, timeline.get().toSeconds]).toEqual([0, 15])
    timeline.zoomBy(1000)
    expect([timeline.get().fromSeconds, timeline.get().toSeconds]).toEqual([0, 60])
  })

  test('moves its view along when the playhead leaves it, and tells the player only of the user’s moves', () => {
    const timeline = createTimeline(60)
    const seeks: number[] = []
    timeline.onSeek((seconds) => seeks.push(seconds))
    timeline.show(0, 10)
    timeline.follow(12)
    expect(timeline.get().fromSeconds).toBe(7)
    timeline.seek(30)
    expect(seeks).toEqual([30])
  })

  test('shows no less than two seconds', () => {
    const timeline = createTimeline(60)
    timeline.show(10, 10.1)
    expect(timeline.get().toSeconds - timeline.get().fromSeconds).toBeCloseTo(2)
  })
})

test('dropped files are told apart by their ending, and what is too many is named', () => {
  const [set, track, other] = ['Song.ALS', 'song.wav', 'other.flac'].map((name) => new File(['x'], name))
  if (set === undefined || track === undefined || other === undefined) throw new Error('unreachable')
  const sorted = sortFiles({ audio: null, set: null }, [set, track, other])
  expect([sorted.set, sorted.audio]).toEqual([set, track])
  expect(sorted.leftOut).toEqual(['other.flac was left out: one audio file and one set make an analysis.'])
})
