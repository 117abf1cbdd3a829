"""Everything that the page looks like. System fonts, no picture: nothing is loaded."""

import base64
import hashlib
from typing import Final

from .html import Html

_STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --panel: #fff; --text: #15181c; --quiet: #545b64; --line: #d5d9df; --bar: #4a6fa5;
  --pass: #0a6338; --warn: #7a4a00; --fail: #a3151c; --idle: #464d56; --link: #1a4f9c;
  --pass-band: #0a6338; --warn-band: #f5c451; --fail-band: #b3161f; --idle-band: #454c55;
  --on-band: #fff; --on-warn-band: #241900;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1114; --panel: #171b20; --text: #e9ebee; --quiet: #a6aeb8; --line: #2f363e; --bar: #7ba2dc;
    --pass: #74d69f; --warn: #f2c14e; --fail: #ff9b98; --idle: #bcc3cc; --link: #9cc1ff;
    --pass-band: #0d5a35; --warn-band: #e3ae35; --fail-band: #a8141c; --idle-band: #3b424a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.45 system-ui, sans-serif; }
header, main, footer { padding: 1rem max(1rem, calc((100% - 72rem) / 2)); }
header { color: var(--on-band); }
header.pass { background: var(--pass-band); }
header.warn { background: var(--warn-band); color: var(--on-warn-band); }
header.fail { background: var(--fail-band); }
header.idle { background: var(--idle-band); }
header a { color: inherit; }
h1 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
h1 span { font-weight: 400; }
.as-of { margin: .5rem 0 0; font-size: .9375rem; }
.headline { margin: .25rem 0 0; font-size: 1.75rem; font-weight: 700; line-height: 1.2; }
.findings { margin: .75rem 0 0; padding-left: 1.25rem; }
.findings li { margin: .25rem 0; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.125rem; scroll-margin-top: 1rem; }
p { margin: 0 0 .75rem; overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
section { margin: 1rem 0 0; padding: 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
.card { margin: 0; }
.card h2 { margin: 0; font-size: .9375rem; font-weight: 500; color: var(--quiet); }
.card p { margin: .25rem 0 0; }
.answer { font-size: 1.5rem; font-weight: 700; line-height: 1.25; }
.behind, .quiet, .caption, footer { color: var(--quiet); }
.behind, .caption { font-size: .9375rem; }
.caption { margin: 0 0 .5rem; }
.tone { font-weight: 600; }
.answer .tone { font-weight: 700; }
.tone svg { width: .85em; height: .85em; margin-right: .35em; fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.tone.pass { color: var(--pass); }
.tone.warn { color: var(--warn); }
.tone.fail { color: var(--fail); }
.tone.idle { color: var(--idle); }
.chart { display: block; margin-bottom: .75rem; font-size: 12px; fill: var(--text); }
.chart .row-name { font-weight: 600; font-size: 13px; }
.chart .row-count, .chart .tick { fill: var(--quiet); }
.chart .bar { fill: var(--bar); }
.chart .failed .bar { fill: var(--fail); }
.chart .grid { stroke: var(--line); }
.chart .base { stroke: var(--quiet); }
.chart .p50, .chart .p95 { stroke: var(--text); stroke-width: 1.5; }
.chart .mark { font-weight: 600; paint-order: stroke; stroke: var(--panel); stroke-width: 4px; }
.chart .limit { stroke: var(--fail); stroke-width: 1.5; stroke-dasharray: 4 4; }
.chart .limit-text { fill: var(--fail); font-weight: 600; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header a:focus-visible { outline-color: currentColor; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .4rem .6rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-top: 0; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
th:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
@media (max-width: 48rem) {
  .cards { gap: .5rem; }
  section { margin-top: .75rem; padding: .75rem; }
  table, tbody { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
  tbody th { flex: 0 0 100%; padding: 0; border: 0; font-weight: 600; }
  td, td.number { display: flex; gap: .4rem; padding: 0; border: 0; text-align: left; }
  td::before { content: attr(data-column) / ""; color: var(--quiet); }
}
code { font: .9375em ui-monospace, monospace; overflow-wrap: anywhere; }
footer { font-size: .875rem; }
footer a { color: var(--link); }
"""  # noqa: E501

# Its text is the hashed one, to the letter; nothing that is inserted elsewhere comes in here.
STYLE_ELEMENT: Final = Html(f"<style>{_STYLE}</style>")

_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

# Nothing may be loaded, run, sent or framed; the one style is named by its hash.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        f"style-src 'sha256-{_HASH}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
