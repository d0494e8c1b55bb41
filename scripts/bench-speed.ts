import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What a whole analysis costs beside the loudness meter alone, on this machine and in this run:
 * `bin/tracksensei analyze --json FILE` against `ffmpeg -i FILE -af ebur128=peak=true -f null -`, in turn, best of ROUNDS.
 * Prints CPU and wall seconds with their ratios, cost and memory by length, and what several at once reach.
 * Usage: npm run bench:speed [-- ROUNDS]
 */
const rounds = Number(process.argv[2] ?? 5)
const program = fileURLToPath(new URL('../bin/tracksensei', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'tracksensei-bench-'))

interface Cost {
  wallSeconds: number
  cpuSeconds: number
}

/** Runs a command line in a shell that counts the time of all its children. */
function costOf(command: string): Cost {
  const script = `TIMEFORMAT='%R %U %S'; time { { ${command}\n} >/dev/null 2>&1; }`
  const { stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  const [wallSeconds = 0, user = 0, system = 0] = stderr.trim().split(' ').map(Number)
  return { wallSeconds, cpuSeconds: user + system }
}

function best(commands: string[]): Cost[] {
  const costs: Cost[] = commands.map(() => ({ wallSeconds: Infinity, cpuSeconds: Infinity }))
  for (let round = 0; round < rounds; round++) {
    for (const [i, command] of commands.entries()) {
      const { wallSeconds, cpuSeconds } = costOf(command)
      const least = costs[i] ?? { wallSeconds, cpuSeconds }
      costs[i] = {
        wallSeconds: Math.min(least.wallSeconds, wallSeconds),
        cpuSeconds: Math.min(least.cpuSeconds, cpuSeconds),
      }
    }
  }
  return costs
}

/** As bin/tracksensei starts it. */
const NODE_FLAGS = [
  '--min-semi-space-size=8',
  '--max-semi-space-size=16',
  '--single-threaded',
  '--no-turbofan',
]

/** Peak memory of node alone (the decoder is another process), as the kernel counted it. */
function peakMegabytes(file: string): number {
  const options = { set: null, reference: null, since: null, setSince: null, codecs: false, kind: null }
  const command = JSON.stringify({ name: 'analyze', files: [file], ...options, json: true })
  const script = `import { analyze } from '${new URL('../bin/tracksensei-analyze.ts', import.meta.url)}'
await analyze(${command})
process.stderr.write('peak ' + process.resourceUsage().maxRSS)`
  const { stderr } = spawnSync(process.execPath, [...NODE_FLAGS, '--input-type=module', '-e', script], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const peakKilobytes = /peak (\d+)/.exec(stderr)?.[1]
  if (peakKilobytes === undefined) throw new Error(`nothing was measured: ${stderr.slice(-500)}`)
  return Number(peakKilobytes) / 1024
}

/** A drum machine over chords, of any length: dense and loud, so that nothing can be skipped. */
function makeTrack(path: string, seconds: number): void {
  const beat = 'sin(2*PI*52*t)*exp(-9*mod(t,0.46875))'
  const hat = '(random(0)-0.5)*exp(-40*mod(t,0.234375))'
  const chord = 'sin(2*PI*220*t)+sin(2*PI*277.18*t)+sin(2*PI*329.63*t+sin(2*PI*0.1*t))'
  const left = `0.6*${beat}+0.3*${hat}+0.12*(${chord})`
  const right = `0.6*${beat}+0.25*${hat}+0.1*(${chord})`
  execFileSync('ffmpeg', [
    ...[
      '-nostdin',
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      `aevalsrc=${escaped(left)}|${escaped(right)}:s=44100:d=${seconds}`,
    ],
    ...['-af', 'volume=6dB,alimiter=limit=0.97', '-c:a', 'pcm_s16le', path],
  ])
}

/** A comma ends a filter unless it is escaped. */
const escaped = (expression: string) => expression.replaceAll(',', '\\,')
const meter = (file: string) => `ffmpeg -nostdin -i ${file} -af ebur128=peak=true -f null -`
const analysis = (file: string) => `${program} analyze --json ${file}`
const columns = (...cells: (string | number)[]) =>
  console.log(cells.map((cell) => String(cell).padStart(11)).join(''))

try {
  const wav = join(folder, 'track.wav')
  makeTrack(wav, 300)
  const coded = {
    wav: [],
    flac: [],
    mp3: ['-c:a', 'libmp3lame', '-b:a', '320k'],
    ogg: ['-c:a', 'libvorbis', '-q:a', '6'],
  }
  console.log(`5 minutes, 44.1 kHz stereo; best of ${rounds}; seconds`)
  columns('format', 'meter CPU', 'ours CPU', 'ratio', 'meter wall', 'ours wall', 'ratio')
  for (const [extension, options] of Object.entries(coded)) {
    const file = join(folder, `track.${extension}`)
    if (extension !== 'wav') execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', wav, ...options, file])
    const [theirs, ours] = best([meter(file), analysis(file)])
    if (theirs === undefined || ours === undefined) throw new Error('nothing was timed')
    columns(
      extension,
      theirs.cpuSeconds.toFixed(2),
      ours.cpuSeconds.toFixed(2),
      (ours.cpuSeconds / theirs.cpuSeconds).toFixed(2),
      theirs.wallSeconds.toFixed(2),
      ours.wallSeconds.toFixed(2),
      (ours.wallSeconds / theirs.wallSeconds).toFixed(2),
    )
  }

  console.log('\nby length (WAV)')
  columns('minutes', 'CPU s', 's/minute', 'peak MB')
  for (const minutes of [1, 5, 20, 60]) {
    const file = join(folder, `length-${minutes}.wav`)
    const list = join(folder, 'list.txt')
    makeTrack(join(folder, 'minute.wav'), 60)
    execFileSync('sh', ['-c', `yes "file '${join(folder, 'minute.wav')}'" | head -${minutes} > ${list}`])
    execFileSync('ffmpeg', [
      '-nostdin',
      '-v',
      'error',
      '-y',
      '-f',
      'concat',
      '-safe',
      '0',
      '-i',
      list,
      '-c',
      'copy',
      file,
    ])
    const [cost] = best([analysis(file)])
    const cpu = cost?.cpuSeconds ?? 0
    columns(minutes, cpu.toFixed(2), (cpu / minutes).toFixed(3), peakMegabytes(file).toFixed(0))
    rmSync(file)
  }

  const cores = readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm)?.length ?? 1
  const thrice = Array(3).fill(analysis(wav)).join('; ')
  const atOnce = Array(cores).fill(`( ${thrice} ) &`).join(' ')
  const [alone, together] = best([thrice, `${atOnce} wait`])
  const scaling = (cores * (alone?.wallSeconds ?? 0)) / (together?.wallSeconds ?? 1)
  console.log(`\n${cores} at once on ${cores} cores: ${scaling.toFixed(2)} times the throughput of one`)
} finally {
  rmSync(folder, { recursive: true })
}
