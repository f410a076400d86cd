import { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'

/** The file operations that an index is written with. The tests put one in its place that fails, or loses what was not synced. */
export const DISK = { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile }

export type Disk = typeof DISK
