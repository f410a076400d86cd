/** The style of the reports. Text has a contrast of at least 7:1 on paper, light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfbf7; --sheet: #f5f2ea; --ink: #1b1a17; --muted: #4f4c45; --hairline: #d9d5ca; --accent: #86171b; --soft: #d8b5ae;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Charter, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #151513; --sheet: #1d1c19; --ink: #eeebe2; --muted: #b9b5a9; --hairline: #3b3933; --accent: #f4a396; --soft: #6b4640; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 2.5rem 1.5rem 5rem; background: var(--paper); color: var(--ink); font: 400 1rem/1.5 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol, dl, dd, figure, blockquote { margin: 0; padding: 0; }
header { border-bottom: 1px solid var(--hairline); padding-bottom: 1.5rem; }
.over { color: var(--accent); font-size: .8125rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; }
h1 { margin: .25rem 0 .5rem; font: 400 2.25rem/1.2 var(--serif); }
h2 { margin: 3rem 0 .25rem; font: 400 1.5rem/1.3 var(--serif); }
h3 { font-size: 1rem; font-weight: 600; }
header .side { margin-top: 1rem; }
.about, .note { max-width: 44rem; color: var(--muted); }
.note { margin-top: .75rem; border-left: 3px solid var(--accent); padding-left: .75rem; color: var(--ink); }
.text { unicode-bidi: isolate; }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1.5rem 1.25rem; margin-top: 2rem; }
.key dt { color: var(--muted); font-size: .875rem; }
.key dd { font: 400 2rem/1.2 var(--serif); font-variant-numeric: tabular-nums lining-nums; }
.key small { display: block; color: var(--muted); font: 400 .8125rem/1.4 var(--sans); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 0 2rem; margin-top: 1.5rem; }
.plots > figure { margin-bottom: 2rem; }
figure { display: grid; grid-template-rows: subgrid; grid-row: span 3; align-content: start; row-gap: 0; min-width: 0; }
figcaption { font-weight: 600; }
figcaption span { display: block; color: var(--muted); font-size: .875rem; font-weight: 400; }
svg { display: block; width: 100%; height: auto; margin: .75rem 0 .5rem; }
svg text { fill: var(--muted); font: 400 12px var(--sans); font-variant-numeric: tabular-nums; }
svg text.strong { fill: var(--ink); font-weight: 600; }
.grid { stroke: var(--hairline); stroke-width: 1; }
.axis { stroke: var(--muted); stroke-width: 1; }
.even { stroke: var(--muted); stroke-width: 1; stroke-dasharray: 3 4; }
.line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.whisker { stroke: var(--accent); stroke-width: 1; opacity: .6; }
.dot, .right { fill: var(--accent); }
.wrong { fill: var(--soft); }
.now { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.tables { columns: 28rem 2; column-gap: 3rem; margin-top: .75rem; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
.tables table { margin-bottom: 2rem; break-inside: avoid; }
caption { padding: .5rem 0; font-size: 1rem; font-weight: 600; text-align: left; }
th, td { border-top: 1px solid var(--hairline); padding: .375rem .75rem .375rem 0; text-align: right; vertical-align: top; white-space: nowrap; }
th:first-child { width: 100%; text-align: left; white-space: normal; font-weight: 400; }
thead th { border-top: 0; color: var(--muted); font-weight: 400; }
th small { display: block; color: var(--muted); font-size: .8125rem; }
tr > :last-child { padding-right: 0; }
details { margin-top: .25rem; }
summary { color: var(--accent); cursor: pointer; font-size: .875rem; }
summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.misses { display: grid; gap: 0; list-style: none; }
.misses > li { border-top: 1px solid var(--hairline); padding: 1rem 0; }
.misses > li:first-child { margin-top: 1rem; }
.misses dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .375rem 1rem; margin-top: .5rem; max-width: 56rem; }
.misses dt { color: var(--muted); font-size: .875rem; line-height: 1.6; }
.misses blockquote, .misses q { font-family: var(--serif); quotes: "\\201c" "\\201d"; }
.misses blockquote { font-size: 1.0625rem; }
.misses cite, .facts { color: var(--muted); font-size: .875rem; font-style: normal; }
footer { margin-top: 4rem; border-top: 1px solid var(--hairline); padding-top: 1rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.75rem; }
  .misses dl { grid-template-columns: 1fr; gap: 0; }
  .misses dd { margin-bottom: .5rem; }
}
@media print { body { max-width: none; } .misses > li, figure { break-inside: avoid; } }
`
