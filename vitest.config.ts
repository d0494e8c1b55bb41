import { defineConfig } from 'vitest/config'

// The engine and the hash threads run TypeScript as it stands, which older Node versions cannot.
if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error('Run the tests with `npm test`: it takes Node 24 from node_modules')

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
})
