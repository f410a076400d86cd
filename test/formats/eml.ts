import type { Written } from '../written.ts'

/** A line of quoted-printable, broken softly at 70 bytes. */
function quotedPrintable(line: string): string {
  const bytes = Array.from(Buffer.from(line), (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x3d ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
  )
  const lines = ['']
  for (const one of bytes) {
    if ((lines.at(-1) as string).length > 70) lines.push('')
    lines[lines.length - 1] += one
  }
  return lines.join('=\r\n')
}

export const written: Written = {
  write: (paragraphs) =>
    [
      'From: =?utf-8?B?T2RpbGUgTcOhcmNoZXR0aQ==?= <odile@example.org>',
      'Date: Tue, 11 Mar 2025 23:30:00 -0800',
      'Subject: The harbour',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="=_b"',
      '',
      '--=_b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      ...paragraphs.flatMap((text) => [quotedPrintable(text), '']),
      '--=_b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>The same as HTML</p>',
      '--=_b--',
      '',
    ].join('\r\n'),
  isText: false,
  pieces: ['From: a\n', '\n\n', 'Content-Type: multipart/mixed; boundary=b\n', '--b\n', '--b--', '=E2', '=?utf-8?Q?=F0?='],
}
