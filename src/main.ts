import { createServer, type Server } from 'node:http'
import { startWorkers } from '../workers/index.ts'
import { createApp } from './app.ts'
import { closeContext, createContext } from './context.ts'
import { type Config, ConfigError, loadConfig } from './core/config.ts'
import { interruptAnswersHere } from './feedback/answers-in-flight.ts'

const EXIT_CONFIG = 78
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

async function run(): Promise<void> {
  const config = loadConfig()
  const ctx = await createContext(config)
  const { log } = ctx
  const drain = new AbortController()
  let isDraining = false
  let server: Server | undefined

  if (config.services.web) {
    server = createServer(
      { requestTimeout: REQUEST_LIMIT_MS, headersTimeout: 60_000 },
      createApp(ctx, () => isDraining),
    )
    server.setTimeout(IDLE_LIMIT_MS)
    await listen(server, config)
  }
  if (config.services.workers) await startWorkers(ctx, drain.signal)

  let stoppingSince = 0

  async function stop(signal: string): Promise<void> {
    if (isDraining) {
      // A terminal and a parent process may both pass on one Ctrl-C; a later one means it.
      if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1)
      return
    }
    isDraining = true
    stoppingSince = Date.now()
    log.info('stopping', { signal })
    const drainMs = drainMsOf[signal] ?? 2500
    server?.close()
    const isHurried = signal === 'SIGINT'
    setTimeout(() => interruptAnswersHere(), isHurried ? 0 : drainMs - 2000).unref()
    setTimeout(() => drain.abort(), isHurried ? 0 : drainMs - 2000).unref()
    await closeContext(ctx, drainMs)
    server?.closeAllConnections()
    log.info('stopped')
    process.exit(0)
  }

  for (const signal of Object.keys(drainMsOf))
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error('stop-failed', { error })
        process.exit(1)
      })
    })

  log.info('started', {
    port: config.port,
    services: Object.entries(config.services)
      .filter(([, isOn]) => isOn)
      .map(([name]) => name)
      .join(','),
    database: ctx.database.kind,
    storage: ctx.storage.kind,
    coach: ctx.claude ? 'claude' : 'offline-coach',
  })
  if (server) process.stderr.write(`TrackSensei is ready: open ${config.baseUrl}\n`)
}

run().catch((error: unknown) => {
  if (error instanceof ConfigError) {
    process.stderr.write(`TrackSensei cannot start: ${error.message}\n`)
    process.exit(EXIT_CONFIG)
  }
  process.stderr.write(
    `TrackSensei cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exit(1)
})
