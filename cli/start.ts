import { join } from 'node:path'
import { packageRoot } from '../index/package-root.ts'
import { homeOf } from './home.ts'
import { serve } from './serve.ts'
import { settings } from './settings.ts'

/** Indexes the sample documents when there is no index yet, and serves. Resolves to the exit code. */
export async function startServing(): Promise<number> {
  const config = settings()
  // A damaged one is no reason to put the sample documents in its place.
  const home = await homeOf(config)
  const isThere = await home.current().then(
    (name) => name !== null,
    () => true,
  )
  await home.close()
  if (!isThere) {
    console.log('There is no index yet: indexing the sample documents in corpus/.')
    // Serving needs no reader of documents.
    const { indexFolders } = await import('./indexer.ts')
    const { sources, passages } = await indexFolders({ folders: [join(packageRoot(), 'corpus')], config, progress: 'bar' })
    console.log(`Indexed ${sources} documents, ${passages} passages.`)
  }
  return serve(config)
}
