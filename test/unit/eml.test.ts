import { expect, it } from 'vitest'
import { load } from '../load.ts'

const mail = (...lines: (string | string[])[]) => Buffer.from(lines.flat().join('\r\n'), 'latin1')
const HEAD = ['From: Odile Marchetti <odile@example.org>', 'Subject: The harbour', 'Date: Tue, 11 Mar 2025 23:30:00 -0800', 'MIME-Version: 1.0']

it('has its subject, its sender and the day that its sender wrote for facts, out of whatever they are encoded in', async () => {
  const { text, facts } = await load(
    '.eml',
    mail(
      '\xef\xbb\xbfReceived: from a by b; Wed, 12 Mar 2025 07:31:00 +0000',
      'From: =?iso-8859-1?Q?Andr=E9?= =?utf-8?B?IE3DvGxsZXI=?= <andre@example.org>',
      'Date: Tue, 11 Mar 2025 23:30:00 -0800 (PST)',
      'Subject: =?UTF-8?Q?Dredging_=E2=80=93?=',
      ' =?UTF-8?Q?_the_costs?=',
      'Content-Type: text/plain; charset=windows-1252',
      '',
      'It is \x93a hobby\x94 \x96 and costs \x80 5.',
      '',
      '-- ',
      'Andr\xe9',
    ),
  )
  expect(facts).toEqual({ title: 'Dredging – the costs', author: 'André Müller', published: '2025-03-11' })
  expect(text).toBe('It is “a hobby” – and costs € 5.\n\n-- \nAndré\n')
})

it('has the address for an author without a name, and no date that is none', async () => {
  expect((await load('.eml', mail('From: odile@example.org', 'Date: soon', '', 'x'))).facts).toEqual({ author: 'odile@example.org' })
})

it('is read as HTML where it has no plain text, without what is hidden', async () => {
  const html =
    '<style>p{}</style><div style="display:none">preview</div><p>The bar<br>shut.</p><blockquote>On Monday she wrote: &ldquo;Soon.&rdquo;</blockquote>'
  expect((await load('.eml', mail(HEAD, 'Content-Type: text/html; charset=utf-8', '', html))).text).toBe('The bar\nshut.\n\nOn Monday she wrote: “Soon.”')
})

it('keeps what it quotes, joins flowed lines, and leaves attachments unread', async () => {
  const { text } = await load(
    '.eml',
    mail(
      HEAD,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; format=flowed',
      '',
      'The bar was ',
      'shut on Monday.',
      '',
      '> Was it shut?',
      '--b',
      'Content-Type: text/plain; name="secret.txt"',
      'Content-Disposition: attachment; filename="secret.txt"',
      '',
      'The safe opens with forty-one.',
      '--b--',
    ),
  )
  expect(text.trim()).toBe('The bar was shut on Monday.\n\n> Was it shut?')
})

it('holds the mail that is forwarded within it, and the facts stay its own', async () => {
  const inner = ['From: Bruno Castell <bruno@example.org>', 'Subject: Old', 'Date: Mon, 10 Mar 2025 10:00:00 +0000', '', 'The ferry floats.']
  const parts = ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'See below.', '--b', 'Content-Type: message/rfc822', '', ...inner, '--b--']
  const { text, facts } = await load('.eml', mail(HEAD, parts))
  expect(text).toBe('See below.\n\nFrom: Bruno Castell\nDate: Mon, 10 Mar 2025 10:00:00 +0000\nSubject: Old\n\nThe ferry floats.')
  expect(facts).toEqual({ title: 'The harbour', author: 'Odile Marchetti', published: '2025-03-11' })
})

it.each([
  ['a megabyte of headers', mail(HEAD, `X-Bomb: ${'x '.repeat(500_000)}`, '', 'x'), 'TOO_COMPLEX'],
  [
    'parts in parts without end',
    mail(HEAD, Array.from({ length: 400 }, (_, i) => [`Content-Type: multipart/mixed; boundary=b${i}`, '', `--b${i}`]).flat(), '', 'x'),
    'TOO_COMPLEX',
  ],
  ['more parts than there are pages in a book', mail(HEAD, 'Content-Type: multipart/mixed; boundary=b', '', '--b\r\n'.repeat(10_001)), 'TOO_COMPLEX'],
  ['text without headers', Buffer.from('The harbour was dredged.\n\nIn May.'), 'NOT_MAIL'],
  ['a mailbox of Outlook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'BINARY'],
])('refuses %s', async (_, bytes, code) => {
  await expect(load('.eml', bytes)).rejects.toThrow(expect.objectContaining({ code, remedy: expect.stringMatching(/\w/) }))
})

it('reads mails within mails, of which each holds the next, until they are too many', async () => {
  const within = (count: number, bytes = mail(HEAD, '', 'the innermost')): Buffer =>
    count === 0 ? bytes : within(count - 1, Buffer.concat([mail(HEAD, 'Content-Type: message/rfc822', '', ''), bytes]))
  expect((await load('.eml', within(5))).text).toContain('the innermost')
  expect((await load('.eml', within(20))).text).not.toContain('the innermost')
})
