import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { projectRoot } from '../support/start-service.ts'
import { listProjectFiles } from './source-files.ts'

const packageSchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
})
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) })
const bomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ name: z.string(), version: z.string() })),
})

/** Packages that have an install script. None is run: their binaries come prebuilt. */
const haveScripts = ['node_modules/@swc/core', 'node_modules/bcrypt']
const refusedLicences = /AGPL|SSPL|BUSL|Commons-Clause|-NC-|non-?commercial|UNLICENSED/i

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8')
const lock = lockSchema.parse(JSON.parse(read('package-lock.json')))
const packages = Object.entries(lock.packages).filter(([place]) => place !== '')

test('every package of the lockfile has the digest of its bytes and no download address (T33)', () => {
  expect(packages.length).toBeGreaterThan(300)
  const weak = packages.filter(([, facts]) => !facts.integrity?.startsWith('sha512-'))
  expect(weak.map(([place]) => place)).toEqual([])
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})

test('no install script runs, and only known packages have one (T33)', () => {
  expect(read('.npmrc')).toContain('ignore-scripts=true')
  const withScripts = packages.filter(([, facts]) => facts.hasInstallScript).map(([place]) => place)
  expect(withScripts.toSorted()).toEqual(haveScripts)
})

test('no package has a licence that would bind what is built with it', () => {
  const refused = packages.filter(([, { license }]) => license !== undefined && refusedLicences.test(license))
  expect(refused).toEqual([])
})

test('the bill of materials names every package that is installed (T33)', () => {
  const made = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 50_000_000,
  })
  const bom = bomSchema.parse(JSON.parse(made))
  const listed = new Set(bom.components.map(({ name, version }) => `${name}@${version}`))
  const missing = packages
    .map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')}@${version}`)
    .filter((name) => !listed.has(name))
  expect(missing).toEqual([])
})

function findSecrets(files: string[], cwd: string): string {
  const program = path.join(projectRoot, 'node_modules/secretlint/bin/secretlint.js')
  const config = path.join(projectRoot, '.secretlintrc.json')
  try {
    return execFileSync(process.execPath, [program, '--secretlintrc', config, ...files], {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
  }
}

test('no secret lies in the project, and one that did would be found (T34)', () => {
  const texts = listProjectFiles().filter((file) => !/\.(webp|png|wasm|als|wav|woff2|bin)$/.test(file))
  expect(findSecrets(texts, projectRoot)).toBe('')
  const folder = mkdtempSync(path.join(tmpdir(), 'tracksensei-secret-'))
  const key = [
    '-----BEGIN RSA',
    ' PRIVATE KEY-----\n',
    'MIIEpAIBAAKCAQEA'.repeat(30),
    '\n-----END RSA PRIVATE KEY-----',
  ]
  writeFileSync(path.join(folder, 'planted.txt'), key.join(''))
  expect(findSecrets(['planted.txt'], folder)).toContain('found private key')
  rmSync(folder, { recursive: true })
})
