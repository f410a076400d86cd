import { OnRecordError } from '../errors.ts'

/** What the server or the system said: SQLSTATE, or a code of Node.js such as ECONNREFUSED. */
interface Failure {
  code?: string | undefined
  message: string
  /** Of several addresses that were all tried. */
  errors?: Failure[]
  cause?: unknown
}

const URL_REMEDY = 'Set DATABASE_URL as postgres://user:password@host:5432/database.'
/** Losses of a connection, by what the driver says where there is no code. */
const LOST = /^(?:Connection terminated|Client has encountered a connection error|Connection ended|write EPIPE|read ECONNRESET)/
const LOST_CODES = /^(?:ECONNRESET|EPIPE|57P01|57P02|57P05|08\w{3})$/
const ABSENT_CODES = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENOENT|57P03)$/

/** Host, port and database of a URL, without user and password. Throws DATABASE_UNUSABLE when it is none of PostgreSQL. */
export function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (!parsed || !/^postgres(?:ql)?:$/.test(parsed.protocol))
    throw new OnRecordError('DATABASE_UNUSABLE', 'The address of the database is no PostgreSQL URL.', URL_REMEDY)
  return `${parsed.host || (parsed.searchParams.get('host') ?? 'localhost')}${parsed.pathname}`
}

/** Was the connection lost, so that it is not known what became of the statement? */
export function wasLost(error: unknown): boolean {
  if (error instanceof OnRecordError) return error.code === 'DATABASE_GONE' && error.cause !== undefined && wasLost(error.cause)
  const { code = '', message = '' } = error as Failure
  return LOST_CODES.test(code) || (code === '' && LOST.test(message))
}

/** A failure for a person; what is wrong with a statement stays as it is, for whoever wrote the statement. */
export function databaseError(error: unknown, place: string): unknown {
  if (error instanceof OnRecordError || !(error instanceof Error)) return error
  const failure = error as Failure
  const { message } = failure
  const code = failure.code ?? failure.errors?.[0]?.code ?? ''
  const at = `The database at ${place}`
  const named = (name: OnRecordError['code'], what: string, remedy: string) => new OnRecordError(name, what, remedy, { cause: error })
  if (wasLost(error)) return named('DATABASE_GONE', `The connection to the database at ${place} was lost.`, 'Try again once the database is there.')
  if (ABSENT_CODES.test(code) || /timeout expired|connection timeout/i.test(message))
    return named('DATABASE_GONE', `${at} cannot be reached (${code || 'it does not answer'}).`, `Start it, or look at the host and port. ${URL_REMEDY}`)
  const known: Record<string, () => OnRecordError> = {
    '28P01': () => named('DATABASE_UNUSABLE', `${at} does not accept the password.`, `Look at user and password. ${URL_REMEDY}`),
    '28000': () => named('DATABASE_UNUSABLE', `${at} does not let this user in.`, `Look at the user, and at the server's pg_hba.conf. ${URL_REMEDY}`),
    '3D000': () => named('DATABASE_UNUSABLE', `There is no database of this name at ${place}.`, 'Make it: createdb NAME, or name another in DATABASE_URL.'),
    '42501': () =>
      named(
        'DATABASE_UNUSABLE',
        `${at} does not allow this user what is needed (${message}).`,
        /extension "vector"/.test(message)
          ? 'Have a superuser run there once: CREATE EXTENSION vector.'
          : 'Give the user that right; which each needs: docs/scale.md.',
      ),
    '25006': () =>
      named('DATABASE_UNUSABLE', `${at} can only be read.`, 'DATABASE_URL names the server that is written to; a replica is named by DATABASE_READ_URL.'),
    '53100': () => named('DATABASE_FULL', `The disk of the database at ${place} is full.`, 'Make room on it and run the command again: what was done is kept.'),
    '53200': () => named('DATABASE_BUSY', `${at} is out of memory.`, 'Try again later, or give it more.'),
    '53300': () => named('DATABASE_BUSY', `${at} has no connection left.`, 'Try again later, or raise its max_connections.'),
    '53400': () => named('DATABASE_BUSY', `${at} is at a limit of its own (${message}).`, 'Try again later, or raise the limit.'),
    '57014': () => named('DATABASE_BUSY', `${at} took too long to answer.`, 'Try again later.'),
    '40001': () => named('DATABASE_BUSY', `${at} could not answer beside other changes.`, 'Try again.'),
    '40P01': () => named('DATABASE_BUSY', `${at} could not answer beside other changes.`, 'Try again.'),
    '58P01': () => noPgvector(place, { cause: error }),
  }
  const made = known[code]?.()
  if (made) return made
  if (/extension "vector" is not available|could not open extension control file/.test(message) || /type "halfvec" does not exist/.test(message))
    return noPgvector(place, { cause: error })
  if (/timeout exceeded when trying to connect|Query read timeout/.test(message))
    return named('DATABASE_BUSY', `${at} took too long to answer.`, 'Try again later.')
  if (/self.signed certificate|unable to verify|does not support SSL|CERT_/i.test(`${message} ${code}`))
    return named('DATABASE_UNUSABLE', `${at} cannot be spoken to over TLS (${message}).`, 'Look at sslmode and sslrootcert in DATABASE_URL.')
  if (/SASL|client password must be a string/.test(message))
    return named('DATABASE_UNUSABLE', `${at} asks for a password, and DATABASE_URL has none that it takes.`, URL_REMEDY)
  return error
}

export function noPgvector(place: string, { version, cause }: { version?: string | null; cause?: unknown }): OnRecordError {
  const has = version === undefined ? 'no pgvector, or one that is too old' : version === null ? 'no pgvector' : `pgvector ${version}, which is too old`
  return new OnRecordError(
    'DATABASE_UNUSABLE',
    `The database at ${place} has ${has}.`,
    'Install pgvector 0.8 or later on its server (https://github.com/pgvector/pgvector), and where an older one is in use, run there: ALTER EXTENSION vector UPDATE.',
    { cause },
  )
}
