import { availableParallelism, cpus, totalmem } from 'node:os'

/** What a run was measured on. */
export interface Machine {
  cores: number
  processor: string
  memory: string
  system: string
  node: string
}

export function machine(): Machine {
  const [first] = cpus()
  return {
    cores: availableParallelism(),
    processor: first?.model.trim() || 'unknown',
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  }
}
