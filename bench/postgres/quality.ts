import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSet } from '../../eval/cases.ts'
import { figuresOf } from '../../eval/figures.ts'
import { measure } from '../../eval/measure.ts'
import { build } from '../../index/build.ts'
import { openIndex } from '../../index/current.ts'
import type { Embedder } from '../../index/embedders/embedder.ts'
import { LoaderPool } from '../../index/loader-pool.ts'
import { buildInDatabase } from '../../index/postgres/build.ts'
import { PostgresHome } from '../../index/postgres/home.ts'
import type { GenerationReader } from '../../index/reader.ts'
import { storeOf } from '../../index/stores/registry.ts'
import { withNewDatabase } from './processes.ts'

/** The figures of a question set's answers from a folder and from a database, and how many of its questions are answered otherwise. */
export async function quality(server: string, set: string, embedder: Embedder): Promise<Record<string, unknown>> {
  const temporary = await mkdtemp(join(tmpdir(), 'onrecord-bench-'))
  try {
    const asked = await readSet(set, { half: 0 })
    const documents = join(temporary, 'set')
    await mkdir(documents)
    for (const { name, text } of asked.documents ?? []) await writeFile(join(documents, name), text)
    const answers = (generation: GenerationReader) => measure(generation, embedder, asked, { version: '', split: true })
    const index = join(temporary, 'index')
    await build({ folders: [documents], index, embedder, store: (await storeOf('hnsw')).kind })
    const { generation } = await openIndex(index, embedder)
    const folder = await answers(generation)
    await generation.close()
    const database = await withNewDatabase(server, 'onrecord_bench_quality', async (made) => {
      const loaders = new LoaderPool()
      await buildInDatabase(made, { folders: [documents], embedder, loaders, signal: new AbortController().signal })
      loaders.close()
      const home = await PostgresHome.of({ url: made.url, folder: temporary })
      const { generation } = await home.open(embedder)
      const run = await answers(generation)
      await generation.close()
      await home.close()
      return run
    })
    const shown = (run: typeof folder) => run.questions.map(({ status, quotes }) => JSON.stringify([status, quotes.map(({ quote }) => quote)]))
    const [one, other] = [shown(folder), shown(database)]
    const figures = (run: typeof folder) => Object.fromEntries(figuresOf(run.questions).map(({ name, value }) => [name, value]))
    return { questions: one.length, otherwise: one.filter((answer, i) => answer !== other[i]).length, folder: figures(folder), database: figures(database) }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
