import { escaped } from '../../test/word.ts'
import { AROUND, ARTICLE, CHROME, type Fixture, paragraphsOf } from './article.ts'

const p = (text: string, attributes = '') => `<p${attributes}>${escaped(text)}</p>\n`
const links = (texts: string[], item = (link: string) => `<li>${link}</li>`) =>
  texts.map((text, i) => item(`<a href="/p/${i}">${escaped(text)}</a>`)).join('\n')
const nav = `<ul class="menu">${links(AROUND.nav)}</ul>`
const quote = (attributes = '') => `<blockquote${attributes}><p>${escaped(ARTICLE.quote)}</p></blockquote>\n`
const list = `<ul>\n${ARTICLE.list.map((text) => `<li>${escaped(text)}</li>`).join('\n')}\n</ul>\n`
const [headRow, ...rows] = ARTICLE.table
const row = (cells: readonly string[], name: string) => `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join('')}</tr>`
const table = `<table><thead>${row(headRow, 'th')}</thead><tbody>${rows.map((one) => row(one, 'td')).join('\n')}</tbody></table>\n`
const figure = `<figure class="wp-block-image"><img src="pool.jpg" alt="Boats"><figcaption>${ARTICLE.caption}</figcaption></figure>\n`
const pulled = (tag: string) => `<${tag} class="pullquote"><p>“${ARTICLE.pulled}”</p></${tag}>\n`
const opening = ARTICLE.opening.map((text) => p(text)).join('')
const closing = ARTICLE.closing.map((text) => p(text)).join('')
const body = `${opening}${figure}<h2>${ARTICLE.heading}</h2>${p(ARTICLE.middle)}${list}${table}${pulled('aside')}<h2>${ARTICLE.heading2}</h2>${quote()}${closing}`
const share = `<div class="share-buttons"><ul>${links(AROUND.share)}</ul></div>`
const cookies = `<div id="cookie-banner" class="cookie-notice"><p>${AROUND.cookies}</p><button>Accept</button><a href="/c">Settings</a></div>`
const teasers = AROUND.related.map((text) => `<div class="teaser"><h3><a href="/r">${text}</a></h3><p>${AROUND.relatedText}</p></div>`).join('\n')
const comments = `<div id="comments" class="comments-area"><h2>1 response</h2><ol class="comment-list"><li class="comment"><p>${AROUND.comment}</p></li></ol><div id="respond" class="comment-respond"><form action="/c"><p>${AROUND.commentForm}</p><textarea name="c"></textarea></form></div></div>`
const newsletter = `<section class="newsletter-signup"><p>${AROUND.newsletter}</p><form><input type="email"></form></section>`
const sidebar = `<h2>${AROUND.sidebar[0]}</h2><ul>${links(AROUND.related)}</ul><p>${AROUND.sidebar[1]}</p>`
const head = (more = '') => `<head><meta charset="utf-8"><title>${ARTICLE.title} – ${ARTICLE.outlet}</title>${more}</head>`
const page = (htmlHead: string, content: string, bodyAttributes = '') =>
  `<!DOCTYPE html>\n<html lang="en">${htmlHead}<body${bodyAttributes}>${content}</body></html>\n`
const footer = p(AROUND.footer)

/** JSON-LD as publishers write it. */
const jsonLd = `<script type="application/ld+json">${JSON.stringify({
  '@context': 'https://schema.org',
  '@graph': [
    { '@type': 'WebSite', name: ARTICLE.outlet },
    {
      '@type': 'NewsArticle',
      headline: ARTICLE.title,
      datePublished: `${ARTICLE.date}T18:30:00+00:00`,
      author: [{ '@type': 'Person', name: ARTICLE.author }],
      publisher: { '@type': 'Organization', name: ARTICLE.outlet },
    },
  ],
})}</script>`

const ALL = paragraphsOf()
const PLAIN = paragraphsOf(['caption'])

/** Pages in the shapes that programs give them: [name, program, HTML, paragraphs]. */
const PAGES: [string, string, string, string[]][] = [
  [
    'wordpress',
    'WordPress, a theme without main',
    page(
      head(),
      `<a class="skip-link screen-reader-text" href="#c">Skip to content</a><div id="page"><div id="masthead" class="site-header"><div class="site-branding">${ARTICLE.outlet}</div><div class="main-navigation">${nav}</div></div><div id="content" class="site-content"><div id="primary" class="content-area"><div id="post-12" class="post-12 post type-post category-related hentry"><h1 class="entry-title">${ARTICLE.title}</h1><div class="entry-content">${p(ARTICLE.standfirst)}${body}<div class="sharedaddy sd-sharing-enabled"><ul>${links(AROUND.share)}</ul></div><div id="jp-relatedposts" class="jp-relatedposts">${teasers}</div></div></div>${comments}</div><div id="secondary" class="widget-area sidebar"><div class="widget">${sidebar}</div></div></div><div id="colophon" class="site-footer">${footer}</div></div>${cookies}`,
      ' class="single single-post has-sidebar"',
    ),
    ALL,
  ],
  [
    'drupal',
    'Drupal 7, Bartik',
    page(
      head(),
      `<div id="page-wrapper"><div id="header"><h1 id="site-name"><a href="/">${ARTICLE.outlet}</a></h1><div id="main-menu" class="navigation">${nav}</div></div><div id="main-wrapper"><div class="breadcrumb"><a href="/">Front page</a> » <a href="/n">Shore and sea</a></div><div id="sidebar-first" class="column sidebar"><div class="block">${sidebar}</div></div><div id="content" class="column"><div class="section"><h1 class="title" id="page-title">${ARTICLE.title}</h1><div class="region region-content"><div class="node node-article"><div class="content"><div class="field field-name-body">${p(ARTICLE.standfirst)}${body}</div></div><ul class="links inline"><li><a href="/a">Copy this link</a></li><li><a href="/b">Send by e-mail</a></li></ul></div></div></div></div></div><div id="footer-wrapper"><div id="footer">${footer}</div></div></div>`,
    ),
    ALL,
  ],
  [
    'govuk',
    'GOV.UK publishing components',
    page(
      head(`<meta name="govuk:first-published-at" content="${ARTICLE.date}">`),
      `<div id="global-cookie-message" class="gem-c-cookie-banner govuk-cookie-banner"><p>${AROUND.cookies}</p></div><header role="banner">${ARTICLE.outlet}</header><div class="govuk-width-container"><div class="gem-c-contextual-breadcrumbs govuk-breadcrumbs"><ol>${links(AROUND.nav)}</ol></div><main role="main" id="content"><div class="gem-c-title"><h1 class="gem-c-title__text">${ARTICLE.title}</h1></div><p class="gem-c-lead-paragraph">${ARTICLE.standfirst}</p><div class="gem-c-govspeak govuk-govspeak">${body}</div><div class="gem-c-share-links"><ul>${links(AROUND.share)}</ul></div><div class="gem-c-contextual-sidebar govuk-grid-column-one-third"><div class="gem-c-related-navigation"><ul>${links(AROUND.related)}</ul></div></div></main></div><div class="gem-c-feedback"><h2>Is this page useful?</h2><a href="/y">Yes</a></div><footer class="govuk-footer">${footer}</footer>`,
    ),
    ALL,
  ],
  [
    'newspaper',
    "a newspaper's CMS, teasers are articles as well",
    page(
      head(jsonLd),
      `${cookies}<header class="masthead">${nav}</header><div class="layout"><article class="story"><header><h1>${ARTICLE.title}</h1>${p(ARTICLE.standfirst, ' class="standfirst"')}</header>${share}<div class="story-body">${body}</div>${newsletter}</article><div class="more-stories">${AROUND.related.map((text) => `<article class="card"><a href="/r"><h3>${text}</h3></a><p>${AROUND.relatedText}</p></article>`).join('')}</div><article class="card promo"><h3><a href="/x">${AROUND.related[0]}</a></h3></article><aside class="right-rail">${sidebar}</aside></div><footer>${footer}</footer>`,
    ),
    ALL,
  ],
  [
    'tables-2003',
    'a page laid out with tables, 2003',
    `<HTML><HEAD><TITLE>${ARTICLE.title}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="780" BORDER=0 CELLPADDING=0><TR><TD COLSPAN=3 BGCOLOR="#003366"><FONT COLOR=white SIZE=5>${ARTICLE.outlet}</FONT></TD></TR><TR><TD WIDTH=140 VALIGN=top>${links(AROUND.nav, (link) => `<FONT SIZE=2>${link}</FONT><BR>`)}</TD><TD WIDTH=500 VALIGN=top><H1>${ARTICLE.title}</H1><P><B>${ARTICLE.standfirst}</B>${ARTICLE.opening.map((text) => `<P>${text}`).join('\n')}<P><B>${ARTICLE.heading}</B><P>${ARTICLE.middle}<UL>${ARTICLE.list.map((text) => `<LI>${text}`).join('\n')}</UL><TABLE BORDER=1>${ARTICLE.table.map((cells) => `<TR>${cells.map((cell) => `<TD><P>${cell}</P></TD>`).join('')}</TR>`).join('\n')}</TABLE><P><B>${ARTICLE.heading2}</B><BLOCKQUOTE>${ARTICLE.quote}</BLOCKQUOTE>${ARTICLE.closing.map((text) => `<P>${text}`).join('\n')}</TD><TD WIDTH=140 VALIGN=top><B>${AROUND.sidebar[0]}</B><BR>${links(AROUND.related, (link) => `${link}<BR>`)}</TD></TR><TR><TD COLSPAN=3 ALIGN=center><FONT SIZE=1>${AROUND.footer}</FONT></TD></TR></TABLE></BODY></HTML>`,
    PLAIN,
  ],
  [
    'single-page-app',
    'a server render of a single-page app, hashed class names',
    page(
      head(jsonLd),
      `<div id="__next"><div class="css-1x2y3z"><div class="css-9k0l1m"><a href="/" class="css-0">${ARTICLE.outlet}</a><ul class="css-7f8g9h">${links(AROUND.nav)}</ul></div><div class="css-4d5e6f"><div class="css-2b3c4d"><h1 class="css-11a">${ARTICLE.title}</h1><div class="css-22b">${p(ARTICLE.standfirst, ' class="css-33c"')}</div><div class="css-44d">${links(AROUND.share, (link) => `<span>${link}</span>`)}</div><div class="css-55e">${body}</div></div><div class="css-6g7h8i"><h2 class="css-77f">${AROUND.sidebar[0]}</h2><ul>${links(AROUND.related)}</ul></div></div><footer class="css-88g">${footer}</footer></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{"text":"${AROUND.cookies}"}}</script>`,
    ),
    ALL,
  ],
  [
    'forum',
    'a forum, phpBB',
    page(
      head(),
      `<div id="wrap"><div id="page-header"><h1>${ARTICLE.outlet}</h1><ul class="nav">${links(AROUND.nav)}</ul></div><div id="page-body"><h2 class="topic-title"><a href="/t">${ARTICLE.heading2}</a></h2>${[...ARTICLE.opening, ARTICLE.middle, ...ARTICLE.closing].map((text, i) => `<div id="p${i}" class="post ${i % 2 ? 'bg1' : 'bg2'}"><div class="inner"><div class="postbody"><div class="content"><p>${text}</p></div></div><ul class="post-buttons"><li><a href="/q">Copy this link</a></li><li><a href="/e">Send by e-mail</a></li></ul></div></div>`).join('<hr>')}</div><div id="page-footer"><div class="copyright">${AROUND.footer}</div></div></div>`,
    ),
    [...ARTICLE.opening, ARTICLE.middle, ...ARTICLE.closing],
  ],
  [
    'faq',
    'questions and answers, one article each',
    page(
      head(),
      `<header>${nav}</header><div class="faq"><h1>${ARTICLE.title}</h1>${ARTICLE.opening.map((text, i) => `<article class="question"><h2>Question ${i + 1}?</h2><p>${text}</p></article>`).join('\n')}<article class="question"><h2>When?</h2><p>${ARTICLE.closing[1]}</p></article></div><footer>${footer}</footer>`,
    ),
    [ARTICLE.title, ...ARTICLE.opening.flatMap((text, i) => [`Question ${i + 1}?`, text]), 'When?', ARTICLE.closing[1]],
  ],
  [
    'amp',
    'AMP',
    `<!doctype html><html amp lang="en">${head(jsonLd)}<body><amp-user-notification id="n" layout="nodisplay"><p>${AROUND.cookies}</p></amp-user-notification><amp-sidebar id="s" layout="nodisplay"><ul>${links(AROUND.nav)}</ul></amp-sidebar><div class="amp-wp-article"><h1>${ARTICLE.title}</h1><div class="amp-wp-article-content">${p(ARTICLE.standfirst)}${body.replaceAll('<img ', '<amp-img width="4" height="3" ').replaceAll('alt="Boats">', 'alt="Boats"></amp-img>')}</div><amp-social-share type="facebook"></amp-social-share><div class="amp-wp-meta tags-links"><a href="/t">Small advertisements</a></div></div><div class="amp-wp-footer">${footer}</div></body></html>`,
    ALL,
  ],
  [
    'saved-by-browser',
    'a page saved whole by a browser',
    `<!DOCTYPE html>\n<!-- saved from url=(0041)https://example.org/almanac/harbour-bar -->\n<html lang="en">${head('<base href="."><link rel="stylesheet" href="./Harbour_files/a.css"><link rel="canonical" href="https://example.org/almanac/harbour-bar">')}<body><div id="onetrust-consent-sdk"><p>${AROUND.cookies}</p></div><div class="site"><div class="top">${nav}</div><article itemscope><h1 itemprop="headline">${ARTICLE.title}</h1><p>By <span itemprop="author">${ARTICLE.author}</span></p>${share}${p(ARTICLE.standfirst)}${body}<div class="related-articles">${teasers}</div>${comments}</article><div class="bottom">${footer}</div></div><iframe src="./Harbour_files/x.html"></iframe></body></html>`,
    ALL,
  ],
  [
    'blog',
    'a blog without main, article or names that tell',
    page(
      head(),
      `<div class="top-bar">${links(AROUND.nav, (link) => `${link} | `)}</div><div class="outer"><h3 class="t">${ARTICLE.title}</h3><div class="inner">${p(ARTICLE.standfirst)}${body}</div><div class="after">${links(AROUND.share, (link) => `${link} `)}</div></div><div class="bottom">${links(AROUND.related)}</div><div class="end">${footer}</div>`,
    ),
    ALL,
  ],
  [
    'web-forms',
    'ASP.NET Web Forms, the whole page in a form',
    page(
      head(),
      `<form method="post" action="./a.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUK"><div id="ctl00_pnlNav">${nav}</div><div id="ctl00_Main"><h1>${ARTICLE.title}</h1>${p(ARTICLE.standfirst)}${body}</div><div id="ctl00_Footer" class="footer">${footer}</div></form>`,
    ),
    ALL,
  ],
]

export const pages: Fixture[] = PAGES.map(([name, producer, html, paragraphs]) => ({
  name: `${name}.html`,
  producer,
  bytes: Buffer.from(html),
  paragraphs,
  absent: CHROME.filter((text) => html.includes(text)),
}))
