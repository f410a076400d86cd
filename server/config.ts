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

/** Every setting, with its default; the names are those of the environment without ONRECORD_. */
const Settings = z.object({
  /** The folder of the index. */
  INDEX: z.string().min(1).default('.onrecord'),
  /** The address that the server listens on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number('must be a number').int('must be a whole number').min(0).max(65535).default(3000),
  /** An id below the package's models/, or the path of a folder. */
  EMBEDDING_MODEL: z.string().min(1).default(DEFAULT_MODEL),
  /** The same of a cross-encoder that orders the quotes. Empty: none. */
  RERANKER: z.string().default(''),
  /** May a model that is not on this machine be downloaded? */
  MODEL_DOWNLOAD: yesOrNo.default(false),
  /** The least probability of being answered by the record with which a question is answered; empty: the calibration's. */
  THRESHOLD: z.coerce.number('must be a number').gt(0, 'must lie between 0 and 1').lt(1, 'must lie between 0 and 1').optional(),
  /** hnsw, or flat: exact and without native code. */
  STORE: z.enum(STORE_NAMES).default('hnsw'),
  /** Pages that may ask from another origin. Empty: only the server's own page. */
  ORIGINS: list.pipe(z.array(origin)).default([]),
  /** Names that the server answers to, beside its own address and localhost. */
  HOSTS: list.default([]),
  /** Requests to the API a minute from one address; 0: no limit. */
  RATE_LIMIT: z.coerce.number('must be a number').int('must be a whole number').min(0).default(120),
  /** Questions that wait while others are answered, at most. */
  QUEUE: z.coerce.number('must be a number').int('must be a whole number').min(1).default(64),
  /** Seconds after which a question that is not answered is given up. */
  DEADLINE: z.coerce.number('must be a number').min(0.1).max(3600).default(30),
})

export type Config = z.infer<typeof Settings>

const PREFIX = 'ONRECORD_'

/** Reads the settings from an environment; flags go before it. Throws CONFIG_INVALID for an unknown or wrong setting. */
export function readConfig(environment: Record<string, string | undefined>, flags: Partial<Record<keyof Config, string | undefined>> = {}): Config {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    // An empty setting is none: its default holds.
    if (!name.startsWith(PREFIX) || value === undefined || value.trim() === '') continue
    const key = name.slice(PREFIX.length)
    if (!Object.hasOwn(Settings.shape, key)) throw invalid(`There is no setting ${name}.`)
    given[key] = value
  }
  for (const [key, value] of Object.entries(flags)) if (value !== undefined) given[key] = value
  const result = Settings.safeParse(given)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const key = String(issue?.path[0])
  throw invalid(`${flags[key as keyof Config] === undefined ? PREFIX + key : `--${key.toLowerCase()}`} is "${given[key]}": ${issue?.message}.`)
}

function invalid(what: string): OnRecordError {
  return new OnRecordError('CONFIG_INVALID', what, 'All settings are in .env.example.')
}
