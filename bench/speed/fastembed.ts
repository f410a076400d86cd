import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../index/package-root.ts'
import { type Ran, ran } from './command.ts'
import { modelPlace } from './texts.ts'

const SCRIPT = join(packageRoot(), 'bench', 'speed', 'embed-texts.py')

/** What embeds the texts of a file by fastembed, or why it is not measured. The file of our model takes no mask, so texts go one by one. */
export async function fastembed(python: string, texts: string): Promise<(() => Promise<Ran>) | string> {
  const missing = await ran(python, [SCRIPT]).then(
    () => null,
    (error: Error) => error.message.trim().split('\n').at(-1) as string,
  )
  if (missing !== null) return `${missing} (--python names another Python; pip install fastembed)`
  const { root, name } = modelPlace()
  const run = (parallel: number) => ran(python, [SCRIPT, join(root, name), texts, '1', String(parallel)])
  return () => run(availableParallelism())
}
