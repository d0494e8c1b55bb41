// Runs on Node 20 before anything is installed: no packages, no TypeScript.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')
const stampsDir = path.join(root, 'node_modules/.tracksensei')
/** Node 24, from the npm registry: the same for everybody, whatever the machine has. */
export const node24 = path.join(root, 'node_modules/.bin/node')

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

function listFiles(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter(
      (file) =>
        !file.startsWith(path.join('web', 'dist')) && !file.startsWith(path.join('web', 'public', 'demo')),
    )
    .sort()
}

/** Runs `make` unless the same inputs were made before and `output` is still there. */
function once(name, inputs, output, make) {
  const stamp = path.join(stampsDir, name)
  const hash = hashOf(inputs)
  if (existsSync(path.join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  make()
  mkdirSync(stampsDir, { recursive: true })
  writeFileSync(stamp, hash)
}

export function run(command, args, options = {}) {
  const env = {
    ...process.env,
    PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  }
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, ...options })
  if (result.status !== 0) {
    console.error(`This step failed: ${[command, ...args].join(' ')}`)
    process.exit(result.status ?? 1)
  }
}

function requireNode20() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  console.error(`Node 20 or newer is needed to begin; this is ${process.version}.`)
  process.exit(1)
}

/** The packages of the lock file, Node 24 among them. */
export function installPackages() {
  requireNode20()
  once('packages', ['package.json', 'package-lock.json', '.npmrc'], 'node_modules/.package-lock.json', () => {
    console.log('Installing packages …')
    run('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'])
  })
  if (!existsSync(node24) || !statSync(node24).isFile()) {
    console.error('Node 24 is not packaged for this machine (Linux on x64 or arm64 is needed).')
    process.exit(1)
  }
}

/** The web app, built when its sources changed. */
export function buildWeb() {
  const contracts = listFiles('src').filter((file) => file.endsWith('contract.ts'))
  const inputs = [...listFiles('web'), ...contracts, 'package-lock.json']
  once('web', inputs, 'web/dist/index.html', () => {
    console.log('Building the web app …')
    run(node24, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'])
  })
}

/** The demo track and its Live set, made by our own script. */
export function makeDemo() {
  once(
    'demo',
    listFiles('scripts').filter((file) => file.includes('demo')),
    'web/public/demo',
    () => {
      console.log('Making the demo track …')
      run(node24, ['scripts/make-demo.ts'])
    },
  )
}
