"""The style sheets of a page: one that Qt knows too, and one for browsers and paper."""

from __future__ import annotations

from briefer.domain.characters import xml_safe
from briefer.domain.documents import Document
from briefer.export.frame import status

# Qt's rich text reads the first sheet; it gives up a whole sheet at a rule that it does not know, so what is
# for browsers alone stands in a sheet of its own.
STYLE = """
body { font-family: Arial, "Helvetica Neue", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", sans-serif; }
h1 { color: #1f3247; font-size: 20pt; margin-top: 8px; margin-bottom: 4px; }
h2 { color: #2f4a66; font-size: 14pt; margin-top: 22px; margin-bottom: 6px; }
h3 { color: #2f4a66; font-size: 12pt; margin-top: 16px; margin-bottom: 4px; }
h4 { color: #5a6675; font-size: 11pt; margin-top: 12px; margin-bottom: 4px; }
p { margin-top: 0px; margin-bottom: 8px; }
p.subtitle { color: #5a6675; margin-bottom: 10px; }
p.prompt { color: #6b7685; font-style: italic; }
p.source { margin-left: 24px; text-indent: -24px; }
p.caption { color: #5a6675; font-weight: bold; margin-top: 10px; margin-bottom: 4px; }
p.status { font-weight: bold; }
li.note { font-size: 9pt; margin-bottom: 4px; }
blockquote { margin-left: 24px; margin-right: 24px; margin-top: 4px; margin-bottom: 12px; }
pre { font-family: "Courier New", monospace; font-size: 9pt; margin-left: 24px; }
table { border-collapse: collapse; margin-bottom: 12px; }
th { background-color: #e8edf2; color: #1f3247; text-align: left; }
td, th { border-bottom: 1px solid #b8c4d0; vertical-align: top; }
td.count { text-align: center; }
a { color: #1f5a96; }
span.editorial { color: #5a6675; }
span.portion { font-weight: bold; }
ol.signed { list-style-type: none; }
"""

# Heads and feet that stay in their places are repeated on every printed page; the text keeps clear of them
# because each part of it that a page holds has the padding of the whole (CSS Fragmentation, box-decoration-break).
_BROWSER_STYLE = """
:root { color-scheme: light dark; }
body { line-height: 1.5; margin: 2rem auto; max-width: 46rem; padding: 0 1.25rem; }
h1 { line-height: 1.25; }
p.subtitle { border-bottom: 1px solid #b8c4d0; padding-bottom: .6rem; }
p.numbered { padding-left: 2.6em; text-indent: -2.6em; }
p.numbered > .number { display: inline-block; min-width: 2.6em; text-indent: 0; }
blockquote { border-left: 3px solid #b8c4d0; padding-left: 1rem; }
blockquote.translation { border-left-style: dotted; }
blockquote p:last-child { margin-bottom: 0; }
ol.signed > li > .number { display: inline-block; margin-left: -2.6em; min-width: 2.3em; }
ol.signed > li > .number + p { display: inline; }
pre { overflow-x: auto; }
nav ul { list-style: none; padding-left: 1.25rem; }
nav > ul { padding-left: 0; }
table { width: 100%; }
.heat th, .heat td { border: 1px solid #b8c4d0; }
li.note { overflow-wrap: anywhere; }
sup { line-height: 0; }
:target { scroll-margin-top: 1rem; }
@media (prefers-color-scheme: dark) {
  h1, h2, h3 { color: #c4d4e6; }
  h4, p.subtitle, p.caption, p.prompt, span.editorial { color: #a3b0bf; }
  th { background-color: #263442; color: #d5e0ec; }
  a { color: #8ab8ea; }
  p.subtitle, blockquote, th, td { border-color: #46566a; }
}
@media print {
  :root { color-scheme: light; }
  body { margin: 0; max-width: none; padding: 0; }
  main { -webkit-box-decoration-break: clone; box-decoration-break: clone; padding: 1.1cm 0; }
  .head, .foot { left: 0; margin: 0; position: fixed; right: 0; }
  .head { top: 0; }
  .foot { bottom: 0; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3, h4, .caption { break-after: avoid; }
  tr, blockquote, pre { break-inside: avoid; }
  thead { display: table-header-group; }
  p { orphans: 3; widows: 3; }
  .annex { break-before: page; }
  .heat td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
_PAGE = "@page {{ margin: 1.5cm 2cm 2cm; size: A4; {boxes} }}\n"
_BOX = "@{place} {{ content: {text}; font-size: 8.5pt; }}"
_FIELDS = {"{page}": "counter(page)", "{pages}": "counter(pages)"}


def browser_style(document: Document) -> str:
    """Return the sheet for browsers; those that know margin boxes print page numbers, «draft» and copy there."""
    label = quoted(xml_safe(document.page_label))
    for field, counter in _FIELDS.items():
        label = label.replace(quoted(field)[1:-1], f'" {counter} "')
    boxes = [_BOX.format(place="bottom-center", text=label)]
    if line := status(document):
        boxes.append(_BOX.format(place="top-right", text=quoted(line)))
    return _BROWSER_STYLE + _PAGE.format(boxes=" ".join(boxes))


def quoted(text: str) -> str:
    """Return ``text`` as a CSS string: whatever could end it, or the sheet, by its number (CSS Syntax 4.3.7)."""
    return '"' + "".join(c if c.isalnum() or c in " {}" else f"\\{ord(c):x} " for c in text) + '"'
