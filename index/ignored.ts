import { readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import ignore from 'ignore'

export const IGNORE = '.onrecordignore'
/** Bytes of an .onrecordignore, at most. */
const MAX_BYTES = 100_000

/** Is a file or folder one of those that an .onrecordignore above it names? */
export type Ignored = (file: string, isFolder: boolean) => boolean

/**
 * What is ignored in a folder and below it: what was so above it and, as Git has it, what its own .onrecordignore names or, with a `!`, takes
 * back. `invalid` is the path of one that cannot be read: too large, or a link out of the root.
 */
export async function ignoredBelow(folder: string, root: string, above: Ignored): Promise<{ ignored: Ignored; invalid: string | null }> {
  const file = join(folder, IGNORE)
  let rules: string
  try {
    const real = await realpath(file)
    if (!real.startsWith(root + sep) || (await stat(real)).size > MAX_BYTES) return { ignored: above, invalid: file }
    rules = await readFile(real, 'utf8')
  } catch (error) {
    return { ignored: above, invalid: (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : file }
  }
  const own = ignore({ ignorecase: false }).add(rules.replace(/^\ufeff/, ''))
  const ignored: Ignored = (path, isFolder) => {
    const said = own.test(relative(folder, path).split(sep).join('/') + (isFolder ? '/' : ''))
    return said.ignored || (!said.unignored && above(path, isFolder))
  }
  return { ignored, invalid: null }
}
