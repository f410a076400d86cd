import { describe, expect, it } from 'vitest'
import { textOfHtml } from '../../index/loaders/html-text.ts'

const text = (html: string) => textOfHtml(html).text

it.each([
  ['white space as a browser folds it', '<p>  one \n\t two </p>', 'one two'],
  ['a no-break space as it is', '<p>one&nbsp;&nbsp;two</p>', 'one\u00a0\u00a0two'],
  ['nothing where a program keeps a place with a no-break space', '<p>a</p><p>&nbsp;</p><table><tr><td>b</td><td>&nbsp;</td></tr></table>', 'a\n\nb'],
  ['a no-break space between words', '<b>one</b>&nbsp;<b>two</b>', 'one\u00a0two'],
  ['no numbers that lead to a note and back', '<p>A log<a name="a1" href="#s1"><sup>1</sup></a>.<p><a id="s1" href="#a1">1</a>Kept.', 'A log.\n\nKept.'],
  ['numbers that lead elsewhere', '<p>See <a href="#part-4">4</a> and <a id="y" href="/1999">1999</a>.', 'See 4 and 1999.'],
  ['an empty line between blocks', '<h1>A</h1><p>b</p><div>c</div>', 'A\n\nb\n\nc'],
  ['a line for a break', 'one<br>two<br/>three', 'one\ntwo\nthree'],
  ['a line for each item of a list', '<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
  ['a bar between cells', '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>', 'a | b\n1 | 2'],
  ['words of one line across elements', 'on<b>e</b> <i>two</i><a href="#"> three</a>', 'one two three'],
  ['character references', '&lt;b&gt; &amp; &#x1F980; &quot;', '<b> & 🦀 "'],
  ['preformatted lines', '<pre>  a\n    b\n\nc</pre>', '  a\n    b\n\nc'],
  ['nothing of an empty document', '', ''],
])('reads %s', (_, html, expected) => {
  expect(text(html)).toBe(expected)
})

it.each([
  '<script>x</script>',
  '<style>x</style>',
  '<template>x</template>',
  '<nav>x</nav>',
  '<svg><text>x</text></svg>',
  '<noscript>x</noscript>',
  '<p hidden>x</p>',
  '<p aria-hidden="true">x</p>',
  '<p style="color:red; display: none">x</p>',
  '<button>x</button>',
  '<textarea>x</textarea>',
  '<!-- x -->',
])('leaves %s out', (html) => {
  expect(text(`<p>before</p>${html}<p>after</p>`)).toBe('before\n\nafter')
})

describe('of a page', () => {
  it('only main is read', () => {
    expect(text('<header>head</header><main><p>body</p></main><footer>foot</footer>')).toBe('body')
  })

  it('only article is read when there is one', () => {
    expect(text('<p>menu</p><article><p>body</p><footer>signed</footer></article>')).toBe('body\n\nsigned')
  })

  it('all articles are read when there are several', () => {
    expect(text('<article>one</article><article>two</article>')).toBe('one\n\ntwo')
  })

  it('the first heading is the title', () => {
    expect(textOfHtml('<h1> The <i>deep</i>\ncut </h1><h1>B</h1>').heading).toBe('The deep cut')
    expect(textOfHtml('<h2>B</h2>').heading).toBeNull()
  })
})

// An empty last cell leaves its bar waiting, and neither the row's end nor the table's replaces it.
it('keeps rows apart when the last cell of one is empty', () => {
  expect(text('<table><tr><td>a</td><td></td></tr><tr><td>b</td><td>c</td></tr></table><p>After')).toBe('a\nb | c\n\nAfter')
})

// The pattern for white space at the end is tried at every blank: 80,000 take 5 s.
it('reads long blanks in preformatted text at once', () => {
  const blank = ' '.repeat(30_000)
  const start = performance.now()
  expect(text(`<pre>a${blank}b</pre>`)).toBe(`a${blank}b`)
  expect(performance.now() - start).toBeLessThan(200)
})
