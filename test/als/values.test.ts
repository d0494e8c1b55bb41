import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberFromBytes } from '../../src/als/number.ts'
import { routingFromTarget } from '../../src/als/routing.ts'
import { secondsOfBeats } from '../../src/als/tempo-map.ts'
import { cleanInfo, cleanName, lastPathComponent } from '../../src/als/text.ts'
import { timeSignatureFromId } from '../../src/als/time-signature.ts'
import { faderDb, noteToHz } from '../../src/als/units.ts'

const number = (text: string) => numberFromBytes(Buffer.from(`"${text}"`), 1, text.length + 1)

describe('a number in a set', () => {
  it('is the nearest double, as Number() reads it', () => {
    const decimal = fc
      .tuple(
        fc.boolean(),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.option(fc.stringMatching(/^\d{1,20}$/)),
      )
      .map(([negative, whole, part]) => `${negative ? '-' : ''}${whole}${part === null ? '' : `.${part}`}`)
    fc.assert(
      fc.property(decimal, (text) => {
        expect(number(text)).toBe(Number(text) + 0)
      }),
      { seed: 7 },
    )
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(number(String(value))).toBe(value + 0)
      }),
      { seed: 8 },
    )
  })

  it.each([
    '',
    '-',
    '.',
    '1.',
    '.5',
    '1,5',
    ' 1',
    '1 ',
    '+1',
    '0x10',
    'NaN',
    'Infinity',
    '1e999',
    '1.2.3',
    '--1',
  ])('is none when it is spelled %j', (text) => expect(number(text)).toBeNaN())
})

describe('text from a set', () => {
  it.each([
    ['plain', 'Kick 01', 'Kick 01'],
    ['line breaks', 'a\r\nb\u2028c', 'a  b c'],
    ['controls', 'a\u0000\u0007\u001b\u007f\u009fb', 'ab'],
    ['direction overrides', '\u202egnp.exe\u202c\u2066x\u2069', 'gnp.exex'],
    ['invisible characters', 'a\u200b\u2060\ufeff\u00adb', 'ab'],
    ['hidden tags', 'a\u{e0041}\u{e0042}b', 'ab'],
    ['decomposed letters', 'a\u0301', '\u00e1'],
    ['emoji of several parts', '👩‍🎤', '👩‍🎤'],
    ['Arabic and Persian', 'می‌خواهم', 'میخواهم'],
  ])('keeps what can be seen and drops what misleads: %s', (_what, raw, clean) => {
    expect(cleanName(raw)).toBe(clean)
  })

  it('is at most 255 characters of a name and 1,000 of a note, never half of one', () => {
    expect(cleanName('x'.repeat(300))).toHaveLength(255)
    expect(cleanInfo('x'.repeat(3000))).toHaveLength(1000)
    expect(cleanName(`${'x'.repeat(254)}🥁`)).toBe('x'.repeat(254))
    expect(cleanName('a\u0301'.repeat(500))).toBe('á'.repeat(255))
  })

  it('is clean once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const clean = cleanName(text)
        expect(cleanName(clean)).toBe(clean)
        expect(clean.length).toBeLessThanOrEqual(255)
        expect(clean.isWellFormed()).toBe(true)
      }),
      { seed: 9, numRuns: 2000 },
    )
  })

  it('names files without their folders', () => {
    expect(lastPathComponent('C:\\Users\\Jo\\kick.wav')).toBe('kick.wav')
    expect(lastPathComponent('/Users/jo/kick.wav')).toBe('kick.wav')
    expect(lastPathComponent('kick.wav')).toBe('kick.wav')
  })
})

describe('units', () => {
  it('read faders as amplitudes: 1 is 0 dB, a tenth −20 dB, the lowest value −∞', () => {
    expect([1, 0.1, 1.995_262_38, 0.0003162277571, 0, null].map(faderDb)).toEqual([
      0,
      -20,
      6,
      null,
      null,
      null,
    ])
  })

  it('read notes as frequencies: 69 is 440 Hz, an octave doubles', () => {
    expect([69, 81, 57, 60].map(noteToHz)).toEqual([440, 880, 220, 261.626])
  })

  it.each([
    [201, '4/4'],
    [200, '3/4'],
    [203, '6/4'],
    [304, '8/8'],
    [303, '7/8'],
    [199, '2/4'],
    [297, '1/8'],
    [0, '1/1'],
    [494, '99/16'],
    [495, null],
    [-1, null],
    [1.5, null],
    [null, null],
  ])('read time signature %s as %s', (id, signature) => {
    expect(timeSignatureFromId(id)).toBe(signature)
  })
})

describe('seconds of beats', () => {
  const at = (
    beats: number[],
    tempoAtStartBpm: number | null,
    tempoChanges: { beat: number; bpm: number }[] = [],
  ) => secondsOfBeats({ tempoAtStartBpm, tempoChanges }, beats)

  it('at one tempo are beats · 60 / tempo', () => {
    expect(at([0, 1, 4.3, 480], 120)).toEqual(
      [0, 0.5, 2.15, 240].map((seconds) => expect.closeTo(seconds, 9)),
    )
  })

  it('after a jump count with the new tempo', () => {
    const jump = [
      { beat: 4, bpm: 60 },
      { beat: 4, bpm: 120 },
    ]
    expect(at([4, 8], 60, jump)).toEqual([expect.closeTo(4, 9), expect.closeTo(6, 9)])
  })

  it('in a ramp hold the tempo of each sixteenth note until the next', () => {
    const ramp = [
      { beat: 0, bpm: 60 },
      { beat: 1, bpm: 120 },
    ]
    // sixteenths at 60, 75, 90 and 105 BPM, then 120
    const beat = 15 / 60 + 15 / 75 + 15 / 90 + 15 / 105
    expect(at([1, 2], 60, ramp)).toEqual([expect.closeTo(beat, 9), expect.closeTo(beat + 0.5, 9)])
  })

  it('are unknown without a tempo, and days from the start', () => {
    expect(at([4], null)).toEqual([null])
    expect(at([63_072_000], 120)).toEqual([null])
  })
})

describe('routing', () => {
  it.each([
    ['AudioOut/Master', { kind: 'main', trackId: null, point: null }],
    ['AudioOut/Main', { kind: 'main', trackId: null, point: null }],
    ['AudioOut/None', { kind: 'none', trackId: null, point: null }],
    ['AudioIn/External/M0', { kind: 'external', trackId: null, point: null }],
    ['AudioIn/Track.12/PostFxOut', { kind: 'track', trackId: '12', point: 'post-fx' }],
    ['AudioIn/Track.12/PreFxOut', { kind: 'track', trackId: '12', point: 'pre-fx' }],
    ['AudioIn/Track.12/TrackOut', { kind: 'track', trackId: '12', point: 'post-mixer' }],
    ['AudioIn/Track.4/DeviceOut.0.B2,ChainOut', { kind: 'track', trackId: '4', point: 'chain' }],
    ['AudioOut/Track.7/DeviceIn.1.S2', { kind: 'track', trackId: '7', point: 'device-in' }],
    ['Something/New', { kind: 'other', trackId: null, point: null }],
  ])('of %s is understood', (target, expected) => {
    expect(routingFromTarget(target)).toEqual({ ...expected, target })
  })
})
