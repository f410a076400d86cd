import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Each file that embeds starts a model of its own, about 100 MB.
    // One more than the two cores that all of it is made for: browsers and servers are waited for half of the time.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
