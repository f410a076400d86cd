import { type Dirent, realpathSync, type Stats, statSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { OnRecordError } from './errors.ts'
import { type Ignored, ignoredBelow } from './ignored.ts'
import type { Skipped } from './types.ts'

export interface Found {
  /** The folder's name and the path in it, with forward slashes: what the source is called. */
  path: string
  /** The path in the folder. */
  inFolder: string
  folder: string
  file: string
  /** The same without links. */
  real: string
  bytes: number
  /** Null of what is no file. */
  modified: Date | null
  /** Another one once the file was written to: what the file system says of it. */
  stamp: string
}

export type Entry = { found: Found } | { skipped: Skipped }

/**
 * The files below a folder that the sources call by a name (its own, even where it is a link), sorted by path, without hidden ones, `node_modules`
 * and what an .onrecordignore in it or in a folder of it names, and without the folder `leftOut`. A link that leads out of the folder or nowhere is skipped and reported.
 */
export async function walk(folder: string, name = basename(resolve(folder)), leftOut?: string): Promise<Entry[]> {
  const root = await realpath(folder).catch(() => null)
  if (root === null || !(await stat(root)).isDirectory()) {
    throw new OnRecordError('FOLDER_MISSING', `There is no folder ${folder}.`, 'Name a folder that holds documents.')
  }
  const entries: Entry[] = []
  const left = leftOut === undefined ? null : await realpath(leftOut).catch(() => null)
  await visit(root, root, { root, name, entries, seen: new Set([root, ...(left === null || left === root ? [] : [left])]) }, () => false)
  const key = (entry: Entry) => ('found' in entry ? entry.found.path : entry.skipped.path)
  return entries.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

interface Walk {
  root: string
  name: string
  entries: Entry[]
  /** Folders that were visited or are left out, by their paths without links. */
  seen: Set<string>
}

async function visit(directory: string, realDirectory: string, walk: Walk, ignoredAbove: Ignored): Promise<void> {
  const { root, name, entries, seen } = walk
  const { ignored, invalid } = await ignoredBelow(directory, root, ignoredAbove)
  if (invalid !== null)
    entries.push(skip(`${name}/${relative(root, invalid).split(sep).join('/')}`, 'UNREADABLE', 'It could not be read; nothing is ignored for it.'))
  const all = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => error)
  const above = relative(root, directory).split(sep).filter(Boolean)
  if (all instanceof Error) {
    entries.push(skip([name, ...above].join('/'), ...unreadable(all)))
    return
  }
  for (const item of all.filter((one) => !one.name.startsWith('.') && one.name !== 'node_modules')) {
    const file = join(directory, item.name)
    const inFolder = [...above, item.name].join('/')
    const path = `${name}/${inFolder}`
    const { real, facts } = lookAt(item, directory, realDirectory)
    if (ignored(file, facts?.isDirectory() ?? false)) continue
    if (real === null) {
      entries.push(skip(path, 'BROKEN_LINK', 'It leads nowhere; restore what it led to or remove it.'))
    } else if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      entries.push(skip(path, 'OUTSIDE', 'It leads out of the folder; index that folder by its own name.'))
    } else {
      if (facts?.isDirectory()) {
        if (seen.has(real)) continue
        seen.add(real)
        await visit(file, real, walk, ignored)
      } else if (facts?.isFile()) {
        const stamp = `${facts.size} ${facts.mtimeMs} ${facts.ctimeMs} ${facts.ino}`
        entries.push({ found: { path, inFolder, folder: root, file, real, bytes: facts.size, modified: facts.mtime, stamp } })
      } else {
        entries.push(skip(path, 'UNREADABLE', 'It is not a regular file, or it went away.'))
      }
    }
  }
}

/** Where an item of a folder is, without links, and what it is. Not asked for by a promise each, which takes ten times as long as the answer. */
function lookAt(item: Dirent, directory: string, realDirectory: string): { real: string | null; facts: Stats | null } {
  const isPlain = item.isFile() || item.isDirectory()
  const real = isPlain ? join(realDirectory, item.name) : orNull(() => realpathSync(join(directory, item.name)))
  return { real, facts: real === null ? null : orNull(() => statSync(real)) }
}

function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}

function unreadable({ code, message }: NodeJS.ErrnoException): [string, string] {
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['GONE', 'The folder went away meanwhile; index again if that was not meant.']
  if (code === 'EACCES' || code === 'EPERM') return ['NO_PERMISSION', 'The folder may not be read; change its permissions.']
  return ['UNREADABLE', `The folder could not be read (${message}).`]
}

function skip(path: string, code: string, remedy: string): Entry {
  return { skipped: { path, code, remedy } }
}
