// What npm runs at the end of `npm ci` and before `npm pack`: builds, where what the build needs is installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const isBuildable = ['typescript', 'vite', 'terser', 'preact'].every((tool) => existsSync(join(root, 'node_modules', tool)))

if (isBuildable) {
  process.exitCode = spawnSync('npm run build', { cwd: root, shell: true, stdio: 'inherit' }).status ?? 1
} else if (!existsSync(join(root, 'dist', 'cli', 'main.js'))) {
  console.error(
    'onrecord: it is not built, and what builds it is not installed (development dependencies). Copy dist/ from where it was built, or run:\n' +
      '  npm ci && npm prune --omit=dev',
  )
}
