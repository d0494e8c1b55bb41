import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS, type SetLimits } from '../../src/als/limits.ts'
import { parseLiveSet } from '../../src/als/parse-live-set.ts'
import { inPieces } from './round-trip.ts'

const set = (content: string, attributes = 'Creator="Ableton Live 12.1"') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton ${attributes}><LiveSet>${content}</LiveSet></Ableton>\n`
const track = (content = '') => `<AudioTrack Id="1">${content}</AudioTrack>`
const good = set(`<Tracks>${track('<Name><EffectiveName Value="Drums" /></Name>')}</Tracks>`)

const parse = (file: string | Uint8Array, limits?: Partial<SetLimits>) =>
  parseLiveSet(
    inPieces(typeof file === 'string' ? Buffer.from(file) : file),
    limits === undefined ? {} : { limits },
  )

const refused = (code: string) => expect.objectContaining({ name: 'LiveSetError', code })

describe('a file that is no sound set', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['als/empty', 'an empty file', ''],
    ['als/not-a-live-set', 'plain text', 'version https://git-lfs.github.com/spec/v1'],
    ['als/not-a-live-set', 'another XML document', '<html><body /></html>'],
    [
      'als/not-a-live-set',
      'a preset',
      '<Ableton Creator="Ableton Live 12.1"><GroupDevicePreset /></Ableton>',
    ],
    ['als/not-a-live-set', 'a root with nothing in it', '<Ableton />'],
    ['als/not-a-live-set', 'a compressed picture', gzipSync(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))],
    ['als/damaged', 'a set cut in the middle', good.slice(0, good.length / 2)],
    ['als/damaged', 'a compressed set cut in the middle', gzipSync(good).subarray(0, 100)],
    ['als/damaged', 'a compressed set without its last bytes', gzipSync(good).subarray(0, -3)],
    ['als/damaged', 'a wrong checksum', withWrongChecksum()],
    ['als/damaged', 'two sets in one file', Buffer.concat([gzipSync(good), gzipSync(good)])],
    ['als/damaged', 'something behind the set', Buffer.concat([gzipSync(good), Buffer.from('more')])],
    ['als/damaged', 'two roots', `${good}<Ableton />`],
    ['als/damaged', 'text behind the root', `${good}more`],
    ['als/damaged', 'elements that do not match', set('<Tracks></Track>')],
    ['als/damaged', 'an end without a start', `${good}</Ableton>`],
    ['als/damaged', 'an attribute without quotes', set('<Tracks Id=1 />')],
    ['als/damaged', 'an attribute twice', set('<Tracks Id="1" Id="2" />')],
    ['als/damaged', 'attributes without a space between', set('<Tracks Id="1"A="2" />')],
    ['als/damaged', 'markup in a value', set('<Tracks Id="<" />')],
    ['als/damaged', 'an unknown entity', set('<Tracks Id="&nbsp;" />')],
    ['als/damaged', 'a bare ampersand', set('<Tracks Id="a & b" />')],
    ['als/damaged', 'a reference to a control character', set('<Tracks Id="&#1;" />')],
    ['als/damaged', 'a reference to half a character', set('<Tracks Id="&#xD800;" />')],
    ['als/damaged', 'a control character', set('<Tracks Id="\u0001" />')],
    ['als/damaged', 'bytes that are no UTF-8', Buffer.from(set('<Tracks Id="\xff" />'), 'latin1')],
    ['als/damaged', 'UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['als/damaged', 'a declared encoding of another kind', good.replace('UTF-8', 'ISO-8859-1')],
    ['als/damaged', 'a comment that never ends', `<!-- ${good}`],
    ['als/forbidden-xml', 'a document type', good.replace('<Ableton', '<!DOCTYPE Ableton><Ableton')],
    ['als/forbidden-xml', 'entities', good.replace('<Ableton', '<!DOCTYPE a [<!ENTITY x "y">]><Ableton')],
    ['als/too-complex', 'nesting 257 deep', set('<a>'.repeat(255) + '</a>'.repeat(255))],
    ['als/too-complex', 'an attribute over 64 KiB', set(`<a b="${'c'.repeat(65_537)}" />`)],
    ['als/too-complex', 'an attribute that never ends', set(`<a b="${'c'.repeat(2_000_000)}" />`)],
    [
      'als/too-complex',
      '65 attributes',
      set(`<a ${Array.from({ length: 65 }, (_, i) => `a${i}="1"`).join(' ')} />`),
    ],
    ['als/too-complex', 'a name over 256 bytes', set(`<${'a'.repeat(257)} />`)],
    ['als/too-large', 'a ratio over 200', gzipSync(set(' '.repeat(4 << 20)))],
  ])('is refused as %s: %s', async (code, _what, file) => {
    await expect(parse(file)).rejects.toEqual(refused(code))
  })

  it.each<[string, Partial<SetLimits>, string]>([
    ['als/too-large', { inflatedBytes: 100 }, good],
    ['als/too-large', { compressedBytes: 100 }, good],
    ['als/too-complex', { tracks: 2 }, set(`<Tracks>${track().repeat(3)}</Tracks>`)],
    ['als/too-complex', { partElements: 10 }, set(`<Tracks>${track('<a />'.repeat(10))}</Tracks>`)],
    ['als/too-complex', { partBytes: 10 }, set(`<Tracks>${track('<a b="0123456789" />')}</Tracks>`)],
    ['als/too-complex', { items: 5 }, good],
    ['als/too-complex', { distinctNames: 4 }, good],
    ['als/too-complex', { textBytes: 99 }, set('x'.repeat(100))],
  ])('is refused as %s over the limit of %o', async (code, limits, file) => {
    await expect(parse(file, limits)).rejects.toEqual(refused(code))
    await expect(parse(file, DEFAULT_LIMITS)).resolves.toBeDefined()
  })

  it('says what to do in words, without quoting the file', async () => {
    const error: unknown = await parse(set('<secret')).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ message: expect.stringMatching(/Open it in Live, save it again/) })
    expect(String(error)).not.toContain('secret')
  })
})

describe('a set with oddities', () => {
  it.each<[string, string | Uint8Array]>([
    ['plain XML', good],
    ['a byte order mark', `\ufeff${good}`],
    ['CR LF', good.replaceAll('><', '>\r\n<')],
    [
      'comments, CDATA and instructions',
      set(`<!-- <a> --><![CDATA[<b>]]><?php x ?><Tracks>${track()}</Tracks>`),
    ],
    ['zeros behind its end', Buffer.concat([gzipSync(good), Buffer.alloc(512)])],
    ['single quotes', good.replaceAll('"', "'")],
  ])('is read: %s', async (_what, file) => {
    expect((await parse(file)).tracks).toHaveLength(1)
  })

  it('is read from pieces of any size', async () => {
    for (const size of [1, 2, 3, 7, 100]) {
      const plain = await parseLiveSet(inPieces(Buffer.from(good), size))
      const zipped = await parseLiveSet(inPieces(gzipSync(good), size))
      expect([plain.tracks[0]?.name, zipped.tracks[0]?.name]).toEqual(['Drums', 'Drums'])
    }
  })

  it('keeps references and line breaks in names as XML means them', async () => {
    const name = '<Name><EffectiveName Value="&lt;a&gt; &amp;amp; &#228;&#x1F941;&#10;b\nc" /></Name>'
    const { tracks } = await parse(set(`<Tracks>${track(name)}</Tracks>`))
    expect(tracks[0]?.name).toBe('<a> &amp; ä🥁 b c')
  })

  it('tells elements that it does not know, devices that it does not know and a newer version', async () => {
    const strange = track(
      '<DeviceChain><DeviceChain><Devices><Warble /></Devices></DeviceChain></DeviceChain><Zing />',
    )
    const { notUnderstood } = await parse(
      set(`<Tracks>${strange}<Odd /></Tracks><New />`, 'Creator="Ableton Live 99.1"'),
    )
    expect(notUnderstood.map(({ kind, name }) => [kind, name])).toEqual([
      ['version', 'Live 99 is newer than this reader'],
      ['element', 'Zing'],
      ['device', 'Warble'],
      ['element', 'Odd'],
      ['element', 'New'],
    ])
  })

  it('has no use for words where numbers belong, not even for those that every object knows', async () => {
    const clip = (type: string) =>
      `<AudioClip Time="0"><IsWarped Value=" " /><SampleRef><FileRef><RelativePathType Value="${type}" /><Name Value="a.wav" /></FileRef></SampleRef></AudioClip>`
    const events = ['constructor', '__proto__', 'toString'].map(clip).join('')
    const sequencer = `<MainSequencer><Sample><ArrangerAutomation><Events>${events}</Events></ArrangerAutomation></Sample></MainSequencer>`
    const { tracks, samples } = await parse(
      set(`<Tracks>${track(`<DeviceChain>${sequencer}</DeviceChain>`)}</Tracks>`),
    )
    expect(tracks[0]?.clipList.map(({ audio }) => [audio?.warped, audio?.sample?.place])).toEqual(
      Array.from({ length: 3 }, () => [null, 'not-stored']),
    )
    expect(samples).toMatchObject({ total: 3, outsideProject: 3, byPlace: { 'not-stored': 3 } })
  })

  it('holds nothing but null, zero and empty lists when the file holds nothing', async () => {
    const empty = await parse(set('', ''))
    expect([empty.creator, empty.liveMajor, empty.tempoBpm, empty.timeSignature]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect([empty.scale, empty.loop, empty.cueVolumeDb, empty.arrangementLengthSeconds]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect([empty.tracks, empty.locators, empty.scenes, empty.plugins]).toEqual([[], [], [], []])
  })

  it('is not read to its end once the reader was told to stop', async () => {
    const controller = new AbortController()
    let pieces = 0
    async function* endless() {
      yield Buffer.from('<Ableton><LiveSet>')
      for (;;) {
        pieces++
        if (pieces === 3) controller.abort(new Error('enough'))
        yield Buffer.alloc(70_000, ' ')
      }
    }
    await expect(parseLiveSet(endless(), { signal: controller.signal })).rejects.toThrow('enough')
    expect(pieces).toBeLessThan(6)
  })

  it('passes on what went wrong with the source itself', async () => {
    async function* broken() {
      yield gzipSync(good).subarray(0, 40)
      throw new Error('disk gone')
    }
    await expect(parseLiveSet(broken())).rejects.toThrow('disk gone')
  })
})

function withWrongChecksum(): Uint8Array {
  const bytes = gzipSync(good)
  const at = bytes.length - 8
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}
