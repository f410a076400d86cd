import type { Answer, AskRequest } from '../../server/contract.ts'
import { type Failure, RequestFailed, Server } from '../api.ts'
import type { OnRecordFailure } from './types.d.ts'

/** A failure in words for the owner of the site. */
export interface Report {
  kind: OnRecordFailure
  message: string
}

/**
 * The server as the visitors of a site meet it: what went wrong is reported to the site's owner, and visitors are told no more than
 * they can act on.
 */
export class SiteServer extends Server {
  filters: AskRequest['filters']
  private readonly address: string
  private readonly report: (report: Report) => void

  constructor(address: string, report: (report: Report) => void) {
    super(address)
    this.address = address
    this.report = report
  }

  override ask(request: AskRequest, on: Parameters<Server['ask']>[1]): Promise<Answer> {
    return this.told(super.ask({ ...request, ...(this.filters && { filters: this.filters }) }, on))
  }

  override suggestions(signal: AbortSignal): Promise<string[]> {
    return this.told(super.suggestions(signal))
  }

  private async told<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error
      const report = reportOf(error.failure, this.address)
      if (report.kind !== 'stopped') this.report(report)
      throw new RequestFailed(forVisitors(error.failure))
    }
  }
}

/** Whether the server lets no page of this origin ask. */
export function isRefusal(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.type === 'urn:onrecord:problem:origin-not-allowed'
}

/** As the owner of the site is told. */
export function kindOf(failure: Failure): OnRecordFailure {
  return isRefusal(failure) ? 'refused' : failure.kind
}

function reportOf(failure: Failure, address: string): Report {
  const problem = 'problem' in failure ? failure.problem : null
  const said = problem ? [problem.title, problem.detail, problem.remedy].filter(Boolean).join(' ') : ''
  if (isRefusal(failure)) {
    const { origin } = location
    return {
      kind: kindOf(failure),
      message: `${address} does not let pages of ${origin} ask. Add the origin where the server is started: ONRECORD_ORIGINS=${origin}`,
    }
  }
  const messages: Record<Failure['kind'], string> = {
    offline: `No answer from ${address}. Does it run, and does this page's Content-Security-Policy allow it in connect-src?`,
    cut: `The answer of ${address} broke off.`,
    limited: `${address} cannot answer at the moment. ${said}`.trim(),
    problem: `${address} could not answer. ${said}`.trim(),
    stopped: 'The question was stopped.',
  }
  return { kind: kindOf(failure), message: messages[failure.kind] }
}

/** Without what only the operator of the server can do something about. */
function forVisitors(failure: Failure): Failure {
  if (!('problem' in failure) || !failure.problem || (failure.problem.status < 500 && !isRefusal(failure))) return failure
  const { remedy: _, ...problem } = failure.problem
  return { ...failure, problem: { ...problem, title: '', detail: '' } }
}
