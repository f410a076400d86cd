import { resolve } from 'node:path'
import { checkSpans } from '../index/check.ts'
import type { Generation } from '../index/generation.ts'
import { type Command, readArgs, settings } from './command.ts'
import { withIndex } from './opened.ts'

export const verifyCommand: Command = {
  usage: 'onrecord verify [--index DIR] [--json]',
  about: 'Checks every file, text and span of an index; exit code 1 when something is wrong.',
  async run(args) {
    const { values } = readArgs(args, { index: { type: 'string' }, json: { type: 'boolean' } })
    const config = settings({ INDEX: values.index })
    const found = await withIndex(config, async ({ generation, degraded }) => ({
      ...report(generation),
      faults: [...(degraded ? [degraded.message] : []), ...checkSpans(generation)],
    }))
    if (values.json) console.log(JSON.stringify(found))
    else if (found.faults.length === 0)
      console.log(`${resolve(config.INDEX)} is whole: ${found.sources} documents, ${found.passages} passages, every file and span checked.`)
    else for (const fault of found.faults) console.error(fault)
    return found.faults.length === 0 ? 0 : 1
  },
}

function report(generation: Generation) {
  return { generation: generation.id, sources: generation.sources.length, passages: generation.passageCount }
}
