import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { expect, it } from 'vitest'
import type { Answer, Citation, SearchReply, SourcePart } from '../server/contract.ts'

export const BOATS = 'How many boats fish from the Pool?'

/** What a tool says: text blocks, what it gives as data, and whether it failed. */
export async function called(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args })
  const texts = (result.content as { type: string; text: string }[]).map(({ text }) => text)
  return { texts, data: result.structuredContent, failed: result.isError === true }
}

/** What every client of the protocol is served, whatever carries it; the client checks each result against the schema that its tool declares. */
export function speaksTheProtocol(client: () => Client, link: (citation: Pick<Citation, 'source' | 'start' | 'end'>) => string): void {
  it('lists its tools, which only read, with schemas for what they take and give', async () => {
    const { tools } = await client().listTools()
    expect(tools.map(({ name }) => name)).toEqual(['ask', 'search', 'get_source', 'verify'])
    for (const { inputSchema, outputSchema, annotations, description } of tools) {
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(outputSchema).toMatchObject({ type: 'object' })
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false })
      expect(description?.length).toBeGreaterThan(50)
    }
  })

  it('answers a question with citations, as data and as text, a block each', async () => {
    const { texts, data } = await called(client(), 'ask', { question: BOATS })
    const { status, citations } = data as Answer
    expect(status).toBe('answered')
    expect(texts).toHaveLength(citations.length + 1)
    citations.forEach((citation, i) => {
      expect(citation.link).toBe(link(citation))
      for (const part of [JSON.stringify(citation.quote), citation.source.title, citation.source.path, citation.link, citation.source.published])
        expect(texts[i + 1]).toContain(part)
      for (const { speaker } of citation.statements) expect(texts[i + 1]).toContain(speaker)
    })
  })

  it('says what is not on record, and understands a question by those before it', async () => {
    const { texts, data } = await called(client(), 'ask', { question: 'Who won the chess world championship in 1972?' })
    expect([(data as Answer).status, texts[0]]).toEqual(['not-on-record', expect.stringMatching(/^Not on record\./)])
    const followUp = await called(client(), 'ask', { question: 'Who said that?', history: [{ question: BOATS }] })
    expect((followUp.data as Answer).question).toBe(BOATS)
  })

  it('keeps to filters and to a limit', async () => {
    const { data } = await called(client(), 'ask', { question: BOATS, filters: { outlet: 'Lantern' }, limit: 1 })
    expect((data as Answer).citations.map(({ source }) => source.outlet)).toEqual(['The Haldersea Lantern'])
    const found = await called(client(), 'search', { query: 'boats', filters: { outlet: 'Lantern' }, limit: 3 })
    expect((found.data as SearchReply).passages.map(({ source }) => source.outlet)).toEqual(Array(3).fill('The Haldersea Lantern'))
  })

  it('finds passages by how near they are, each as it stands in its source', async () => {
    const { texts, data } = await called(client(), 'search', { query: 'dredging the bar', limit: 4 })
    const { passages } = data as SearchReply
    expect(passages).toHaveLength(4)
    expect(texts).toHaveLength(5)
    expect(passages.map(({ score }) => score)).toEqual(passages.map(({ score }) => score).sort((a, b) => b - a))
    for (const { source, start, end, text, ...rest } of passages) {
      expect(rest.link).toBe(link({ source, start, end }))
      expect((await called(client(), 'get_source', { id: source.id, start, end })).data).toMatchObject({ text, start, end })
      expect((await called(client(), 'verify', { source: source.id, start, end, quote: text, sha256: source.sha256 })).data).toEqual({
        verified: true,
        reason: null,
      })
    }
  })

  it('reads a source from its beginning, and says how long it is', async () => {
    const { id } = await firstSource(client())
    const { data, texts } = await called(client(), 'get_source', { id })
    const part = data as SourcePart
    expect(part).toMatchObject({ source: { id }, start: 0, end: part.length, next: null })
    expect(texts).toEqual([expect.stringContaining(part.source.path), part.text])
    const some = await called(client(), 'get_source', { id, start: 10, end: 20 })
    expect(some.data).toMatchObject({ text: part.text.slice(10, 20), start: 10, end: 20, next: 20, length: part.length })
  })

  it('does not verify other words, and says why', async () => {
    const { id } = await firstSource(client())
    const { data, texts } = await called(client(), 'verify', { source: id, start: 0, end: 5, quote: 'words' })
    expect(data).toMatchObject({ verified: false })
    expect(texts[0]).toMatch(/^Not verified\. Other words/)
  })

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ['without what it needs', 'ask', {}, /question/],
    ['with a field that it does not have', 'ask', { question: BOATS, temperature: 1 }, /temperature/],
    ['with a question too long', 'search', { query: 'b'.repeat(1001) }, /1000 characters/],
    ['with a filter that is none', 'ask', { question: BOATS, filters: { after: 'yesterday' } }, /YYYY/],
    ['for a source that there is not', 'get_source', { id: 'nothing' }, /no source with this id/],
    ['for what lies behind the end of a text', 'get_source', { id: 'FIRST', start: 1e9 }, /within the text/],
  ])('a tool called %s fails with a message that a model can read', async (_how, name, args, message) => {
    const given = args.id === 'FIRST' ? { ...args, id: (await firstSource(client())).id } : args
    const { failed, texts } = await called(client(), name, given)
    expect([failed, texts]).toEqual([true, [expect.stringMatching(message)]])
  })

  it('a tool, a method, a cursor or a source that there is not is an error of the protocol', async () => {
    await expect(client().callTool({ name: 'delete_everything' })).rejects.toMatchObject({ code: -32602 })
    await expect(client().listPrompts()).rejects.toThrow()
    await expect(client().request({ method: 'prompts/list' }, (await import('@modelcontextprotocol/sdk/types.js')).EmptyResultSchema)).rejects.toMatchObject({
      code: -32601,
    })
    await expect(client().listResources({ cursor: '../1' })).rejects.toMatchObject({ code: -32602 })
    for (const uri of ['onrecord://source/nothing', 'onrecord://source/%ff', 'onrecord://other/x', 'file:///etc/passwd'])
      await expect(client().readResource({ uri })).rejects.toMatchObject({ code: -32002 })
  })

  it('gives every source as a resource, whole and in part, and proposes their ids', async () => {
    const { resources } = await client().listResources()
    expect(resources).toHaveLength(14)
    const { resourceTemplates } = await client().listResourceTemplates()
    const [template] = resourceTemplates
    expect(template?.uriTemplate).toBe('onrecord://source/{id}')
    for (const { uri, name } of resources) {
      const id = uri.slice('onrecord://source/'.length)
      const { text, source } = (await called(client(), 'get_source', { id })).data as SourcePart
      expect(source.path).toBe(name)
      expect((await client().readResource({ uri })).contents).toEqual([{ uri, mimeType: 'text/plain', text }])
      const part = `${uri}?start=3&end=9`
      expect((await client().readResource({ uri: part })).contents).toMatchObject([{ uri: part, text: text.slice(3, 9) }])
    }
    const ref = { type: 'ref/resource' as const, uri: 'onrecord://source/{id}' }
    const { completion } = await client().complete({ ref, argument: { name: 'id', value: 'minutes' } })
    expect(completion.values.map((id) => resources.find(({ uri }) => uri.endsWith(id))?.name)).toEqual([
      'corpus/council/2025-03-11-minutes.md',
      'corpus/council/2025-10-14-minutes.md',
    ])
  })
}

async function firstSource(client: Client): Promise<{ id: string }> {
  const { resources } = await client.listResources()
  return { id: (resources[0]?.uri ?? '').slice('onrecord://source/'.length) }
}
