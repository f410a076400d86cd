import { createHash } from 'node:crypto'
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Citation, SourcesPage, SourceWithText, Speakers, Suggestions, VerifyReply } from '../../server/contract.ts'
import { documents, index, temporaryFolder } from '../fixtures.ts'
import { problemIn, type Served, serve, serveCorpus } from '../served.ts'

let server: Served
beforeAll(async () => {
  server = await serveCorpus()
})

describe('the list of sources', () => {
  it('has every document once, by path, a page at a time', async () => {
    const paths: string[] = []
    let cursor: string | null = '0'
    for (let pages = 0; cursor !== null && pages < 20; pages++) {
      const page: SourcesPage = SourcesPage.parse((await server.send(`/api/sources?limit=4&cursor=${cursor}`)).json())
      expect(page.sources.length).toBeLessThanOrEqual(4)
      paths.push(...page.sources.map(({ path }) => path))
      cursor = page.next
    }
    expect(paths).toHaveLength(14)
    expect(paths).toEqual([...new Set(paths)].sort())
  })

  it('ends when there are exactly as many as a page holds', async () => {
    const page = SourcesPage.parse((await server.send('/api/sources?limit=14')).json())
    expect(page.sources).toHaveLength(14)
    expect(page.next).toBeNull()
  })

  it.each(['limit=0', 'limit=201', 'limit=-1', 'limit=ten', 'limit=1.5', 'limit=', 'cursor=x', 'cursor=-1', 'limit=1&limit=2', 'limit=1e1'])(
    'refuses %s and names the field',
    async (query) => {
      expect(problemIn(await server.send(`/api/sources?${query}`))).toMatchObject({ status: 400, field: query.slice(0, query.indexOf('=')) })
    },
  )

  it('is empty beyond its end', async () => {
    expect((await server.send('/api/sources?cursor=1000')).json()).toEqual({ sources: [], next: null })
  })
})

describe('a source', () => {
  it('has the text that its sha256 is of, for every document', async () => {
    const { sources } = SourcesPage.parse((await server.send('/api/sources')).json())
    for (const listed of sources) {
      const { text, statements: _, ...facts } = SourceWithText.parse((await server.send(`/api/sources/${listed.id}`)).json())
      expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(listed.sha256)
      expect(facts).toEqual(listed)
    }
  })

  it.each(['no-such-id', '..', '%00', '%2e%2e%2fpackage.json', 'constructor', '__proto__', 'x'.repeat(5000)])(
    'that is not there is not found: %s',
    async (id) => {
      expect(problemIn(await server.send(`/api/sources/${id}`)).status).toBe(404)
    },
  )
})

describe('the file of a source', () => {
  const FILES = {
    'boats.txt': 'Thirty-one boats fish from the Pool.',
    'page.html': '<!doctype html><title>The Pool</title><p>The Pool is <script>alert(1)</script>deep.</p>',
    'Größe "2".md': '# Size\n\nThe Pool is two fathoms deep.\n',
    'sub/deep.txt': Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('The bar is shut.\r\n')]),
  }
  let folder: string
  let own: Served
  const fileOf = async (path: string) => {
    const { sources } = SourcesPage.parse((await own.send('/api/sources')).json())
    return own.send(`/api/sources/${sources.find((source) => source.path === `docs/${path}`)?.id}/file`)
  }
  beforeAll(async () => {
    folder = await documents(FILES)
    own = await serve((await index(folder)).index)
  })

  it.each(Object.entries(FILES))('is what was indexed, byte for byte, to be saved and not to be run: %s', async (path, content) => {
    const { status, headers, bytes } = await fileOf(path)
    expect([status, bytes]).toEqual([200, Buffer.from(content)])
    expect(headers['content-disposition']).toMatch(/^attachment; filename=/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  })

  it('has its own name, whatever letters are in it', async () => {
    expect((await fileOf('Größe "2".md')).headers['content-disposition']).toContain(`filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%222%22.md`)
    expect((await fileOf('sub/deep.txt')).headers['content-disposition']).toBe('attachment; filename=deep.txt')
  })

  it('that has changed, went away or is something else now is gone, and nothing of it is told', async () => {
    const secret = join(await temporaryFolder(), 'secret.txt')
    await writeFile(secret, FILES['boats.txt'])
    const changes: [string, () => Promise<unknown>][] = [
      ['boats.txt', () => writeFile(join(folder, 'boats.txt'), 'Thirty-two boats fish from the Pool.')],
      ['boats.txt', () => rm(join(folder, 'boats.txt'))],
      // It leads to the same bytes, and still out of the folder.
      ['boats.txt', () => symlink(secret, join(folder, 'boats.txt'))],
      ['page.html', () => rm(join(folder, 'page.html')).then(() => mkdir(join(folder, 'page.html')))],
      ['sub/deep.txt', () => rename(join(folder, 'sub'), `${folder}-moved`).then(() => symlink(`${folder}-moved`, join(folder, 'sub')))],
    ]
    for (const [path, change] of changes) {
      await change()
      const reply = await fileOf(path)
      expect(problemIn(reply)).toMatchObject({ status: 410, type: 'urn:onrecord:problem:file-gone' })
      expect(reply.text).not.toContain(folder)
    }
  })

  it('is told nowhere by its place', async () => {
    const { sources } = SourcesPage.parse((await own.send('/api/sources')).json())
    const replies = [
      await own.send('/api/sources'),
      await own.send(`/api/sources/${sources[0]?.id}`),
      await own.post('/api/ask', { question: 'How deep is the Pool?' }),
    ]
    for (const { text } of replies) expect(text).not.toContain(dirname(folder))
  })
})

describe('where only quotes are shown', () => {
  it('a source and its file are refused, and what is cited stands in its passage and can be verified', async () => {
    const quotes = await serveCorpus({ SOURCES: 'quotes' })
    const { citations } = await quotes.ask('How many boats fish from the Pool?')
    const { source, start, end, quote, passage } = citations[0] as Citation
    expect(passage.text).toContain(quote)
    for (const path of ['', '?start=0&end=1000000', '/file']) {
      const reply = await quotes.send(`/api/sources/${source.id}${path}`)
      expect(problemIn(reply).status).toBe(path.startsWith('?') ? 400 : 403)
      expect(reply.text).not.toContain(quote)
    }
    expect(problemIn(await quotes.send(`/api/sources/${source.id}`)).type).toBe('urn:onrecord:problem:quotes-only')
    expect(problemIn(await quotes.send('/api/sources/none')).status).toBe(404)
    expect((await quotes.post('/api/verify', { source: source.id, start, end, quote })).json()).toMatchObject({ verified: true })
    expect((await quotes.send('/api/sources')).status).toBe(200)
  })
})

describe('a citation', () => {
  const claimOf = ({ source, start, end, quote }: Citation) => ({ source: source.id, start, end, quote, sha256: source.sha256 })
  const verify = async (claim: object) => VerifyReply.parse((await server.post('/api/verify', claim)).json())
  let cited: Citation
  beforeAll(async () => {
    cited = (await server.ask('How many boats fish from the Pool?')).citations[0] as Citation
  })

  it('is verified as it came, with and without its sha256', async () => {
    const { sha256: _, ...bare } = claimOf(cited)
    expect(await verify(claimOf(cited))).toEqual({ verified: true, reason: null })
    expect(await verify(bare)).toEqual({ verified: true, reason: null })
  })

  it.each<[string, (claim: ReturnType<typeof claimOf>) => object]>([
    ['with one other letter', (c) => ({ ...c, quote: c.quote.replace('31', '32') })],
    ['with a space more', (c) => ({ ...c, quote: `${c.quote} ` })],
    ['in other capitals', (c) => ({ ...c, quote: c.quote.toUpperCase() })],
    ['shifted by one', (c) => ({ ...c, start: c.start + 1, end: c.end + 1 })],
    ['from another text', (c) => ({ ...c, sha256: '0'.repeat(64) })],
    ['with a sha256 that is none', (c) => ({ ...c, sha256: '' })],
    ['of an unknown source', (c) => ({ ...c, source: 'unknown' })],
    ['past the end of the text', (c) => ({ ...c, end: 10_000_000 })],
    ['that ends before it starts', (c) => ({ ...c, start: c.end, end: c.start })],
    ['that is empty', (c) => ({ ...c, end: c.start, quote: '' })],
  ])('%s is not verified, and it says why', async (_what, change) => {
    const reply = await verify(change(claimOf(cited)))
    expect(reply.verified).toBe(false)
    expect(reply.reason).toMatch(/\w.*\.$/)
  })

  it.each([{ start: -1 }, { start: 0.5 }, { start: '0' }, { quote: null }, { more: true }, { source: 'x'.repeat(201) }])(
    'that makes no sense is a problem: %j',
    async (change) => {
      expect(problemIn(await server.post('/api/verify', { ...claimOf(cited), ...change })).status).toBe(400)
    },
  )
})

describe('suggestions', () => {
  it('are questions that this record answers', async () => {
    const { questions } = Suggestions.parse((await server.send('/api/suggestions')).json())
    expect(questions.length).toBeGreaterThan(0)
    expect(new Set(questions).size).toBe(questions.length)
    for (const question of questions) expect((await server.ask(question)).status).toBe('answered')
  })
})

describe('speakers', () => {
  it('are everybody who says something, most statements first, by names that a filter takes', async () => {
    const { speakers } = Speakers.parse((await server.send('/api/speakers')).json())
    const { sources } = SourcesPage.parse((await server.send('/api/sources')).json())
    const statements = (await Promise.all(sources.map(({ id }) => server.source(id)))).flatMap((source) => source.statements)
    expect(speakers.reduce((sum, { statements }) => sum + statements, 0)).toBe(statements.length)
    expect(speakers.map(({ name }) => name).sort()).toEqual([...new Set(statements.map(({ speaker }) => speaker))].sort())
    expect(speakers.map(({ statements }) => statements)).toEqual(speakers.map(({ statements }) => statements).sort((a, b) => b - a))
    const [first] = speakers
    const { citations } = await server.ask('What was said about the boats?', { filters: { speaker: first?.name } })
    expect(citations.every((citation) => citation.statements.some(({ speaker }) => speaker === first?.name))).toBe(true)
  })
})
