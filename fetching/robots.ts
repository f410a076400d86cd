import robotsParser from 'robots-parser'
import { NotFetched } from './not-fetched.ts'

/** Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB. */
export const ROBOTS_BYTES = 500 * 1024

/** The name that a robots.txt calls us by. */
export const ROBOT = 'onrecord'

/** What a host lets us fetch. */
export interface Robots {
  allows(url: URL): boolean
  /** Seconds between two requests that the host asks for. */
  delay: number
}

const EVERYTHING: Robots = { allows: () => true, delay: 0 }

/**
 * Reads the reply to the request for a robots.txt by RFC 9309: where there is none everything is allowed; where the server fails nothing
 * is, and NotFetched is thrown. 429 counts as a failure: who asks for fewer requests wants no others now.
 */
export function readRobots(robotsUrl: URL, status: number, text: string): Robots {
  if (status >= 500 || status === 429)
    throw new NotFetched('ROBOTS_UNREACHABLE', `${robotsUrl.href} gives ${status}, so nothing of this host may be fetched now; try again later.`)
  if (status < 200 || status >= 300) return EVERYTHING
  // The library's types declare it as if it were an ES module's default; Node gives the function itself.
  const rules = (robotsParser as unknown as typeof robotsParser.default)(robotsUrl.href, text)
  const delay = rules.getCrawlDelay(ROBOT) ?? 0
  return { allows: (url) => rules.isAllowed(url.href, ROBOT) !== false, delay: delay > 0 ? delay : 0 }
}
