import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { sniffContainer } from '../../src/audio/sniff.ts'
import { tone } from './signals.ts'
import { ffmpeg, soundFolder, wavBytes, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

const victim = writeWav(folder.path('victim.wav'), [tone(44_100, [[2, -12]])], {
  sampleRateHz: 44_100,
  bits: 16,
})

function file(name: string, content: string | Buffer): string {
  const path = folder.path(name)
  writeFileSync(path, content)
  return path
}

const refusal = (code: string) => expect.objectContaining({ code })

describe('files that only pretend to be sound', () => {
  it.each([
    [
      'a playlist',
      'a.mp3',
      `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${victim}\n#EXT-X-ENDLIST\n`,
    ],
    ['a concat script', 'b.wav', `ffconcat version 1.0\nfile ${victim}\n`],
    [
      'a picture',
      'c.flac',
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
    ['a DASH manifest', 'd.ogg', '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>'],
    ['an archive', 'e.aiff', Buffer.from('504b0304140000000800', 'hex')],
    ['a program', 'f.wav', Buffer.concat([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(4096)])],
    ['an MP4', 'g.mp3', Buffer.concat([Buffer.from('00000020667479704d344120', 'hex'), Buffer.alloc(64)])],
    ['text', 'h.mp3', 'just words\n'.repeat(100)],
  ])('%s is refused by its content', async (_, name, content) => {
    const path = file(name, content)
    expect(sniffContainer(readFileSync(path))).toBeNull()
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/unsupported-format'))
  })

  it('a playlist behind an ID3 tag opens no other file', async () => {
    const tag = Buffer.from('49443304000000000000', 'hex')
    const path = file(
      'tagged.mp3',
      Buffer.concat([tag, Buffer.from(`#EXTM3U\n#EXTINF:1,\nfile://${victim}\n`)]),
    )
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/unsupported-format'))
    const padded = Buffer.from('49443304000000042270', 'hex')
    const hidden = file(
      'hidden.mp3',
      Buffer.concat([padded, Buffer.alloc(70_000), Buffer.from(`#EXTM3U\nfile://${victim}\n`)]),
    )
    await expect(measureTrack(hidden)).rejects.toEqual(refusal('audio/damaged'))
  })

  it('an empty file, a folder and a missing file say so', async () => {
    await expect(measureTrack(file('empty.wav', ''))).rejects.toEqual(refusal('audio/empty'))
    await expect(measureTrack(folder.path('.'))).rejects.toEqual(refusal('audio/unreadable'))
    await expect(measureTrack(folder.path('nowhere.wav'))).rejects.toEqual(refusal('audio/unreadable'))
  })
})

describe('forged headers', () => {
  const second = [tone(44_100, [[1, -12]])]

  it.each([1, 67_152_964, 0xffffffff])('a WAV that claims %i Hz is refused at once', async (sampleRateHz) => {
    const path = file('rate.wav', wavBytes(second, { sampleRateHz, bits: 16 }))
    const before = performance.now()
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/sample-rate-out-of-range'))
    expect(performance.now() - before).toBeLessThan(200)
  })

  it('more than eight channels are refused', async () => {
    const nine = Array.from({ length: 9 }, () => new Float64Array(100))
    const path = writeWav(folder.path('nine.wav'), nine, { sampleRateHz: 44_100 })
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/too-many-channels'))
  })

  it('samples that are not numbers are refused', async () => {
    const broken = new Float64Array(44_100)
    broken[20_000] = Number.NaN
    const path = writeWav(folder.path('nan.wav'), [broken, broken], {
      sampleRateHz: 44_100,
      bits: 32,
      float: true,
    })
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/damaged'))
  })

  it('a WAV without samples is called empty, one without a data chunk damaged', async () => {
    const none = writeWav(folder.path('none.wav'), [new Float64Array(0)], { sampleRateHz: 44_100 })
    await expect(measureTrack(none)).rejects.toEqual(refusal('audio/empty'))
    const cut = file('no-data.wav', wavBytes(second, { sampleRateHz: 44_100 }).subarray(0, 36))
    await expect(measureTrack(cut)).rejects.toEqual(refusal('audio/damaged'))
  })
})

describe('files that are too long or cut off', () => {
  it('hours of silence in a small FLAC are refused by its header', async () => {
    const path = folder.path('silence.flac')
    ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '7200', '-c:a', 'flac', path)
    const before = performance.now()
    await expect(measureTrack(path, { limits: { maxDurationSeconds: 3600 } })).rejects.toEqual(
      refusal('audio/too-long'),
    )
    expect(performance.now() - before).toBeLessThan(500)
  })

  it('a FLAC that hides its length is stopped while it is decoded', async () => {
    const path = folder.path('unknown.flac')
    ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '120', '-c:a', 'flac', path)
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(21) & 0xf0, 21)
    bytes.writeUInt32BE(0, 22)
    writeFileSync(path, bytes)
    await expect(measureTrack(path, { limits: { maxDurationSeconds: 60 } })).rejects.toEqual(
      refusal('audio/too-long'),
    )
    expect((await measureTrack(path)).source.durationSeconds).toBe(120)
  })

  it.each([
    ['wav', []],
    ['aiff', []],
    ['flac', []],
    ['mp3', ['-c:a', 'libmp3lame', '-b:a', '192k']],
    ['ogg', ['-c:a', 'libvorbis']],
  ])('a %s that ends in the middle is called damaged', async (extension, options) => {
    const path = folder.path(`cut.${extension}`)
    const source = folder.path('whole.wav')
    writeWav(source, [tone(44_100, [[6, -12]]), tone(44_100, [[6, -18]], 440)], { sampleRateHz: 44_100 })
    ffmpeg('-i', source, ...options, path)
    expect((await measureTrack(path)).source.durationSeconds).toBeCloseTo(6, 1)
    truncateSync(path, Math.floor(readFileSync(path).length * 0.6))
    await expect(measureTrack(path)).rejects.toEqual(refusal('audio/damaged'))
  })
})
