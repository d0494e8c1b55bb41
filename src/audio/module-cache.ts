import { fileURLToPath } from 'node:url'

/** Where Node may keep compiled modules; where this cannot be written it does without. */
export const MODULE_CACHE_DIR = fileURLToPath(
  new URL('../../node_modules/.cache/tracksensei/modules', import.meta.url),
)
