import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

/**
 * Joins the sources of bin/tracksensei into a few files: starting takes half the processor time of loading two hundred.
 * bin/tracksensei calls this when a source is newer than the result, and runs the sources where it cannot be made.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}node_modules/.cache/tracksensei/command-line`
const fresh = `${folder}-${process.pid}`

function pinned(code: string, id: string): string | null {
  const here = { 'import.meta.url': pathToFileURL(id).href, __dirname: dirname(id) }
  if (!Object.keys(here).some((name) => code.includes(name))) return null
  return Object.entries(here).reduce(
    (text, [name, value]) => text.replaceAll(name, JSON.stringify(value)),
    code,
  )
}

const bundle = await rolldown({
  input: `${root}bin/tracksensei.ts`,
  platform: 'node',
  external: [/^@echogarden\//],
  plugins: [
    {
      name: 'stay-beside-the-sources',
      // Threads, kernels and data are found from the source that names them.
      transform: (code, id) => pinned(code, id),
    },
  ],
})
await bundle.write({ dir: fresh, format: 'esm', entryFileNames: 'tracksensei.js', minify: false })
await bundle.close()
mkdirSync(folder, { recursive: true })
rmSync(folder, { recursive: true })
renameSync(fresh, folder)
