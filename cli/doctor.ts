import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CALIBRATION, readCalibration } from '../answer/calibration.ts'
import { TransformersReranker } from '../answer/rerankers/transformers.ts'
import { generationsIn } from '../index/current.ts'
import { EmbedderWhenNeeded } from '../index/embedders/when-needed.ts'
import { OnRecordError } from '../index/errors.ts'
import type { IndexHome } from '../index/home.ts'
import { languageNotice } from '../index/languages.ts'
import { writerOf } from '../index/lock.ts'
import { checkModel, DEFAULT_MODEL, missingModel, placeOf } from '../index/model.ts'
import { packageRoot } from '../index/package-root.ts'
import { storeOf } from '../index/stores/registry.ts'
import { type Config, printable } from '../server/config.ts'
import { chatSettings } from './chat-model.ts'
import { homeOf } from './home.ts'
import { settings } from './settings.ts'

interface Finding {
  about: string
  ok: boolean
  says: string
}

/** Checks what On Record needs and says what to do. Resolves to the exit code. */
export async function doctor({ index: place, json }: { index?: string | undefined; json?: boolean | undefined }): Promise<number> {
  const config = settings({ INDEX: place })
  const findings = [
    node(),
    page(),
    ...(await store(config)),
    await model(config),
    ...(await reranker(config)),
    ...(await chatModel(config)),
    await index(config),
    ...(await writer(config)),
  ]
  if (json) console.log(JSON.stringify({ findings, settings: printable(config) }))
  else {
    for (const { about, ok, says } of findings) console.log(`${ok ? 'ok    ' : 'WRONG '} ${about}: ${says}`)
    for (const [key, value] of Object.entries(printable(config)))
      console.log(`       ${key.startsWith('DATABASE_') ? key : `ONRECORD_${key}`}=${String(value)}`)
  }
  return findings.every((finding) => finding.ok) ? 0 : 1
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const ok = major > 20 || (major === 20 && minor >= 19)
  return { about: 'Node.js', ok, says: ok ? process.versions.node : `${process.versions.node} is too old. Install 20.19 or later.` }
}

function page(): Finding {
  const ok = existsSync(resolve(packageRoot(), 'dist', 'client', 'index.html'))
  return { about: 'page', ok, says: ok ? 'built' : 'it is not built. Run: npm run build' }
}

async function store(config: Config): Promise<Finding[]> {
  if (config.STORE !== 'postgres') {
    const { kind, notice } = await storeOf(config.STORE)
    return [{ about: 'store', ok: true, says: notice ?? kind.name }]
  }
  const database = (about: string, of: Config) => finding(about, () => atHome(of, async (home) => `PostgreSQL, ${home.name}, ${await home.check()}`))
  const replica = config.DATABASE_READ_URL === '' ? [] : [await database('replica', config)]
  return [await database('store', { ...config, DATABASE_READ_URL: '' }), ...replica]
}

async function atHome<T>(config: Config, run: (home: IndexHome) => Promise<T>): Promise<T> {
  const home = await homeOf(config)
  try {
    return await run(home)
  } finally {
    await home.close()
  }
}

async function model({ EMBEDDING_MODEL, INDEX }: Config): Promise<Finding> {
  return finding('model', async () => {
    const place = placeOf(EMBEDDING_MODEL)
    if (!place) throw missingModel(EMBEDDING_MODEL, EMBEDDING_MODEL)
    const { fingerprint } = await checkModel(EMBEDDING_MODEL, place)
    const own = await readCalibration(resolve(INDEX), fingerprint)
    if (own) return `${fingerprint}, calibrated by ${CALIBRATION} in the index`
    if (EMBEDDING_MODEL === DEFAULT_MODEL) return `${fingerprint}, its files have the right sha256`
    return `${fingerprint}. What is on record is decided as fitted to ${DEFAULT_MODEL}: with this model more or less may be refused. Calibrate it: onrecord eval --calibrate.`
  })
}

async function reranker({ RERANKER }: Config): Promise<Finding[]> {
  if (RERANKER === '') return []
  const runs = async () => {
    const started = await TransformersReranker.start({ model: RERANKER })
    await started.close()
    return `${started.fingerprint}, it runs`
  }
  return [await finding('reranker', runs)]
}

async function chatModel(config: Config): Promise<Finding[]> {
  const settings = chatSettings(config)
  if (!settings) return []
  const isThere = async () => {
    const { providerOf } = await import('../answer/prose/chat-model.ts')
    const { name, package: needed } = await providerOf(settings)
    return `${name}, by ${needed}, which is there; it was not asked anything`
  }
  return [await finding('language model', isThere)]
}

async function index(config: Config): Promise<Finding> {
  const checked = async (home: IndexHome) => {
    const embedder = await EmbedderWhenNeeded.of({ model: config.EMBEDDING_MODEL })
    try {
      // Its checksums do not tell whether what runs it is whole.
      await embedder.start()
      const { generation, degraded } = await home.open(embedder)
      await generation.close()
      if (degraded) throw degraded
      const notice = languageNotice(generation.counts.languages, generation.counts.sources)
      const counts = `${generation.counts.sources} documents, ${generation.counts.passages} passages, made ${generation.created}`
      return notice ? `${counts}. ${notice}` : counts
    } finally {
      await embedder.close()
    }
  }
  return finding('index', () => atHome(config, checked))
}

/** Who writes the index at the moment, and what a writer that was killed has left: neither is wrong. */
async function writer({ STORE, INDEX }: Config): Promise<Finding[]> {
  if (STORE === 'postgres') return []
  const place = resolve(INDEX)
  const holder = await writerOf(place)
  if (holder) return [{ about: 'writer', ok: true, says: `process ${holder.pid} on ${holder.host} writes the index, since ${holder.since}` }]
  const { drafts } = await generationsIn(place)
  if (drafts.length === 0) return []
  return [{ about: 'writer', ok: true, says: `a build was ended before it was done (${drafts.join(', ')}): the next one removes what it left` }]
}

async function finding(about: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { about, ok: true, says: await check() }
  } catch (error) {
    if (!(error instanceof OnRecordError)) throw error
    return { about, ok: false, says: error.message }
  }
}
