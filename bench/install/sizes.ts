import { execFileSync } from 'node:child_process'
import { relative } from 'node:path'

export interface Sizes {
  /** Of node_modules. */
  megabytes: number
  /** The largest packages, with what is nested in them, the largest first. */
  packages: { name: string; megabytes: number }[]
}

/** What packages take on the disk, by `du`. */
export function sizesOf(modules: string, most: number): Sizes {
  const lines = execFileSync('du', ['-k', '-d', '2', modules], { encoding: 'utf8' }).trimEnd().split('\n')
  const folders = lines.map((line) => {
    const [kilobytes, path] = line.split('\t') as [string, string]
    return { name: relative(modules, path).replaceAll('\\', '/'), megabytes: Number(kilobytes) / 1024 }
  })
  const packages = folders.filter(({ name }) => /^(?:[^@/.][^/]*|@[^/]+\/[^/]+)$/.test(name)).sort((a, b) => b.megabytes - a.megabytes)
  return { megabytes: folders.find(({ name }) => name === '')?.megabytes as number, packages: packages.slice(0, most) }
}
