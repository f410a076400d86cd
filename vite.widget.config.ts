import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { shadowCss } from './client/widget/shadow-css.ts'
import { withoutUnusedWords } from './client/widget/unused-words.ts'

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { version } = JSON.parse(readFileSync(from('package.json'), 'utf8')) as { version: string }

/** The style sheets of the page, with what they import, rewritten for a shadow root. */
const styles: Plugin = {
  name: 'shadow-css',
  transform: (code, id) => (/\.css(?:\?|$)/.test(id) ? shadowCss(code) : null),
}

const words: Plugin = {
  name: 'unused-words',
  renderChunk(code) {
    return { code: withoutUnusedWords(code, (text) => this.parse(text)), map: null }
  },
}

/** The types that `onrecord/widget` is imported with, beside the script. */
const types: Plugin = {
  name: 'widget-types',
  generateBundle() {
    const source = readFileSync(from('client/widget/types.d.ts'), 'utf8').replace('../../server/contract.ts', '../server/contract.js')
    this.emitFile({ type: 'asset', fileName: 'widget.d.ts', source })
  },
}

/** The widget: one script without imports, into the folder of the page, which is built before it. */
export default defineConfig({
  root: from('client/widget'),
  plugins: [styles, words, types],
  define: { VERSION: JSON.stringify(version) },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: from('dist/client'),
    emptyOutDir: false,
    target: 'es2022',
    // A fortieth smaller than esbuild makes it.
    minify: 'terser',
    terserOptions: { compress: { passes: 2, inline: 1 }, ecma: 2020 },
    modulePreload: { polyfill: false },
    rollupOptions: { input: from('client/widget/main.ts'), output: { format: 'iife', entryFileNames: 'widget.js' } },
  },
})
