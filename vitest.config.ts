import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Starts those files first that run commands: they take longest, and one of them alone at the end would keep the other core waiting. */
class CommandsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isFirst = ({ moduleId }: TestSpecification) => /[\\/]test[\\/]cli[\\/]/.test(moduleId)
    const sorted = await super.sort(files)
    return [...sorted.filter(isFirst), ...sorted.filter((file) => !isFirst(file))]
  }
}

export default defineConfig({
  // Vite does not find what chrono-node exports by a pattern.
  resolve: { alias: { 'chrono-node/en': fileURLToPath(import.meta.resolve('chrono-node/en')) } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files share a process, and with it the libraries and the model that the first of them loaded: that is a third of the time.
    isolate: false,
    sequence: { sequencer: CommandsFirst },
    globalSetup: 'test/global-setup.ts',
    setupFiles: 'test/setup.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
