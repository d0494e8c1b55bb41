// Makes the demo track and its Live set for the page's "try it" button.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { renderLiveSetXml } from './demo/live-set-xml.ts'
import { encodeWav, renderDemo } from './demo/synth.ts'

const folder = path.resolve(import.meta.dirname, '../web/public/demo')
const name = path.join(folder, 'TrackSensei demo')

mkdirSync(folder, { recursive: true })
writeFileSync(`${name}.wav`, encodeWav(renderDemo()))
execFileSync('ffmpeg', [
  '-nostdin',
  '-v',
  'error',
  '-y',
  '-i',
  `${name}.wav`,
  '-map_metadata',
  '-1',
  '-fflags',
  '+bitexact',
  `${name}.flac`,
])
rmSync(`${name}.wav`)
writeFileSync(`${name}.als`, gzipSync(renderLiveSetXml(), { level: 9 }))
