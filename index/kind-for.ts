import { OnRecordError } from './errors.ts'
import type { OpenOptions } from './generation.ts'
import type { Manifest } from './manifest.ts'
import { OUTSIDE, type StoreChoice, storeOf } from './stores/registry.ts'

/** The kind of store that opens a generation. Throws INDEX_OTHER_VERSION when it was made with one that is not there. */
export async function kindFor(directory: string, manifest: Manifest, { outside, toGoOn = false }: OpenOptions): Promise<StoreChoice> {
  if (outside && manifest.store !== OUTSIDE) throw notOutside(directory)
  if (outside) return { kind: outside, notice: null }
  if (manifest.store === OUTSIDE && !toGoOn) throw outsideIsMissing(directory)
  // The files are those of the exact store.
  const choice = await storeOf(manifest.store === OUTSIDE ? 'flat' : manifest.store)
  if (manifest.store !== OUTSIDE && choice.kind.name !== manifest.store) throw noStore(directory, manifest)
  return choice
}

function noStore(directory: string, manifest: Manifest): OnRecordError {
  return new OnRecordError(
    'INDEX_OTHER_VERSION',
    `The index in ${directory} needs ${manifest.store}, and hnswlib-node is not installed here.`,
    'Install hnswlib-node, or make the index again here: onrecord index FOLDER.',
  )
}

function outsideIsMissing(directory: string): OnRecordError {
  return new OnRecordError(
    'INDEX_OTHER_VERSION',
    `The index in ${directory} was made with a vectorStore of LangChain, and none was given.`,
    'Open it with that one: openRecord({ index, vectorStore }); or make it again without: onrecord index FOLDER.',
  )
}

function notOutside(directory: string): OnRecordError {
  return new OnRecordError(
    'INDEX_OTHER_VERSION',
    `The index in ${directory} was made without the vectorStore that it is opened with.`,
    'Make it again with buildIndex({ folders, index, vectorStore }), or open it without.',
  )
}
