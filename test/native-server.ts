import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const USER = 'onrecord'
const PASSWORD = 'secret-of-tests'
/** PostgreSQL does not run as root: then it runs as nobody. */
export const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const SETTINGS = '-c fsync=off -c full_page_writes=off -c max_connections=200 -c maintenance_work_mem=256MB'

/** A PostgreSQL server of the test run's own. */
export class NativeServer {
  readonly port: number
  /** Holds what it has, and is the server's to write to. */
  readonly folder: string
  private readonly binaries: string

  private constructor(binaries: string, folder: string, port: number) {
    this.binaries = binaries
    this.folder = folder
    this.port = port
  }

  /** Makes and starts one on a free port of the loopback; it ends with the process. */
  static async start(binaries: string): Promise<NativeServer> {
    return NativeServer.over(binaries, async (folder) => {
      await writeFile(join(folder, 'password'), PASSWORD)
      await chmod(join(folder, 'password'), 0o644)
      const access = ['-U', USER, '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`]
      await as(join(binaries, 'initdb'), ['-D', join(folder, 'data'), ...access, '-E', 'UTF8', '--locale=C', '-N'])
    })
  }

  /** Makes and starts one that follows this one: a read replica. */
  replica(): Promise<NativeServer> {
    return NativeServer.over(this.binaries, async (folder) => {
      await as(join(this.binaries, 'pg_basebackup'), ['-d', this.urlOf('postgres'), '-D', join(folder, 'data'), '-R', '-c', 'fast', '-N'])
    })
  }

  private static async over(binaries: string, fill: (folder: string) => Promise<void>): Promise<NativeServer> {
    const folder = await mkdtemp(join(tmpdir(), 'onrecord-postgres-'))
    if (isRoot) await chown(folder, NOBODY, NOBODY)
    await fill(folder)
    const server = new NativeServer(binaries, folder, await freePort())
    await server.begin()
    // A worker that tests run in may end at any time: whoever watches over it ends the server.
    const watch = `trap '' INT TERM HUP; while kill -0 ${process.pid} 2>/dev/null; do sleep 1; done; kill -QUIT $(head -1 "${folder}/data/postmaster.pid") 2>/dev/null; sleep 1; umount -l "${folder}"/* 2>/dev/null; rm -rf "${folder}"`
    spawn('sh', ['-c', watch], { stdio: 'ignore', detached: true }).unref()
    return server
  }

  /** The address of a database on it. */
  urlOf(database: string): string {
    return `postgres://${USER}:${PASSWORD}@127.0.0.1:${this.port}/${database}`
  }

  async begin(): Promise<void> {
    const settings = `-p ${this.port} -h 127.0.0.1 -k ${this.folder} ${SETTINGS}`
    await as(join(this.binaries, 'pg_ctl'), ['-D', join(this.folder, 'data'), '-w', '-l', join(this.folder, 'log'), '-o', settings, 'start'])
  }

  /** Ends every connection at once. */
  async end(): Promise<void> {
    await as(join(this.binaries, 'pg_ctl'), ['-D', join(this.folder, 'data'), '-w', '-m', 'immediate', 'stop'])
  }
}

function as(command: string, args: string[]): Promise<unknown> {
  return run(command, args, isRoot ? { uid: NOBODY, gid: NOBODY, cwd: '/' } : {})
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
