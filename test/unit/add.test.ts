import { readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type AddReport, add } from '../../fetching/add.ts'
import type { Page } from '../../fetching/fetcher.ts'
import { keep, snapshotsIn } from '../../fetching/snapshot.ts'
import { sha256OfText } from '../../index/sha256.ts'
import { documents, failureOf, namesIn, temporaryFolder } from '../fixtures.ts'
import { fetcher, type Host, host, page, status } from '../hosts.ts'

const into = (folder: string, ...urls: string[]) => add({ folder, urls, fetcher: fetcher() })
const codesOf = ({ failed }: AddReport) => failed.map(({ code }) => code)
const read = (...path: string[]) => readFile(join(...path), 'utf8')
const metaOf = async (folder: string, path: string) => parse(await read(folder, `${path}.meta.yaml`)) as { url: string; snapshot: Record<string, unknown> }

/** A page of a host in a new folder of documents, and what asks for it again. */
async function fetched(
  answer = page('<p>The bar moved.', { etag: '"1"' }),
): Promise<Host & { url: string; folder: string; path: string; again: () => Promise<AddReport> }> {
  const site = await host({ '/2025/03/11/minutes.html': answer })
  const folder = join(await temporaryFolder(), 'docs')
  const url = `${site.origin}/2025/03/11/minutes.html`
  const report = await into(folder, url)
  const [stored] = report.added
  if (!stored) throw new Error(JSON.stringify(report))
  return { ...site, url, folder, path: stored.path, again: () => into(folder) }
}

describe('A page that is added', () => {
  it('is stored byte for byte, with its address, the time and what to ask for it again by', async () => {
    const { folder, path, url } = await fetched(page(new Uint8Array([0x63, 0xe9, 0]), { etag: 'W/"1"', 'last-modified': 'Mon, 02 Jun 2025 10:00:00 GMT' }))
    expect(new Uint8Array(await readFile(join(folder, path)))).toEqual(new Uint8Array([0x63, 0xe9, 0]))
    expect(await metaOf(folder, path)).toEqual({
      url,
      snapshot: {
        fetched: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        contentType: 'text/html; charset=utf-8',
        etag: 'W/"1"',
        lastModified: 'Mon, 02 Jun 2025 10:00:00 GMT',
      },
    })
  })

  it('is called by its host and its path, so that a day in it is the date of the document', async () => {
    const { path, port } = await fetched()
    expect(path).toMatch(new RegExp(`^127\\.0\\.0\\.1-${port}/2025-03-11-minutes-[0-9a-f]{8}\\.html$`))
  })

  it('is asked for once when it is named twice', async () => {
    const { origin, paths } = await host({ '/a': page('a') })
    const { added } = await into(await temporaryFolder(), `${origin}/a`, `${origin}/a#part`)
    expect([added.length, paths()]).toEqual([1, ['/robots.txt', '/a']])
  })

  it('says where it was in the end', async () => {
    const { origin } = await host({ '/a': status(301, { location: '/b' }), '/b': page('b') })
    const folder = await temporaryFolder()
    const { added } = await into(folder, `${origin}/a`)
    expect(await metaOf(folder, added[0]?.path ?? '')).toMatchObject({ url: `${origin}/a`, snapshot: { from: `${origin}/b` } })
  })

  it.each([
    ['/a', 'text/html; charset=latin1', '.html'],
    ['/a.php', 'TEXT/HTML', '.html'],
    ['/a', 'application/xhtml+xml', '.xhtml'],
    ['/a.html', 'text/plain', '.txt'],
    ['/a.md', 'text/plain; charset=utf-8', '.md'],
    ['/a', 'text/markdown', '.md'],
    ['/a.HTM', 'application/octet-stream', '.htm'],
    ['/a.txt', '', '.txt'],
  ])('%s of type "%s" is stored as %s', async (path, type, extension) => {
    const { origin } = await host({ [path]: (response) => response.writeHead(200, type === '' ? {} : { 'content-type': type }).end('a') })
    const { added } = await into(await temporaryFolder(), origin + path)
    expect(added[0]?.path.slice(-extension.length)).toBe(extension)
  })

  it.each(['image/png', 'application/octet-stream', 'constructor', ''])('of type "%s" is refused, for no loader reads it', async (type) => {
    const { origin } = await host({ '/a': page('a', { 'content-type': type }) })
    const folder = await temporaryFolder()
    expect(codesOf(await into(folder, `${origin}/a`))).toEqual(['UNSUPPORTED_TYPE'])
    expect(await namesIn(folder)).toEqual([])
  })

  it.each([
    'http://../../../etc/passwd',
    'http://.hidden/..%2f..%2fetc%2fpasswd',
    'https://example.org/%2e%2e%5c%2e%2e%5cwindows',
    'https://example.org/%00%0a',
    'https://example.org/%ff%fe',
    'https://example.org/',
    `https://example.org/${'%F0%9F%90%9F%C3%A9'.repeat(80)}`,
    `https://example.org/${encodeURIComponent('議'.repeat(200))}`,
    'http://[2606:4700::1111]:8080/a?b=../../c',
  ])('stays in the folder under a name that is indexed, whatever it is called: %s', async (address) => {
    const folder = await temporaryFolder()
    const path = await keep(folder, new URL(address), aPage(address))
    expect(path).toMatch(/^[a-z0-9][a-z0-9.-]*\/[\p{L}\p{N}-]+\.html$/u)
    expect(await read(folder, path)).toBe('page')
    expect([...(await snapshotsIn(folder)).values()].map((s) => s.path)).toEqual([path])
  })

  it('is told from another whose path has the same words', async () => {
    const folder = await temporaryFolder()
    const paths = await Promise.all(['a/b', 'a-b', 'a?b', 'A/b'].map((a) => keep(folder, new URL(`https://example.org/${a}`), aPage('https://example.org/'))))
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(4)
  })
})

const aPage = (address: string): Page => ({ url: new URL(address), bytes: Buffer.from('page'), contentType: 'text/html', etag: null, lastModified: null })

describe('What was fetched before', () => {
  const PATH = '/2025/03/11/minutes.html'

  it('is asked for by its ETag and date, and stays as it is when it has not changed', async () => {
    const { answers, asked, folder, path, again, url } = await fetched(page('a', { etag: '"1"', 'last-modified': 'Mon, 02 Jun 2025 10:00:00 GMT' }))
    answers[PATH] = status(304)
    const before = await read(folder, `${path}.meta.yaml`)
    expect(await again()).toEqual({ added: [], updated: [], unchanged: [{ url, path }], failed: [] })
    expect(asked.at(-1)?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'Mon, 02 Jun 2025 10:00:00 GMT' })
    expect(await read(folder, `${path}.meta.yaml`)).toBe(before)
  })

  it('is not written again when the server sends the same', async () => {
    const { folder, path, again } = await fetched()
    const long = new Date('2025-01-01')
    await utimes(join(folder, path), long, long)
    expect((await again()).unchanged).toHaveLength(1)
    expect((await stat(join(folder, path))).mtime).toEqual(long)
  })

  it('is replaced when it has changed; the facts that somebody wrote beside it stay', async () => {
    const { answers, folder, path, again, url } = await fetched()
    const meta = `${path}.meta.yaml`
    await writeFile(join(folder, meta), `# ours\ntitle: The bar # short\n${await read(folder, meta)}outlet: The Council\n`)
    answers[PATH] = page('<p>It moved back.', { etag: '"2"' })
    expect((await again()).updated).toEqual([{ url, path }])
    expect(await read(folder, path)).toBe('<p>It moved back.')
    expect(await metaOf(folder, path)).toMatchObject({
      title: 'The bar',
      outlet: 'The Council',
      url,
      snapshot: { etag: '"2"', sha256: sha256OfText('<p>It moved back.') },
    })
    expect(await read(folder, meta)).toContain('title: The bar # short')
  })

  it('comes as a whole when the file is not what was fetched', async () => {
    const { asked, folder, path, again } = await fetched()
    await writeFile(join(folder, path), 'half of i')
    expect((await again()).updated).toHaveLength(1)
    expect(asked.at(-1)?.headers).not.toHaveProperty('if-none-match')
    expect(await read(folder, path)).toBe('<p>The bar moved.')
  })

  it('stays when it is gone or cannot be fetched, and that is said', async () => {
    const { answers, folder, path, again } = await fetched()
    answers[PATH] = status(410)
    const { failed } = await again()
    expect(failed).toEqual([expect.objectContaining({ code: 'GONE', remedy: expect.stringMatching(/\(410\).*The snapshot of 20.*stays\.$/) as string })])
    expect(await read(folder, path)).toBe('<p>The bar moved.')
  })

  it('takes another name when it is of another type now', async () => {
    const { answers, folder, path, again } = await fetched()
    answers[PATH] = page('The bar moved.', { 'content-type': 'text/plain' })
    const { updated } = await again()
    const now = path.replace(/\.html$/, '.txt')
    expect(updated.map((stored) => stored.path)).toEqual([now])
    expect((await namesIn(join(folder, path, '..'))).map((name) => `${path.split('/')[0]}/${name}`)).toEqual([now, `${now}.meta.yaml`])
  })

  it('of another type now does not take the place of a document of that name', async () => {
    const { answers, folder, path } = await fetched()
    const moved = { 'march.html': '<p>The bar moved.', 'march.html.meta.yaml': await read(folder, `${path}.meta.yaml`), 'march.txt': 'ours' }
    const other = await documents(moved)
    answers[PATH] = page('The bar moved.', { 'content-type': 'text/plain' })
    expect((await into(other)).updated.map((stored) => stored.path)).toEqual([path.replace(/\.html$/, '.txt')])
    expect([await read(other, 'march.txt'), await namesIn(other)]).toEqual(['ours', [path.split('/')[0], 'march.txt']])
  })

  it('is followed where somebody has moved it, and forgotten where somebody has removed it', async () => {
    const { folder, path, url } = await fetched()
    const meta = await read(folder, `${path}.meta.yaml`)
    const other = await documents({
      'minutes/march.html': '<p>The bar moved.',
      'minutes/march.html.meta.yaml': meta,
      'gone.html.meta.yaml': meta.replace('minutes', 'gone'),
    })
    expect(await into(other)).toEqual({ added: [], updated: [], unchanged: [{ url, path: 'minutes/march.html' }], failed: [] })
  })

  it('is not replaced when what somebody wrote beside it cannot be read', async () => {
    const { folder, path, url } = await fetched()
    await writeFile(join(folder, `${path}.meta.yaml`), 'title: [')
    expect(codesOf(await into(folder, url))).toEqual(['SIDECAR_INVALID'])
    expect(await read(folder, `${path}.meta.yaml`)).toBe('title: [')
  })

  it.each([
    ['an ETag', `etag: "\\"1\\"\\r\\nx-evil: 1"`],
    ['a date', `lastModified: "Mon\\r\\nx-evil: 1"`],
  ])('says nothing to a server by %s that is none', async (_what, line) => {
    const { asked, folder, path, again } = await fetched(page('a'))
    await writeFile(join(folder, `${path}.meta.yaml`), `${(await read(folder, `${path}.meta.yaml`)).trimEnd()}\n  ${line}\n`)
    expect((await again()).unchanged).toHaveLength(1)
    expect(Object.keys(asked.at(-1)?.headers ?? {})).not.toEqual(expect.arrayContaining([expect.stringMatching(/^if-|evil/)]))
  })
})

describe('The list in sources.yaml', () => {
  it('is fetched together with all that was fetched before', async () => {
    const { origin } = await host({ '/1': page('1'), '/2': page('2') })
    const folder = await documents({ 'sources.yaml': `urls:\n  - ${origin}/1\n  - ${origin}/3\n` })
    await into(folder, `${origin}/2`)
    const { added, unchanged, failed } = await into(folder)
    expect([added, unchanged, failed].map((of) => of.map(({ url }) => url))).toEqual([[`${origin}/1`], [`${origin}/2`], [`${origin}/3`]])
  })

  it('is wanted, or an address, where nothing was ever fetched', async () => {
    for (const folder of [join(await temporaryFolder(), 'none'), await documents({ 'a.txt': 'a', 'a.txt.meta.yaml': 'title: A' })])
      expect((await failureOf(into(folder))).code).toBe('NOTHING_FETCHED')
  })

  it.each([
    ['urls: https://example.org/', 'SIDECAR_INVALID'],
    ['urls: [1]', 'SIDECAR_INVALID'],
  ])('is refused when it is none: %s', async (yaml, code) => {
    expect((await failureOf(into(await documents({ 'sources.yaml': yaml })))).code).toBe(code)
  })
})

it('keeps what came before it was stopped, whole, and nothing of the rest', async () => {
  const stop = new AbortController()
  const { origin } = await host({
    '/1': page('1'),
    '/2': (response) => response.writeHead(200, { 'content-type': 'text/html' }).write('half', () => stop.abort()),
  })
  const folder = await temporaryFolder()
  const report = await add({ folder, urls: [`${origin}/1`, `${origin}/2`, `${origin}/3`], fetcher: fetcher({ signal: stop.signal }), signal: stop.signal })
  expect([report.added.map(({ url }) => url), codesOf(report)]).toEqual([[`${origin}/1`], ['INTERRUPTED', 'INTERRUPTED']])
  const names = (await namesIn(folder)).flatMap((name) => namesIn(join(folder, name)))
  expect((await Promise.all(names)).flat()).toHaveLength(2)
})

it('names a folder that is none', async () => {
  const folder = await documents({ 'a.txt': 'a' })
  expect((await failureOf(into(join(folder, 'a.txt'), 'https://example.org/'))).code).toBe('FOLDER_MISSING')
})
