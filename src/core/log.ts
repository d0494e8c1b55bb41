import { pino } from 'pino'

/** Every key a log line may carry. No names, addresses, bodies, tokens or file names can get in. */
export interface LogFields {
  requestId?: string
  method?: string
  route?: string
  status?: number
  durationMs?: number
  ip?: string
  userAgent?: string
  code?: string
  analysisId?: string
  jobId?: string
  task?: string
  attempt?: number
  count?: number
  sizeBytes?: number
  stage?: string
  port?: number
  services?: string
  database?: string
  storage?: string
  coach?: string
  eventType?: string
  upstreamRequestId?: string
  version?: string
  signal?: string
  /** Only the class and stack of an error of ours: messages may quote what users wrote. */
  error?: unknown
}

const allowedKeys = new Set([
  ...[
    'requestId',
    'method',
    'route',
    'status',
    'durationMs',
    'ip',
    'userAgent',
    'code',
    'analysisId',
    'jobId',
  ],
  ...['task', 'attempt', 'count', 'sizeBytes', 'stage', 'port', 'services', 'database', 'storage', 'coach'],
  ...['eventType', 'upstreamRequestId', 'version', 'signal'],
])

export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

const MAX_VALUE_CHARACTERS = 300

function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorClass: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const described: Record<string, string> = {
    errorClass: error.name,
    errorStack: frames.slice(0, 8).join('|').slice(0, 1500),
  }
  if ('code' in error && typeof error.code === 'string') described.errorCode = error.code
  return described
}

function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'error') Object.assign(line, describeError(value))
    else if (allowedKeys.has(key))
      line[key] = typeof value === 'string' ? value.slice(0, MAX_VALUE_CHARACTERS) : value
  }
  return line
}

/** A log whose lines are JSON with an allow-list of keys; anything else is dropped, not written. */
export function createLog(level: LogLevel, destination?: { write(line: string): void }): Log {
  const options = { level, base: null, messageKey: 'event', timestamp: pino.stdTimeFunctions.isoTime }
  const sink = destination ? pino(options, destination) : pino(options)
  return {
    debug: (event, fields = {}) => sink.debug(allowed(fields), event),
    info: (event, fields = {}) => sink.info(allowed(fields), event),
    warn: (event, fields = {}) => sink.warn(allowed(fields), event),
    error: (event, fields = {}) => sink.error(allowed(fields), event),
  }
}
