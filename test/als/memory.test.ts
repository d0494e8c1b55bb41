import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { exampleSet } from './example-set.ts'
import { printSet } from './print-set.ts'

const LARGEST_MB = 150
const XML_BYTES = 50e6

const folder = mkdtempSync(join(tmpdir(), 'large-set-'))
afterAll(() => rmSync(folder, { recursive: true }))

const reader = pathToFileURL(join(import.meta.dirname, '../../src/als/parse-live-set.ts')).href
const program = `
import { createReadStream, readFileSync } from 'node:fs'
import { parseLiveSet } from ${JSON.stringify(reader)}
const { tracks } = await parseLiveSet(createReadStream(process.argv[1]))
// The peak since this program began: maxRSS would also tell of whoever started it.
const [, peakKb] = /VmHWM:\\s*(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
console.log(tracks.length, peakKb / 1024)
`

/** The example set with plug-in state of 30 kB on each track, repeated until the XML is as long as the longest seen. */
async function writeLargeSet(path: string): Promise<number> {
  const xml = printSet(exampleSet(12))
  const from = xml.indexOf('<Tracks>') + '<Tracks>'.length
  const state = `<Buffer>\n${'0123456789ABCDEF'.repeat(2000)}\n</Buffer>`
  const tracks = `${xml.slice(from, xml.indexOf('</Tracks>')).replaceAll('</Mixer>', `</Mixer>${state}`)}\n`
  const copies = Math.ceil(XML_BYTES / tracks.length)
  const parts = [
    xml.slice(0, from),
    ...Array.from({ length: copies }, () => tracks),
    xml.slice(xml.indexOf('</Tracks>')),
  ]
  await pipeline(Readable.from(parts), createGzip({ level: 1 }), createWriteStream(path))
  return copies * 5 + 1
}

it(`reads 50 MB of XML in a process of at most ${LARGEST_MB} MB`, async () => {
  const path = join(folder, 'large.als')
  const written = await writeLargeSet(path)
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, path], {
    encoding: 'utf8',
  })
  const [tracks, peakMb] = output.trim().split(' ').map(Number)
  expect(tracks).toBe(written)
  expect(peakMb).toBeLessThan(LARGEST_MB)
})
