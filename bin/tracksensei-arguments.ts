export const USAGE = `Usage:
  tracksensei analyze FILE… [--set SET.als] [--reference REF] [--kind mix|master]
                      [--since OLDER] [--set-since OLDER.als] [--codecs] [--json]
      Measures sound files (WAV, AIFF, FLAC, MP3, Ogg).
      --set SET.als      puts the Live set that the track comes from into the report
      --reference REF    compares each track with this one
      --since OLDER      an earlier version of the track: what changed, where and by how much
      --set-since OLDER.als  the Live set of that earlier version: what you changed, what it did
      --kind mix|master  what the tracks are meant to be: judgements depend on it
      --codecs           also encodes each track as platforms do and measures what they play
      --json             one line of JSON per file: {"file", "report"} or {"file", "error"}
  tracksensei set FILE.als… --json | --preflight | --since OLDER.als
      --json             everything that is read from Live sets, one line of JSON per file
      --preflight        what the sets say before anything is heard: slips, risks and habits, in words
      --since OLDER.als  what was changed since an older version, in words; with --json as JSON
  tracksensei check-report FILE… [--json]
      Tells whether reports (as analyze --json, the API or the page wrote them) are as they were written.

Exit status: 0 all went well, 1 a file failed (the others are still done), 2 wrong usage.
`

export class UsageError extends Error {}

export interface AnalyzeCommand {
  name: 'analyze'
  files: string[]
  set: string | null
  reference: string | null
  since: string | null
  setSince: string | null
  codecs: boolean
  kind: 'mix' | 'master' | null
  json: boolean
}

export interface SetCommand {
  name: 'set'
  files: string[]
  since: string | null
  json: boolean
}

export interface CheckCommand {
  name: 'check-report'
  files: string[]
  json: boolean
}

export type Command = AnalyzeCommand | SetCommand | CheckCommand | { name: 'help' }

const OPTIONS = {
  analyze: ['--set', '--reference', '--since', '--set-since', '--kind', '--codecs', '--json'],
  set: ['--json', '--preflight', '--since'],
  'check-report': ['--json'],
}

const WITH_VALUE: ReadonlySet<string> = new Set(['--set', '--reference', '--since', '--set-since', '--kind'])

/** @throws UsageError with what is wrong about the arguments */
export function parseCommand(args: string[]): Command {
  const [name, ...rest] = args
  if (name === undefined) throw new UsageError('say what to do')
  if (name === '--help' || name === '-h' || name === 'help' || rest.includes('--help'))
    return { name: 'help' }
  if (name !== 'analyze' && name !== 'set' && name !== 'check-report')
    throw new UsageError(`there is no command "${name}"`)
  const { files, options } = split(rest)
  for (const option of options.keys()) {
    if (!OPTIONS[name].includes(option)) throw new UsageError(`${name} has no option ${option}`)
  }
  if (files.length === 0) throw new UsageError('name at least one file')
  if (name === 'set') {
    if (!['--json', '--preflight', '--since'].some((option) => options.has(option))) {
      throw new UsageError('say what to print: add --json, --preflight or --since')
    }
    return { name, files, since: options.get('--since') ?? null, json: options.has('--json') }
  }
  if (name === 'check-report') return { name, files, json: options.has('--json') }
  if (options.has('--set-since') && !options.has('--set'))
    throw new UsageError('--set-since needs the newer Live set: add --set')
  return {
    name,
    files,
    set: options.get('--set') ?? null,
    reference: options.get('--reference') ?? null,
    since: options.get('--since') ?? null,
    setSince: options.get('--set-since') ?? null,
    codecs: options.has('--codecs'),
    kind: kindOf(options.get('--kind')),
    json: options.has('--json'),
  }
}

function kindOf(value: string | undefined): AnalyzeCommand['kind'] {
  if (value === undefined || value === 'mix' || value === 'master') return value ?? null
  throw new UsageError('--kind is mix or master')
}

/** Options may stand anywhere; after `--` everything is a file. */
function split(args: string[]): { files: string[]; options: Map<string, string> } {
  const files: string[] = []
  const options = new Map<string, string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') return { files: [...files, ...args.slice(i + 1)], options }
    if (!arg.startsWith('-') || arg === '-') {
      files.push(arg)
      continue
    }
    if (options.has(arg)) throw new UsageError(`${arg} is given twice`)
    if (WITH_VALUE.has(arg)) {
      const value = args[++i]
      if (value === undefined || value.startsWith('--'))
        throw new UsageError(`${arg} needs ${arg === '--kind' ? 'mix or master' : 'a file'}`)
      options.set(arg, value)
    } else {
      options.set(arg, '')
    }
  }
  return { files, options }
}
