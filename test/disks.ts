import { cp, type FileHandle, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DISK, type Disk } from '../index/disk.ts'

type Operation = (...args: never[]) => Promise<unknown>

/** A disk that says before each operation what it is about to do: `before` may throw, and then it is not done. */
function watched(before: (operation: string, path: string, partly: () => Promise<void>) => Promise<void>): Disk {
  const calls = Object.entries(DISK).map(([name, call]) => [
    name,
    async (...args: never[]) => {
      const path = String(args.at(name === 'link' || name === 'rename' ? 1 : 0))
      await before(name, path, async () => {
        if (name === 'writeFile') await writeFile(path, half(args[1]))
      })
      const result = await (call as Operation)(...args)
      return name === 'open' ? watchedFile(result as FileHandle, path, before) : result
    },
  ])
  return Object.fromEntries(calls) as Disk
}

function watchedFile(handle: FileHandle, path: string, before: Parameters<typeof watched>[0]): FileHandle {
  return new Proxy(handle, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      const call = value.bind(target) as Operation
      if (name === 'close') return call
      return async (...args: never[]) => {
        await before(String(name), path, async () => {
          if (name === 'appendFile') await target.appendFile(half(args[0]))
        })
        return call(...args)
      }
    },
  })
}

function half(content: unknown): Uint8Array {
  const bytes = Buffer.from(content as string)
  return bytes.subarray(0, bytes.length >> 1)
}

export interface Failing {
  disk: Disk
  /** What was done, one line an operation. */
  done: string[]
}

/** A disk whose nth operation fails with an error of this code, after half of what it was to write; with `onwards` every one after it too. */
export function failingDisk(n: number, code: string, onwards = false): Failing {
  const done: string[] = []
  const disk = watched(async (operation, path, partly) => {
    done.push(`${operation} ${path}`)
    if (done.length !== n && !(onwards && done.length > n)) return
    await partly()
    throw Object.assign(new Error(`${code}: injected, ${operation}`), { code })
  })
  return { disk, done }
}

/** Files, by their paths, as they would be found after the machine had lost its power. */
export type Image = Map<string, Uint8Array>

export interface Losing {
  disk: Disk
  /** Before each operation: what has certainly reached the disk; the names as they are, with what has reached it of the content; and all of it. */
  images: () => { synced: Image; named: Image; whole: Image }[]
}

/**
 * A disk that keeps what a loss of power would leave: of a file what it held when it was last synced, and of a folder the names that it
 * held when it was last synced. `root` is the folder that is watched; what it holds now has reached the disk.
 */
export async function losingDisk(root: string): Promise<Losing> {
  const contents = new Map<string, Uint8Array>()
  const names = new Map<string, Map<string, string>>()
  const images: ReturnType<Losing['images']> = []

  const keepFile = async (path: string) => contents.set(await identity(path), await readFile(path))
  const keepFolder = async (path: string) => {
    const entries = await Promise.all((await readdir(path)).map(async (name) => [name, await identity(join(path, name))] as const))
    names.set(await identity(path), new Map(entries))
  }
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    await (entry.isDirectory() ? keepFolder(path) : keepFile(path))
  }
  await keepFolder(root)

  /** What is below a thing that was synced under this name. */
  const syncedBelow = (id: string, path: string, image: Image) => {
    const entries = names.get(id)
    if (entries) for (const [name, below] of entries) syncedBelow(below, join(path, name), image)
    else if (!id.startsWith('folder')) image.set(path, contents.get(id) ?? new Uint8Array())
  }
  const disk = watched(async (operation, path) => {
    const synced: Image = new Map()
    syncedBelow(await identity(root), '', synced)
    const named: Image = new Map()
    const whole: Image = new Map()
    for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
      if (entry.isDirectory()) continue
      const file = join(entry.parentPath, entry.name)
      const place = file.slice(root.length + 1)
      const bytes = await readFile(file)
      whole.set(place, bytes)
      named.set(place, contents.get(await identity(file)) ?? new Uint8Array(bytes.length))
    }
    images.push({ synced, named, whole })
    if (operation === 'sync') await ((await stat(path)).isDirectory() ? keepFolder(path) : keepFile(path))
  })
  return { disk, images: () => images }
}

/** Tells a file from every other, also from one that has its number after it. */
async function identity(path: string): Promise<string> {
  const facts = await stat(path, { bigint: true })
  return `${facts.isDirectory() ? 'folder' : 'file'} ${facts.ino} ${facts.birthtimeNs}`
}

/** Puts an image into a folder. */
export async function restore(image: Image, folder: string): Promise<void> {
  for (const [path, bytes] of image) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
}

export async function copyOf(index: string, folder: string): Promise<string> {
  await cp(index, folder, { recursive: true })
  return folder
}
