import ipaddr from 'ipaddr.js'
import { z } from 'zod/v4'
import { OnRecordError } from '../index/errors.ts'
import { DEFAULT_MODEL } from '../index/model.ts'
import { STORE_NAMES } from '../index/stores/registry.ts'

const list = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean))
const yesOrNo = z.enum(['0', '1', 'false', 'true', 'no', 'yes']).transform((value) => ['1', 'true', 'yes'].includes(value))

/** An origin as a browser sends it: scheme, host, and the port unless it is the scheme's own. */
const origin = z
  .string()
  .refine((value) => URL.canParse(value) && new URL(value).origin === value, 'must be an origin such as https://example.org, without a path')

/** `/record`, without a slash at its end; a single one is none. */
const basePath = z
  .string()
  .transform((value) => value.replace(/\/+$/, ''))
  .pipe(z.string().regex(/^(?:\/[\w.~-]+)*$/, 'must be a path such as /record'))

/** What an Authorization header can carry, and too long to be guessed. */
const key = z.string().regex(/^[\w.~+/-]{16,}=*$/, 'must be keys of at least 16 letters, digits or -._~+/ each')

/** A password would stand in every place that names the endpoint. */
function isEndpoint(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : null
  return url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === ''
}

/** A range of addresses, as `network/bits`. */
const network = z.string().refine((value) => ipaddr.isValidCIDR(value), 'must be networks such as 10.20.0.0/16')

const whole = z.coerce.number('must be a number').int('must be a whole number').min(0)

/** Every setting, with its default; the names are those of the environment without ONRECORD_. */
const Settings = z.object({
  /** The folder of the index. */
  INDEX: z.string().min(1).default('.onrecord'),
  /** The address that the server listens on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole.max(65535).default(3000),
  /** An id below the package's models/, or the path of a folder. */
  EMBEDDING_MODEL: z.string().min(1).default(DEFAULT_MODEL),
  /** The same of a cross-encoder that orders the quotes. Empty: none. */
  RERANKER: z.string().default(''),
  /** The language model that writes prose from the quotes, as LangChain names it: `openai:gpt-4o-mini`. Empty: none. */
  CHAT_MODEL: z.string().trim().default(''),
  /** The base address of an endpoint that speaks OpenAI's protocol. Empty: the provider's own. */
  CHAT_URL: z.union([z.literal(''), z.string().refine(isEndpoint, 'must be an http or https address without user, query or fragment')]).default(''),
  /** What the model's provider asks for. */
  CHAT_KEY: z.string().trim().default(''),
  /** Seconds that writing may take: what is proven by then is shown. */
  CHAT_TIMEOUT: z.coerce.number('must be a number').min(0.1).max(600).default(30),
  /** May a model that is not on this machine be downloaded? */
  MODEL_DOWNLOAD: yesOrNo.default(false),
  /** The least probability of being answered by the record with which a question is answered; empty: the calibration's. */
  THRESHOLD: z.coerce.number('must be a number').gt(0, 'must lie between 0 and 1').lt(1, 'must lie between 0 and 1').optional(),
  /** hnsw, or flat: exact and without native code; or postgres: the record is in a database, and not in the folder of the index. */
  STORE: z.enum([...STORE_NAMES, 'postgres']).default('hnsw'),
  /** That database; without the prefix, as other programs name it. */
  DATABASE_URL: z.string().trim().default(''),
  /** A copy of it that only answers questions. Empty: the same. */
  DATABASE_READ_URL: z.string().trim().default(''),
  /** Pages that may ask from another origin. Empty: only the server's own page. */
  ORIGINS: list.pipe(z.array(origin)).default([]),
  /** The path that a proxy shows the server under. Empty: the root. */
  BASE_PATH: basePath.default(''),
  /** Names that the server answers to, beside its own address and localhost. */
  HOSTS: list.default([]),
  /** Keys that programs show as `Authorization: Bearer KEY`: with any, the API answers nobody else. Empty: it answers everybody. */
  API_KEYS: list.pipe(z.array(key)).default([]),
  /** Requests to the API a minute from one client, an address or a key; 0: no limit. */
  RATE_LIMIT: whole.default(120),
  /** The same of all clients together. */
  RATE_LIMIT_ALL: whole.default(0),
  /** Proxies in front of the server, whose word on who asks and by which scheme is taken. */
  TRUST_PROXY: whole.max(10).default(0),
  /** full, or quotes: whole sources and their files are shown to nobody. */
  SOURCES: z.enum(['full', 'quotes']).default('full'),
  /** A file that what readers think of answers is kept in. Empty: it is not asked for. */
  FEEDBACK: z.string().default(''),
  /** Networks that documents may be fetched from beside the public internet. */
  FETCH_NETWORKS: list.pipe(z.array(network)).default([]),
  /** May /metrics be read from other machines? */
  METRICS: yesOrNo.default(false),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Does the log hold what was asked, and not only how long it was? */
  LOG_QUESTIONS: yesOrNo.default(false),
  /** Questions that wait while others are answered, at most. */
  QUEUE: whole.min(1).default(64),
  /** Seconds after which a question that is not answered is given up. */
  DEADLINE: z.coerce.number('must be a number').min(0.1).max(3600).default(30),
})

export type Config = z.infer<typeof Settings>

/** Settings that are printed nowhere. */
const SECRET: ReadonlySet<string> = new Set<keyof Config>(['API_KEYS', 'CHAT_KEY', 'DATABASE_URL', 'DATABASE_READ_URL'])

const PREFIX = 'ONRECORD_'
/** Settings without it. */
const OTHERS = ['DATABASE_URL', 'DATABASE_READ_URL'] as const

/** Reads the settings from an environment; flags go before it. Throws CONFIG_INVALID for an unknown or wrong setting. */
export function readConfig(environment: Record<string, string | undefined>, flags: Partial<Record<keyof Config, string | undefined>> = {}): Config {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    // An empty setting is none: its default holds.
    if (!name.startsWith(PREFIX) || value === undefined || value.trim() === '') continue
    const key = name.slice(PREFIX.length)
    if (!Object.hasOwn(Settings.shape, key) || isOther(key)) throw invalid(`There is no setting ${name}.`)
    given[key] = value
  }
  for (const key of OTHERS) if (environment[key]?.trim()) given[key] = environment[key]
  for (const [key, value] of Object.entries(flags)) if (value !== undefined) given[key] = value
  const result = Settings.safeParse(given)
  if (result.success) return withDatabase(withModel(result.data))
  const issue = result.error.issues[0]
  const key = String(issue?.path[0])
  const name = flags[key as keyof Config] === undefined ? (isOther(key) ? key : PREFIX + key) : `--${key.toLowerCase()}`
  throw invalid(`${name} ${SECRET.has(key) ? 'is wrong' : `is "${given[key]}"`}: ${issue?.message}.`)
}

/** An address or a key of a model that is not named is a slip: without a word of it, nobody would know why there is no prose. */
function withModel(config: Config): Config {
  const needless = (['CHAT_URL', 'CHAT_KEY'] as const).find((key) => config[key] !== '')
  if (config.CHAT_MODEL === '' && needless) throw invalid(`${PREFIX}${needless} is set, and ${PREFIX}CHAT_MODEL, which names the model, is not.`)
  return config
}

/** A database that is asked for has an address. One that is set for other programs is nothing to us. */
function withDatabase(config: Config): Config {
  if (config.STORE === 'postgres' && config.DATABASE_URL === '')
    throw invalid(`${PREFIX}STORE is postgres, and DATABASE_URL, which names the database, is not set.`)
  return config
}

function isOther(key: string): boolean {
  return (OTHERS as readonly string[]).includes(key)
}

/** The settings as they may be printed: of a secret one only whether it is set. */
export function printable(config: Config): Record<string, unknown> {
  const shown = (key: string, value: unknown) => (SECRET.has(key) && String(value) !== '' ? '(set)' : value)
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, shown(key, value)]))
}

function invalid(what: string): OnRecordError {
  return new OnRecordError('CONFIG_INVALID', what, 'All settings are in .env.example.')
}
