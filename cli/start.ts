import { join, resolve } from 'node:path'
import { current } from '../index/current.ts'
import { packageRoot } from '../index/package-root.ts'
import { type Command, readArgs, settings } from './command.ts'
import { serve } from './serve.ts'

export const startCommand: Command = {
  usage: 'onrecord start',
  about: 'Indexes the sample documents when there is no index yet, and serves (npm start).',
  async run(args) {
    readArgs(args, {})
    const config = settings()
    // A damaged one is no reason to put the sample documents in its place.
    const isThere = await current(resolve(config.INDEX)).then(
      (name) => name !== null,
      () => true,
    )
    if (!isThere) {
      console.log('There is no index yet: indexing the sample documents in corpus/.')
      // Serving needs no reader of documents.
      const { indexFolders } = await import('./indexer.ts')
      const { sources, passages } = await indexFolders({ folders: [join(packageRoot(), 'corpus')], config, progress: 'bar' })
      console.log(`Indexed ${sources} documents, ${passages} passages.`)
    }
    return serve(config)
  },
}
