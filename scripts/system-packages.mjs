// Runs on Node 20 before anything is installed: no packages, no TypeScript.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

function findOnPath(command) {
  // Servers such as nginx lie where only root looks for programs.
  for (const folder of [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin']) {
    const file = path.join(folder, command)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

function aptCommand() {
  if (!findOnPath('apt-get')) return undefined
  if (process.getuid?.() === 0) return ['apt-get']
  const mayUseSudo = findOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
  return mayUseSudo ? ['sudo', '-n', 'apt-get'] : undefined
}

function runApt(apt, args) {
  const [command, ...rest] = [...apt, ...args]
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
}

/**
 * Makes sure that each command is on the PATH, installing its Debian package where it is missing.
 * @param {{ command: string, package: string, why: string }[]} needs
 */
export function ensureSystemPackages(needs) {
  const missing = needs.filter((need) => !findOnPath(need.command))
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((need) => need.package))]
  const why = missing.map((need) => `${need.command} (${need.why})`).join(', ')
  const apt = aptCommand()
  if (!apt) {
    console.error(`Missing on this machine: ${why}.`)
    console.error(`I may not install system packages here. Ask somebody who may to run:`)
    console.error(`  apt-get update && apt-get install -y ${packages.join(' ')}`)
    process.exit(1)
  }
  console.log(`Installing ${packages.join(', ')} with apt-get: ${why} …`)
  runApt(apt, ['update', '-q'])
  const isInstalled = runApt(apt, ['install', '-y', '-q', '--no-install-recommends', ...packages])
  const stillMissing = needs.filter((need) => !findOnPath(need.command)).map((need) => need.command)
  if (!isInstalled || stillMissing.length > 0) {
    console.error(`apt-get could not install ${packages.join(' ')}: see above, then run this command again.`)
    process.exit(1)
  }
}

export const runtimeNeeds = [
  { command: 'ffmpeg', package: 'ffmpeg', why: 'decodes MP3, FLAC and OGG' },
  { command: 'ffprobe', package: 'ffmpeg', why: 'looks at files before they are decoded' },
  { command: 'prlimit', package: 'util-linux', why: 'keeps the decoder within limits' },
  { command: 'setpriv', package: 'util-linux', why: 'ends the decoder together with its worker' },
]

export const testNeeds = [
  ...runtimeNeeds,
  {
    command: 'chromium-headless-shell',
    package: 'chromium-headless-shell',
    why: 'Chromium without windows, the browser of the tests',
  },
  { command: 'nginx', package: 'nginx-light', why: 'tries the proxy configuration of the operations page' },
  { command: 'faketime', package: 'faketime', why: 'moves the clock of whole processes' },
]
