import { OnRecordError } from '../../index/errors.ts'
import { STORE_NAMES, type StoreName } from '../../index/stores/registry.ts'
import { type Command, INDEX, type Option, readArgs } from '../command.ts'

const OPTIONS = {
  index: INDEX,
  store: { type: 'string', value: 'NAME', what: 'hnsw or flat.', otherwise: 'hnsw' },
  json: { type: 'boolean', what: 'Prints exactly one object on stdout.' },
} as const satisfies Record<string, Option>

export const exportCommand: Command = {
  usage: 'onrecord export [--index DIR] [--store hnsw|flat] [--json]',
  about: 'Writes the record of PostgreSQL, the database that DATABASE_URL names, into an index in a folder. Nothing is embedded again.',
  options: OPTIONS,
  examples: [
    ['onrecord export --index /srv/record', 'Takes the record of the database along in a folder.'],
    ['onrecord export --store flat', 'Writes an index that needs no native code.'],
  ],
  async run(args) {
    const { values, positionals } = readArgs(args, OPTIONS)
    if (positionals.length > 0) throw new OnRecordError('USAGE', `It takes no argument "${positionals[0]}".`, '')
    const store = values.store ?? 'hnsw'
    if (!(STORE_NAMES as readonly string[]).includes(store))
      throw new OnRecordError('USAGE', `--store is "${store}": it must be one of ${STORE_NAMES.join(', ')}.`, '')
    const { exportIndex } = await import('../moving.ts')
    await exportIndex({ ...values, store: store as StoreName })
    return 0
  },
}
