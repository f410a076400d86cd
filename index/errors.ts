/** What can go wrong, as stable codes; the server turns a code into a problem, the command line into one line and exit code 1. */
export type ErrorCode =
  | 'FOLDER_MISSING'
  | 'NOTHING_INDEXED'
  | 'NOTHING_FETCHED'
  | 'SIDECAR_INVALID'
  | 'INDEX_MISSING'
  | 'INDEX_LOCKED'
  | 'INDEX_DAMAGED'
  | 'INDEX_OTHER_MODEL'
  | 'INDEX_OTHER_VERSION'
  | 'INDEX_UNWRITABLE'
  | 'DATABASE_UNUSABLE'
  | 'DATABASE_GONE'
  | 'DATABASE_BUSY'
  | 'DATABASE_FULL'
  | 'PACKAGE_MISSING'
  | 'MODEL_MISSING'
  | 'MODEL_DAMAGED'
  | 'EMBEDDER_FAILED'
  | 'RERANKER_FAILED'
  | 'VECTOR_STORE_FAILED'
  | 'INTERRUPTED'
  | 'RECORD_CLOSED'
  | 'WATCH_FAILED'
  | 'CONFIG_INVALID'
  | 'CALIBRATION_INVALID'
  | 'PORT_IN_USE'
  | 'SET_INVALID'
  | 'RUN_INVALID'
  | 'OUTPUT_UNWRITABLE'
  | 'USAGE'

/**
 * An error for a person: what happened and to which file or field, and what to do about it.
 * The message holds both, so that it is whole wherever it is printed.
 */
export class OnRecordError extends Error {
  readonly code: ErrorCode
  readonly what: string
  readonly remedy: string

  constructor(code: ErrorCode, what: string, remedy: string, options?: ErrorOptions) {
    super(`${what} ${remedy}`, options)
    this.name = 'OnRecordError'
    this.code = code
    this.what = what
    this.remedy = remedy
  }
}

/** A file that cannot be indexed; the build goes on without it and reports it at the end. */
export class SkipFile extends Error {
  readonly code: string
  readonly remedy: string

  constructor(code: string, remedy: string) {
    super(remedy)
    this.name = 'SkipFile'
    this.code = code
    this.remedy = remedy
  }
}
