import { existsSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const { platform, arch } = process

/** @typedef {{ what: string, of?: string, path: RegExp }} Rule what is removed: of every package or of one, by its path in it; a folder's ends with a slash */

/**
 * What cannot run here: `npm ci --omit=dev` itself leaves it out.
 * @type {Rule[]}
 */
export const OTHER_PLATFORMS = [
  { what: 'binaries for other platforms', of: 'onnxruntime-node', path: RegExp(`^bin/napi-v\\d+/(?!${platform}/)[^/]+/$`) },
  { what: 'binaries for other platforms', of: 'onnxruntime-node', path: RegExp(`^bin/napi-v\\d+/${platform}/(?!${arch}/)[^/]+/$`) },
]

/** @type {Rule[]} */
const RULES = [
  ...OTHER_PLATFORMS,
  { what: 'providers for GPUs', of: 'onnxruntime-node', path: /\/libonnxruntime_providers_(?:cuda|tensorrt)\.so$/ },
  { what: 'what the native index was compiled from', of: 'hnswlib-node', path: /^src\/$|^build\/(?!Release\/).+|^build\/Release\/(?!addon\.node$).+/ },
  // pdf.js is loaded as legacy/build/pdf.mjs, with its worker, and paints nothing.
  { what: "pdf.js's other builds", of: 'pdfjs-dist', path: /^(?:build|web|image_decoders|legacy\/(?:web|image_decoders))\/$|\.min\.mjs$|\/pdf\.sandbox\./ },
  { what: "transformers' other builds", of: '@xenova/transformers', path: /^src\/$|^dist\/(?!transformers\.node\.mjs$).+/ },
  // LangChain's core imports js-tiktoken/lite.
  { what: 'tokenisers of chat models', of: 'js-tiktoken', path: /^dist\/(?:ranks\/$|index\.)/ },
  { what: 'source maps', path: /\.(?:[cm]?js|css|d\.[cm]?ts)\.map$/ },
  { what: 'TypeScript', path: /\.[cm]?tsx?$/ },
  {
    what: 'tests, examples and manuals',
    path: /^(?:tests?|__tests__|examples?|benchmarks?|docs|\.github)\/$|(?:^|\/)(?!licen[cs]e|copying|notice)[^/]*\.md$/i,
  },
]

/** @typedef {{ bytes: Map<string, number>, isDry: boolean, rules: Rule[] }} Removal what is removed, in bytes of each kind; in a dry run nothing is */

/**
 * Removes from the node_modules of On Record's own production installation what is never loaded on this platform, and tells the bytes of
 * each kind, and of all there was. Licences stay, and no symbolic link is followed. Throws, and removes nothing, where it stands on no such folder.
 */
export function removeNeverLoaded(/** @type {string} */ folder, { isDry = false, rules = RULES } = {}) {
  mustBeProduction(folder)
  const before = bytesOf(folder)
  const removal = { bytes: new Map(), isDry, rules }
  removeBelow(folder, '', '', removal)
  return { bytes: /** @type {Removal} */ (removal).bytes, before }
}

/** Throws unless it is the node_modules of On Record itself, installed by npm without development dependencies, with what runs here. */
function mustBeProduction(/** @type {string} */ folder) {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  if (!stat) throw new Error(`There is no ${folder}. Run npm ci --omit=dev first.`)
  if (!stat.isDirectory()) throw new Error(`${folder} is not a folder (symbolic links are not followed).`)
  const manifest = join(dirname(folder), 'package.json')
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).name !== 'onrecord') {
    throw new Error(`${folder} does not belong to a checkout of On Record: what others need of it is not known.`)
  }
  const lock = join(folder, '.package-lock.json')
  if (!existsSync(lock)) throw new Error(`${folder} was not installed by npm: it holds no .package-lock.json. Run npm ci --omit=dev.`)
  const packages = Object.entries(/** @type {Record<string, { dev?: boolean }>} */ (JSON.parse(readFileSync(lock, 'utf8')).packages))
  const development = packages.find(([, { dev }]) => dev)
  if (development) throw new Error(`${folder} holds development dependencies, such as ${development[0]}. Run npm prune --omit=dev first.`)
  const binaries = join(folder, 'onnxruntime-node', 'bin')
  const versions = existsSync(binaries) ? readdirSync(binaries) : []
  if (!versions.some((version) => existsSync(join(binaries, version, platform, arch)))) {
    throw new Error(`${binaries} holds nothing for ${platform} ${arch}: On Record cannot run here, and nothing is removed.`)
  }
}

/** Removes what a rule names below a folder: `name` is its package's, `path` its path in the package, empty or with a slash at its end. */
function removeBelow(/** @type {string} */ folder, /** @type {string} */ name, /** @type {string} */ path, /** @type {Removal} */ removal) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const place = join(folder, entry.name)
    const inner = `${path}${entry.name}${entry.isDirectory() ? '/' : ''}`
    const rule = name && removal.rules.find((each) => (each.of ?? name) === name && each.path.test(inner))
    if (rule) {
      removal.bytes.set(rule.what, (removal.bytes.get(rule.what) ?? 0) + bytesOf(place))
      if (!removal.isDry) rmSync(place, { recursive: true })
    } else if (entry.isDirectory()) {
      if (entry.name === 'node_modules') removeBelow(place, '', '', removal)
      else if (name) removeBelow(place, name, inner, removal)
      else if (entry.name.startsWith('@')) for (const scoped of folders(place)) removeBelow(join(place, scoped), `${entry.name}/${scoped}`, '', removal)
      else if (!entry.name.startsWith('.')) removeBelow(place, entry.name, '', removal)
    }
  }
  if (path && !removal.isDry && readdirSync(folder).length === 0) rmdirSync(folder)
}

function folders(/** @type {string} */ folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
}

/** What a file or folder takes on the disk. @returns {number} */
function bytesOf(/** @type {string} */ place) {
  const stat = lstatSync(place)
  const inside = stat.isDirectory() ? readdirSync(place).reduce((sum, name) => sum + bytesOf(join(place, name)), 0) : 0
  return stat.blocks * 512 + inside
}
