import { createServer, type Server, type ServerResponse } from 'node:http'
import { startWorkers } from '../workers/index.ts'
import { createApp } from './app.ts'
import { type Context, closeContext, createContext } from './context.ts'
import { type Config, ConfigError } from './core/config.ts'
import { killChildren } from './core/kill-children.ts'
import { countAnswersHere, interruptAnswersHere } from './feedback/answers-in-flight.ts'
import { watchSilentAnswers } from './feedback/end-silent-answers.ts'
import { requireModels } from './feedback/require-models.ts'

/** Ctrl-C is a person waiting; SIGTERM is a machine that gives work time to finish. */
const drainMsOf: Record<string, number> = { SIGINT: 2500, SIGTERM: 25_000 }
const SAME_SIGNAL_MS = 1000
/** An honest upload over a slow line may take this long; a stalled one is cut earlier by the idle limit. */
const REQUEST_LIMIT_MS = 45 * 60 * 1000
const IDLE_LIMIT_MS = 60_000

function listen(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${config.port} is in use: stop what runs there, or set PORT to another one`
      reject(error.code === 'EADDRINUSE' ? new ConfigError(inUse) : error)
    })
    server.listen(config.port, config.host, resolve)
  })
}

interface Running {
  ctx: Context
  drain: AbortController
  server: Server | undefined
  /** Requests that are being answered. */
  open: Set<ServerResponse>
  isDraining: boolean
  stopWatching: () => void
}

/** Streams of events never end by themselves; their readers connect again elsewhere. */
function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream')
}

/** Uploads arrive and answers are stored; what is still going on at the limit is cut. */
async function requestsEnded(running: Running, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs
  const isBusy = () => countAnswersHere() > 0 || [...running.open].some((response) => !isStream(response))
  while (isBusy() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Takes nothing new, lets work finish for a while, hands the rest back, and ends the process. */
async function stop(running: Running, signal: string): Promise<void> {
  const { ctx, drain, server } = running
  running.isDraining = true
  ctx.log.info('stopping', { signal })
  const drainMs = drainMsOf[signal] ?? 2500
  const handBackMs = signal === 'SIGINT' ? 0 : drainMs - 2000
  server?.close()
  setTimeout(() => {
    interruptAnswersHere()
    drain.abort()
  }, handBackMs).unref()
  await Promise.all([ctx.queue.stop(drainMs), requestsEnded(running, drainMs - 500)])
  running.stopWatching()
  await closeContext(ctx, 0)
  server?.closeAllConnections()
  killChildren()
  ctx.log.info('stopped')
  process.exit(0)
}

function stopOnSignals(running: Running): void {
  let stoppingSince: number | undefined
  for (const signal of Object.keys(drainMsOf))
    process.on(signal, () => {
      // A terminal and a parent process may both pass on one Ctrl-C; a later one means it.
      if (stoppingSince !== undefined && Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1)
      if (stoppingSince !== undefined) return
      stoppingSince = Date.now()
      stop(running, signal).catch((error: unknown) => {
        running.ctx.log.error('stop-failed', { error })
        process.exit(1)
      })
    })
}

async function serve(running: Running): Promise<Server> {
  const { config } = running.ctx
  const limits = { requestTimeout: REQUEST_LIMIT_MS, headersTimeout: 60_000 }
  const server = createServer(
    limits,
    createApp(running.ctx, () => running.isDraining),
  )
  server.setTimeout(IDLE_LIMIT_MS)
  server.on('request', (_request, response) => {
    running.open.add(response)
    response.on('close', () => running.open.delete(response))
  })
  await listen(server, config)
  return server
}

/** Opens everything, answers requests and takes jobs as the settings say, until a signal ends the process. */
export async function runService(config: Config): Promise<void> {
  const ctx = await createContext(config)
  if (config.services.web) await requireModels(ctx)
  const running: Running = {
    ctx,
    drain: new AbortController(),
    server: undefined,
    open: new Set(),
    isDraining: false,
    stopWatching: watchSilentAnswers(ctx),
  }
  stopOnSignals(running)
  if (config.services.web) running.server = await serve(running)
  if (config.services.workers) await startWorkers(ctx, running.drain.signal)
  const services = Object.entries(config.services).filter(([, isOn]) => isOn)
  ctx.log.info('started', {
    port: config.port,
    services: services.map(([name]) => name).join(','),
    database: ctx.database.kind,
    storage: ctx.storage.kind,
    coach: ctx.claude ? 'claude' : 'offline-coach',
  })
  if (running.server) process.stderr.write(`TrackSensei is ready: open ${config.baseUrl}\n`)
}
