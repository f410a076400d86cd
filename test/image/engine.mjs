import { spawnSync } from 'node:child_process'

/** What builds and runs images here: docker or podman, which are called alike. */
export class Engine {
  /** @param {string} name its command */
  constructor(name) {
    this.name = name
  }

  /** Why it cannot be used; empty when it can. */
  fault() {
    const { error, status, stderr } = spawnSync(this.name, ['info'], { encoding: 'utf8' })
    if (error) return /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? 'not installed' : error.message
    return status === 0 ? '' : (stderr.trim().split('\n').at(-1) ?? `ended with ${status}`)
  }

  /** Runs it, and gives how it ended and what it printed, even where that is a failure. */
  try(/** @type {string[]} */ ...args) {
    const { error, status, stdout, stderr } = spawnSync(this.name, args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
    if (error) throw error
    return { status, stdout: stdout.trim(), stderr: stderr.trim() }
  }

  /** Runs it, and gives what it printed; throws when it fails. */
  run(/** @type {string[]} */ ...args) {
    const { status, stdout, stderr } = this.try(...args)
    if (status !== 0) throw new Error(`${this.name} ${args.slice(0, 2).join(' ')} ended with ${status}: ${stderr.slice(-600) || stdout.slice(-600)}`)
    return stdout
  }

  /** Builds an image; what it prints goes to the standard error. */
  build(/** @type {string} */ folder, /** @type {string} */ image, /** @type {string[]} */ flags) {
    // Podman's own format has no health check.
    const format = this.name === 'podman' ? ['--format', 'docker'] : []
    const { error, status } = spawnSync(this.name, ['build', ...format, ...flags, '--tag', image, folder], { stdio: ['ignore', 2, 2] })
    if (error) throw error
    if (status !== 0) throw new Error(`${this.name} build ended with ${status}`)
  }

  /** What it knows of an image or a container, at a path such as .Config.User. @returns {any} */
  inspect(/** @type {'image' | 'container'} */ kind, /** @type {string} */ name, /** @type {string} */ path) {
    return JSON.parse(this.run(kind, 'inspect', '--format', `{{json ${path}}}`, name))
  }
}

/** The engine of a name, or the first that there is. Throws when there is none. */
export function findEngine(/** @type {string | undefined} */ name) {
  const engines = (name ? [name] : ['docker', 'podman']).map((each) => new Engine(each))
  const faults = engines.map((engine) => engine.fault())
  const found = engines.find((_, at) => faults[at] === '')
  if (found) return found
  const reasons = engines.map((engine, at) => `${engine.name}: ${faults[at]}`).join('; ')
  throw new Error(`there is no engine that builds and runs images (${reasons}). Install Docker or Podman, or start it.`)
}
