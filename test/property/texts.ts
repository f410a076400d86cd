import fc from 'fast-check'

/** What text is made of, and what is hard about it: ends of lines and sentences, quotes, other scripts, pairs of surrogates, joiners. */
const PIECES = [
  ...['The bar shut the harbour. ', 'They were 41 tides on 26 days. ', 'Nobody had said so before that day in May, and few did afterwards! ', 'It rained. '],
  ...[
    'The',
    'harbour',
    'was',
    'closed',
    'by',
    'Dr.',
    'Ferrand',
    'on',
    'Nov.',
    '26',
    'U.S.',
    'officials',
    'J.',
    'E.',
    'St.',
    'Johns',
    'a.m.',
    'e.g.',
    '(c.',
    '1455)',
    'No.',
    '5',
  ],
  ...['.', '!', '?', '…', '...', ',', ';', ':', '“', '”', '"', '’', '(', ')', '[', ']', '—', '-', '1.', 'a)', '- ', '# ', '|', '。', '「', '」'],
  ...[
    ' ',
    ' ',
    ' ',
    ' ',
    '  ',
    '\t',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '\r\n\r\n',
    '\n \n',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u3000',
    '\ufeff',
    '\u200b',
  ],
  ...['🦀', '👩‍👩‍👧', '🇬🇧', 'é', 'e\u0301', '港口', '关闭', 'ميناء', 'הנמל', 'ท่าเรือ', '\u202e', 'ﬁ', 'x'.repeat(60), '中'.repeat(40)],
]

/** Text as people write it, and worse. */
export const prose = fc.array(fc.constantFrom(...PIECES), { maxLength: 150 }).map((pieces) => pieces.join(''))

/** Any text at all, without half surrogate pairs: no file can hold one. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.replace(/\p{Cs}/gu, '\ufffd')),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  prose,
)
