import { enableCompileCache } from 'node:module'
import { MODULE_CACHE_DIR } from './audio/module-cache.ts'
import { ConfigError, loadConfig } from './core/config.ts'

const EXIT_CONFIG = 78

async function run(): Promise<void> {
  const config = loadConfig()
  enableCompileCache(MODULE_CACHE_DIR)
  // A second of modules, loaded once the settings are known to be possible.
  const { runService } = await import('./run-service.ts')
  await runService(config)
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
