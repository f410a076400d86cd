/**
 * @typedef {object} Trial
 * @property {import('./engine.mjs').Engine} engine
 * @property {string} image its tag
 * @property {string} volume a new one, for the index
 * @property {string} root the checkout
 * @property {string | undefined} database
 * @typedef {[what: string, check: (trial: Trial) => string | Promise<string>]} Check what must be so, and what finds it out: gives a figure or a word, or throws
 */

/** What a container may do: nothing that a server of documents has no need of. */
export const CONFINED = ['--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']

export const QUESTION = 'What does the harbour master say?'

/** Why a check cannot be made here. */
export class Skipped extends Error {}

/** Tries all in their order, and says each in a line. Gives whether none failed. */
export async function tryAll(/** @type {Check[]} */ checks, /** @type {Trial} */ trial) {
  let isGood = true
  for (const [what, check] of checks) {
    try {
      console.log(`ok      ${what}: ${await check(trial)}`)
    } catch (error) {
      const isSkipped = error instanceof Skipped
      console.log(`${isSkipped ? 'skipped' : 'FAILED '} ${what}: ${/** @type {Error} */ (error).message}`)
      isGood &&= isSkipped
    }
  }
  return isGood
}

export function must(/** @type {unknown} */ condition, /** @type {string} */ fault) {
  if (!condition) throw new Error(fault)
}

/** An answer as JSON must hold a citation. Gives how many it holds. */
export function citationsOf(/** @type {string} */ json) {
  const { status, citations } = JSON.parse(json)
  must(status === 'answered' && citations.length > 0, `it answers ${json.slice(0, 300)}`)
  return `${citations.length} citations`
}

/** Waits until an address gives what is wanted with 200, and gives it; throws after 60 s. @returns {Promise<any>} */
export async function ready(/** @type {string} */ address, isSo = (/** @type {any} */ _reply) => true) {
  let last = 'nothing'
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    // An engine's proxy takes a connection before there is a server, and a request on it may never end.
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), 500)
    try {
      const response = await fetch(address, { signal: controller.signal })
      last = await response.text()
      if (response.ok && isSo(JSON.parse(last))) return JSON.parse(last)
    } catch (error) {
      last = /** @type {Error} */ (error).message
    } finally {
      clearTimeout(timer)
    }
  }
  throw new Error(`after a minute ${address} gives ${last.slice(0, 300)}`)
}
