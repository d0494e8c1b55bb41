// From a fresh clone to a running service. Runs on Node 20; may be run again at any time.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildWeb, installPackages, makeDemo, node24, root } from './install-packages.mjs'
import { ensureSystemPackages, runtimeNeeds } from './system-packages.mjs'

ensureSystemPackages(runtimeNeeds)
installPackages()
makeDemo()
buildWeb()

const settings = existsSync(path.join(root, '.env')) ? ['--env-file=.env'] : []
const service = spawn(node24, [...settings, 'src/main.ts'], { cwd: root, stdio: 'inherit' })

// Ctrl-C in a terminal reaches the service directly as well; it takes two signals in one moment as one.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal))
service.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
