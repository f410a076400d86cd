import { checkSpans } from '../index/check.ts'
import type { GenerationReader } from '../index/reader.ts'
import { withIndex } from './opened.ts'
import { settings } from './settings.ts'

/** Checks an index and says what is wrong with it. Resolves to the exit code. */
export async function verify({ index, json }: { index?: string | undefined; json?: boolean | undefined }): Promise<number> {
  const config = settings({ INDEX: index })
  const { name, ...found } = await withIndex(
    config,
    async ({ generation, degraded, name }) => ({
      name,
      ...report(generation),
      faults: [...(degraded ? [degraded.message] : []), ...(await checkSpans(generation))],
    }),
    { asks: false },
  )
  if (json) console.log(JSON.stringify(found))
  else if (found.faults.length === 0) console.log(`${name} is whole: ${found.sources} documents, ${found.passages} passages, every file and span checked.`)
  else for (const fault of found.faults) console.error(fault)
  return found.faults.length === 0 ? 0 : 1
}

function report({ id, counts }: GenerationReader) {
  return { generation: id, sources: counts.sources, passages: counts.passages }
}
