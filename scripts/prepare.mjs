// What npm runs at the end of `npm ci` and before `npm pack`: builds, where what the build needs is installed; in an installation without
// development dependencies it removes 240 MB of binaries that run on other platforms only.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OTHER_PLATFORMS, removeNeverLoaded } from './never-loaded.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const isBuildable = ['typescript', 'vite', 'terser', 'preact'].every((tool) => existsSync(join(root, 'node_modules', tool)))

if (isBuildable) {
  process.exitCode = spawnSync('npm run build', { cwd: root, shell: true, stdio: 'inherit' }).status ?? 1
} else {
  removeOtherPlatforms()
  if (!existsSync(join(root, 'dist', 'cli', 'main.js'))) {
    console.error(
      'onrecord: it is not built, and what builds it is not installed (development dependencies). Copy dist/ from where it was built, or run:\n' +
        '  npm ci && npm prune --omit=dev',
    )
  }
}

function removeOtherPlatforms() {
  try {
    removeNeverLoaded(join(root, 'node_modules'), { rules: OTHER_PLATFORMS })
  } catch {
    // Nothing is removed where it is not certain that nobody else needs it: what is installed works with it as well.
  }
}
