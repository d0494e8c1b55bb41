// Everything a machine can check: format, types, lint, dependency rules, every test. Runs on Node 20.
import { buildWeb, installPackages, makeDemo, node24, run } from './install-packages.mjs'
import { ensureSystemPackages, testNeeds } from './system-packages.mjs'

const bin = (name) => `node_modules/.bin/${name}`

ensureSystemPackages(testNeeds)
installPackages()
makeDemo()
buildWeb()

const resultsFile = 'node_modules/.cache/tracksensei/test-results.json'
const steps = [
  ['Format and lint', bin('biome'), ['check', '.']],
  ['Types', bin('tsc'), ['--noEmit']],
  [
    'Dependency rules',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', 'src', 'workers', 'web', 'bin'],
  ],
  [
    'Tests',
    node24,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${resultsFile}`,
    ],
  ],
  ['Promises', node24, ['scripts/promises-proven.ts', resultsFile]],
]
for (const [title, command, args] of steps) {
  console.log(`\n── ${title}`)
  run(command, args)
}
console.log('\nAll checks passed.')
