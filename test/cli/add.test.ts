import { join } from 'node:path'
import { expect, it } from 'vitest'
import { namesIn, temporaryFolder } from '../fixtures.ts'
import { host, page } from '../hosts.ts'
import { onrecord, start } from './command.ts'

const env = { ONRECORD_FETCH_NETWORKS: '127.0.0.0/8' }
const lines = (text: string) => text.split('\n').filter(Boolean)

it('onrecord add fetches pages into documents/ of the working directory, tells of each, and does without those that fail', async () => {
  const { origin } = await host({ '/a': page('<p>The bar moved.') })
  const cwd = await temporaryFolder()
  const { code, stdout, stderr } = await onrecord(['add', `${origin}/a`, 'example.org'], { cwd, env })
  expect([code, stdout]).toEqual([0, '1 added, 0 updated, 0 unchanged, 1 failed. Index them: onrecord index documents\n'])
  expect(lines(stderr).sort()).toEqual([
    expect.stringMatching(`^added +${origin}/a -> 127\\.0\\.0\\.1-\\d+/a-\\w+\\.html$`),
    expect.stringMatching(/^failed +example\.org: NOT_AN_ADDRESS\. .*https:/),
  ])
  expect(await namesIn(join(cwd, 'documents'))).toHaveLength(1)
})

it('onrecord add reaches no address of this machine or its network unless told, and says so as one object', async () => {
  const { port, asked } = await host({ '/': page('a') })
  const addresses = [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, 'http://169.254.169.254/latest/', 'http://[::ffff:127.0.0.1]:8080/']
  const folder = join(await temporaryFolder(), 'docs')
  const { code, stdout, stderr } = await onrecord(['add', ...addresses, '--folder', folder, '--json'], {
    env: { HTTP_PROXY: `http://127.0.0.1:${port}`, http_proxy: `http://127.0.0.1:${port}` },
  })
  expect([code, stderr, lines(stdout).length]).toEqual([1, '', 1])
  const { failed, ...rest } = JSON.parse(stdout) as { failed: { url: string; code: string }[] }
  expect(failed.map((f) => f.code)).toEqual(addresses.map(() => 'PRIVATE_ADDRESS'))
  expect([rest, asked, await namesIn(folder)]).toEqual([{ added: [], updated: [], unchanged: [] }, [], []])
})

it('onrecord add that is stopped keeps what is whole', async () => {
  const quick = await host({ '/': page('a') })
  const slow = await host({ '/': (response) => response.writeHead(200, { 'content-type': 'text/html' }).write('half') })
  const folder = join(await temporaryFolder(), 'docs')
  const running = start(['add', `${quick.origin}/`, `${slow.origin}/`, '--folder', folder], { env })
  await running.says(/added/)
  while (slow.asked.length < 2) await new Promise((soon) => setTimeout(soon, 20))
  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.ended
  expect([code, stdout]).toEqual([1, expect.stringContaining('1 added, 0 updated, 0 unchanged, 1 failed.')])
  expect(stderr).toContain('INTERRUPTED')
  expect(await namesIn(folder)).toEqual([`127.0.0.1-${quick.port}`])
})
