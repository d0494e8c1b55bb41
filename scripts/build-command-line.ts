import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

/**
 * Joins the sources of bin/tracksensei into a few files: starting takes half the processor time of loading two hundred.
 * bin/tracksensei calls this when a source is newer than the result, and runs the sources where it cannot be made.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const joined = `${root}node_modules/.cache/tracksensei/command-line`
const folder = `${Date.now()}-${process.pid}`
/** Long enough for any start that still reads an older result. */
const KEPT_MS = 3_600_000

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
await bundle.write({
  dir: join(joined, folder),
  format: 'esm',
  entryFileNames: 'tracksensei.js',
  minify: false,
})
await bundle.close()
// Other calls may be starting from an older result: the newest is named in one step, and the others go later.
writeFileSync(join(joined, `${folder}.name`), `${folder}\n`)
renameSync(join(joined, `${folder}.name`), join(joined, 'newest'))
for (const name of readdirSync(joined)) {
  const madeAtMs = Number(name.split('-')[0])
  if (madeAtMs < Date.now() - KEPT_MS) rmSync(join(joined, name), { recursive: true, force: true })
}
