import { must } from './checks.mjs'

/** MB of packages that an image may hold, as `du -sm` counts them. */
const MOST = 160
const FOLDERS = ['/app/node_modules', '/node_modules', '/app/dist', '/app/models']

/** @type {import('./checks.mjs').Check[]} */
export const sizeChecks = [
  [
    'its size',
    ({ engine, image }) => {
      const layers = engine.run('history', '--format', '{{.Size}}', image).split('\n')
      const sizes = layers.filter((size) => !/^0 ?B$/.test(size))
      return `${(engine.inspect('image', image, '.Size') / 1e6).toFixed(0)} MB, in layers of ${sizes.join(', ')} (the last first)`
    },
  ],
  [
    `its packages take at most ${MOST} MB`,
    ({ engine, image }) => {
      const printed = engine.run('run', '--rm', '--entrypoint', 'du', image, '-sm', ...FOLDERS)
      const [app = 0, database = 0] = printed.split('\n').map((line) => Number.parseInt(line, 10))
      must(app + database <= MOST, printed.replaceAll('\n', ', '))
      return printed.replaceAll(/(\d+)\s+(\S+)\n?/g, '$2 $1 MB, ').replace(/, $/, '')
    },
  ],
  [
    'it has nothing that installs or compiles',
    ({ engine, image }) => {
      const found = engine.run('run', '--rm', '--entrypoint', 'sh', image, '-c', 'command -v npm npx yarn corepack gcc g++ make python3 || true')
      must(found === '', `it has ${found.replaceAll('\n', ', ')}`)
      return 'no npm, no compiler'
    },
  ],
]
