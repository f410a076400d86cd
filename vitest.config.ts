import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files share a process, and with it the libraries and the model that the first of them loaded: that is a third of the time.
    isolate: false,
    globalSetup: 'test/global-setup.ts',
    setupFiles: 'test/setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
