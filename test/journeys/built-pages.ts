import { globSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { projectRoot } from '../support/start-service.ts'

const SOURCES = ['web/**/*.{ts,tsx,css,html,svg}', 'src/*/contract.ts']

/** Journeys look at the built pages: refuses to look at pages that are missing or older than their source. */
export async function requireBuiltPages(): Promise<void> {
  const built = await stat(path.join(projectRoot, 'web/dist/index.html')).catch(() => undefined)
  if (built === undefined) throw new Error('The pages are not built: run npm run build:web first.')
  const files = globSync(SOURCES, { cwd: projectRoot, exclude: ['web/dist/**'] })
  for (const file of files) {
    const source = await stat(path.join(projectRoot, file))
    if (source.mtimeMs > built.mtimeMs) {
      throw new Error(`${file} is newer than the built pages: run npm run build:web first.`)
    }
  }
}
