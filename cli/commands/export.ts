import { OnRecordError } from '../../index/errors.ts'
import { STORE_NAMES, type StoreName } from '../../index/stores/registry.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'
import { PROGRESS, progressFormOf } from '../progress-form.ts'

const OPTIONS = {
  index: INDEX,
  store: { type: 'string', value: 'NAME', what: `What the vectors are searched by there: ${STORE_NAMES.join(' or ')}.`, otherwise: 'hnsw' },
  progress: PROGRESS,
  json: { type: 'boolean', what: 'Prints exactly one object on stdout.' },
} as const satisfies Record<string, Option>

export const exportCommand: Command = {
  usage: 'onrecord export [--index DIR] [--store NAME] [--progress bar|jsonl|none] [--json]',
  about: `Moves a record in PostgreSQL, the database that DATABASE_URL names, into an index in a folder: its current generation becomes that of the
index, and the one before it is kept. Nothing is embedded again. Vectors of passages have the half precision of the database. The database stays
as it is.`,
  options: OPTIONS,
  examples: [
    ['onrecord export', 'Writes the record into .onrecord/ of the working directory.'],
    ['onrecord export --index /backup/record --store flat', 'Writes it into another folder, without a graph.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    const [store, progress] = [storeNamed(values.store), progressFormOf(values)]
    await (await import('../export.ts')).exportAndTell({ ...values, store, progress })
    return 0
  },
}

function storeNamed(value = 'hnsw'): StoreName {
  if ((STORE_NAMES as readonly string[]).includes(value)) return value as StoreName
  throw new OnRecordError('USAGE', `--store is "${value}": it must be one of ${STORE_NAMES.join(', ')}.`, '')
}
