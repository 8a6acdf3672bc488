"""Sound inputs to begin with: written by hand or by Briefer's own writers, nothing of third parties."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path

from benchmarks.fuzz.libraries import encrypted, exported, small
from briefer import assets

_TEXT = """Ministers agree on a list of ports

17 December 2025 | Harbour Press

The ministers of Germany and Japan met in Lund. "We agreed on a list of ports," said Ann Lee, minister of trade.

港湾の安全について協議した。「港湾を重視する」と述べた。

(c) Harbour Press. Related: Ships of the week
"""
_HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ports &amp; ships</title>
<meta property="article:published_time" content="2025-12-17T09:30:00+01:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ports","datePublished":"2025-12-17",
"author":[{"@type":"Person","name":"Ann Lee"}],"publisher":{"name":"Harbour Press"}}</script></head>
<body><nav><ul><li><a href="/a">Home</a></li></ul></nav><article><h1>Ports &amp; ships</h1>
<p class="byline">By Ann Lee, 17 December 2025</p><p>The ministers of Germany and Japan met in <b>Lund</b> on Monday to
speak of ports, and agreed on a list of them that is to be published in spring.</p><blockquote>We agreed.</blockquote>
<table><tr><th>Port</th><th colspan="2">Ships</th></tr><tr><td>A</td><td>1</td><td>2</td></tr></table>
<ol start="3"><li>One<ul><li>Two</li></ul></li></ol><p>A second paragraph, long enough to be one of the article.</p>
<figure><img src="x.png" alt="a port"><figcaption>A port.</figcaption></figure></article><footer>(c) 2025</footer>
</body></html>"""
_PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<h2>Head</h2><p class=MsoNormal style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>One</p>
<p>Some <b>bold</b> <i>and</i> <a href="https://example.org/">linked</a> words<br>and a line</p>
<ul><li>a<ol><li>b</li></ol></li></ul><table><tr><td>1</td><td>2</td></tr></table><!--EndFragment--></body></html>"""
_MARKDOWN = """---
title: Ports
date: 2025-12-17
author: [Ann Lee]
---

# Ports

A paragraph with *words*, **more** and [a link](https://example.org/). [@019abc]

> We agreed.

1. one
   - two

| Port | Ships |
|---|---|
| A | 1 |

```
code
```
"""
_EML = """From: Ann Lee <ann@example.org>
To: =?utf-8?B?5riv?= <b@example.org>
Subject: =?iso-2022-jp?B?GyRCOUEbKEI=?= Ports
Date: Wed, 17 Dec 2025 09:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The ministers met in Lund =E2=80=93 and agreed.

> An older message

--b2
Content-Type: text/html; charset=utf-8

<p>The ministers met in <b>Lund</b>.</p>
--b2--
--b1
Content-Type: text/plain; name="note.txt"
Content-Disposition: attachment; filename="note.txt"
Content-Transfer-Encoding: base64

VGhlIG1pbmlzdGVycyBtZXQgaW4gTHVuZC4K
--b1--
"""
_MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/ports
Subject: Ports
Date: Wed, 17 Dec 2025 09:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----M"

------M
Content-Type: text/html
Content-Location: https://example.org/ports
Content-Transfer-Encoding: quoted-printable

<html><head><meta charset=3D"utf-8"><title>Ports</title></head><body><h1>Ports</h1><p>The ministers met in Lund=
 and agreed on a list of ports that will be published.</p></body></html>
------M--
"""
_RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times;}{\f1\fcharset128 MS Mincho;}}"
    r"{\colortbl;\red0\green0\blue0;}{\info{\title Ports}{\author Ann Lee}{\creatim\yr2025\mo12\dy17}}"
    r"\pard\sb120 {\b Ports}\par The ministers met in Lund \u8211? and agreed.\par"
    r"{\f1 \'8d\'60\'98\'70}\par\trowd\cellx2000\cellx4000 A\cell 1\cell\row\pard"
    r'{\footnote A note.}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt linked}}\par{\*\unknown x}}'
)
_RIS = """TY  - NEWS
TI  - Ministers agree on ports
AU  - Lee, Ann
AU  - 山田, 太郎
PY  - 2025/12/17
UR  - https://example.org/ports
AB  - The ministers met in Lund and agreed.
N1  - A note
ER  -

TY  - RPRT
T1  - Ships
ER  -
"""
_BIB = """@string{hp = "Harbour Press"}
@comment{x}
@article{lee2025, title = {Ministers {A}gree on {\\"O}resund}, author = {Lee, Ann and {Port Council}},
  journal = hp # " Weekly", year = 2025, month = dec, url = {https://example.org/}, abstract = "They $x^2$ met."}
@misc{x, title="Ships", date="2025-12-17/2025-12-18"}
"""
_CSL = [
    {
        "id": "a",
        "type": "article-newspaper",
        "title": "Ministers agree",
        "author": [{"family": "Lee", "given": "Ann"}, {"literal": "Port Council"}],
        "issued": {"date-parts": [[2025, 12, 17]]},
        "accessed": {"raw": "2025-12-18"},
        "container-title": "Port Review",
        "abstract": "They met.",
        "note": "original-date: 1999",
    },
    {"id": 2, "type": "report", "title": "Ships", "issued": {"literal": "spring"}},
]
_RDF = """<?xml version="1.0" encoding="UTF-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/">
<bib:Article rdf:about="#item_1"><z:itemType>newspaperArticle</z:itemType><dc:title>Ports</dc:title>
<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
<dc:date>2025-12-17</dc:date><dcterms:abstract>They met.</dcterms:abstract></bib:Article></rdf:RDF>"""
_LINES = (
    json.dumps(
        {
            "csl": _CSL[0],
            "text": "Ministers met in Lund.\n\nThey agreed on a list of ports.",
            "excerpts": [{"quote": "a list of ports", "tags": ["partner:SE", "free:x"], "comment": "c"}],
        }
    )
    + "\n"
)
_FODT = """<?xml version="1.0" encoding="UTF-8"?><office:document
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>
<dc:title>Ports</dc:title></office:meta><office:body><office:text><text:h text:outline-level="1">Ports</text:h>
<text:p>The ministers met<text:s text:c="3"/>in Lund.</text:p></office:text></office:body></office:document>"""
_STYLE = """<?xml version="1.0" encoding="utf-8"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note">
<info><title>Own</title><id>own</id><updated>2025-01-01T00:00:00+00:00</updated></info>
<macro name="who"><names variable="author"><name and="text" delimiter=", "/><substitute><text variable="title"/></substitute>
</names></macro><citation><sort><key macro="who"/></sort><layout delimiter="; "><choose><if position="ibid"><text value="Ibid"/>
</if><else><text macro="who"/><date variable="issued" form="text"/></else></choose></layout></citation>
<bibliography et-al-min="3" et-al-use-first="1"><layout suffix="."><text macro="who"/><text variable="URL" prefix=" "/>
</layout></bibliography></style>"""
_QUERIES = (
    'ports OR ships AND NOT "list of ports" partner:DE after:2025-01 before:2026 port*',
    '(tag:risk:cyber OR partner:"United Kingdom") -title:ships 港湾 publisher:"Harbour Press" is:quotation',
    "kind:fact grade:A1 brief:none NEAR (a b) speaker:Lee",
)
_TABLE = "kind,key,label_en,label_ja,words_en,words_ja,definition,group\nrisk,ports,Ports,港湾,port; ports,港湾,of ports,x\n"


_PDF_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    b"/Annots[<</Type/Annot/Subtype/Link/Rect[72 700 90 712]/A<</S/URI/URI(https://example.org/)>>>>]>>"
)


def _pdf(filter_: str = "") -> bytes:
    """A page of text, uncompressed, so that a changed byte reaches the reader."""
    lines = b"".join(
        b"BT /F 10 Tf 1 0 0 1 72 %d Tm (The ministers met in Lund, line %d of the paragraph.) Tj ET\n"
        % (740 - 12 * n, n)
        for n in range(9)
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        _PDF_PAGE,
        b"<</Length %d%s>>stream\n%sendstream" % (len(lines), filter_.encode(), lines),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
        b"<</Type/Outlines/Count 0>>",
        b"<</Title(Ports)/Author(Ann Lee)/CreationDate(D:20251217093000+01'00')>>",
    ]
    made = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(made)


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


TARGETS = (
    "ris",
    "bib",
    "json",
    "rdf",
    "csv",
    "png",
    "query",
    "vocabulary",
    "form",
    "eml",
    "mhtml",
    "rtf",
    "fodt",
    "md",
    "txt",
    "html",
    "docx",
    "odt",
    "pdf",
    "page",
    "zip",
    "paste",
    "prose",
    "style",
    "jsonl",
    "import",
    "template",
    "returned",
    "library",
    "rescue",
    "encrypted",
)
KEPT = Path(__file__).parent / "seeds"


def kept(name: str) -> list[bytes]:
    """Return the inputs that were worth keeping: those over which a reader once fell, and what leads to odd places in it."""
    return [file.read_bytes() for file in sorted((KEPT / name).glob("*"))]


@cache
def sound(folder: Path, name: str) -> list[bytes]:
    """Return the sound inputs of a target."""
    made = _written().get(name)
    if made is not None:
        return made
    template = (assets.resources() / "templates" / "brief.docx").read_bytes()
    if name in {"pdf", "page"}:
        return [_pdf(), exported(folder, "pdf")]
    if name in {"docx", "template"}:
        return [exported(folder, "docx"), template]
    if name in {"odt", "returned"}:
        return [exported(folder, "odt" if name == "odt" else "docx")]
    if name == "encrypted":
        return [encrypted(folder)]
    return small(folder, _TEXT, _LINES)  # library, rescue


def _samples(suffix: str) -> list[bytes]:
    """Return the articles of the sample library, which were written for it."""
    return [file.read_bytes() for file in sorted((assets.resources() / "sample").glob(f"*.{suffix}"))]


def _written() -> dict[str, list[bytes]]:
    text, html, eml = _TEXT.encode(), _HTML.encode(), _EML.replace("\n", "\r\n").encode()
    inner = _zip({"e.md": _MARKDOWN.encode()})
    return {
        "fodt": [_FODT.encode()],
        "rtf": [_RTF.encode()],
        "zip": [_zip({"a/note.txt": text, "b.html": html, "c.eml": eml, "d.zip": inner})],
        "jsonl": [_LINES.encode() * 2],
        "rdf": [_RDF.encode()],
        "json": [json.dumps(_CSL).encode()],
        "ris": [_RIS.encode()],
        "bib": [_BIB.encode()],
        "mhtml": [_MHTML.replace("\n", "\r\n").encode()],
        "eml": [eml],
        "html": [html, *_samples("html")],
        "md": [_MARKDOWN.encode()],
        "txt": [text, *_samples("txt"), _TEXT.encode("utf-16"), _TEXT.encode("cp932", "replace")],
        "png": [b"\x89PNG\r\n\x1a\n" + bytes(60)],
        "csv": [b"port,ships\nA,1\n"],
        "import": [text, html, eml, _RIS.encode(), _MARKDOWN.encode(), _RTF.encode()],
        "form": [(assets.resources() / "forms" / "meeting-brief.json").read_bytes()],
        "style": [_STYLE.encode()],
        "paste": [_PASTED.encode(), html],
        "prose": [_MARKDOWN.encode()],
        "query": [query.encode() for query in _QUERIES],
        "vocabulary": [_TABLE.encode()],
    }
