import { join } from 'node:path'
import { expect, it } from 'vitest'
import { add } from '../../fetching/add.ts'
import { buildIndex, temporaryFolder } from '../fixtures.ts'
import { fetcher, host, page } from '../hosts.ts'

it('A page that was fetched is indexed with the address that it has on the web', async () => {
  const { origin } = await host({ '/2025/03/11/minutes': page('<title>Minutes</title><p>The bar moved again, the harbour master said.') })
  const folder = join(await temporaryFolder(), 'docs')
  const url = `${origin}/2025/03/11/minutes`
  await add({ folder, urls: [url], fetcher: fetcher() })
  const { sources } = await buildIndex(folder)
  expect(sources).toEqual([expect.objectContaining({ url, title: 'Minutes', published: '2025-03-11', publishedFrom: 'metadata' })])
})
