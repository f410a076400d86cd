import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Holds every temporary folder of a run, and is gone after it. */
    root: string
  }
}

export default async function setup({ provide }: TestProject) {
  const root = await mkdtemp(join(tmpdir(), 'onrecord-test-'))
  provide('root', root)
  return () => rm(root, { recursive: true, force: true })
}
