import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packageRoot } from '../../index/package-root.ts'

const BUILT = join(packageRoot(), 'dist', 'client')

/** kB (of 1,000 bytes) that these files of the build take, each compressed by itself. */
function compressed(files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file)), { level: 9 }).length, 0) / 1000
}

it('the widget, with everything in it, takes at most 30 kB', () => {
  expect(compressed(['widget.js'])).toBeLessThanOrEqual(30)
})

it('the page takes at most 80 kB', () => {
  const files = readdirSync(join(BUILT, 'assets')).filter((name) => /\.(?:js|css)$/.test(name))
  expect(compressed(files.map((name) => join('assets', name)))).toBeLessThanOrEqual(80)
})

it('the widget brings its styles along, and needs neither eval nor any other file', () => {
  const script = readFileSync(join(BUILT, 'widget.js'), 'utf8')
  expect(script).not.toMatch(/\beval\(|new Function\(|\bimport\(/)
  expect(script).not.toMatch(/:root\b|\drem\b/)
})
