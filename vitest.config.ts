import { defineConfig } from 'vitest/config'

// The engine and the hash threads run TypeScript as it stands, which older Node versions cannot.
if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error('Run the tests with `npm test`: it takes Node 24 from node_modules')

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    // As the service runs: see open-pglite.ts. Tests are over before it pays to compile a database better.
    execArgv: [
      '--no-wasm-code-gc',
      '--wasm-wrapper-tiering-budget=2147483647',
      '--wasm-tiering-budget=100000000',
    ],
    maxWorkers: 2,
    // Files follow each other in one process, as requests do in the service: loading everything anew for each took a third
    // of all work.
    isolate: false,
    // A loaded machine is slow, not wrong: what is waited for gets time.
    expect: { poll: { timeout: 20_000, interval: 50 } },
    testTimeout: 90_000,
    hookTimeout: 90_000,
    teardownTimeout: 20_000,
  },
})
