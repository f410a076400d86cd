import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: from('client/page'),
  // Relative addresses, resolved against <base href>: the server may serve the page under any path.
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    outDir: from('dist/client'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy has no data: for anything.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The second page shows the widget, the third the HTTP interface. The view library changes less often than we do, so it is cached by itself.
    rollupOptions: {
      input: [from('client/page/index.html'), from('client/page/embed.html'), from('client/page/docs.html')],
      output: { manualChunks: { preact: ['preact', 'preact/hooks', 'preact/jsx-runtime'] } },
    },
  },
  server: {
    fs: { allow: [from('client'), from('node_modules')] },
    proxy: Object.fromEntries(['/api', '/readyz', '/openapi.json'].map((path) => [path, 'http://127.0.0.1:3000'])),
  },
})
