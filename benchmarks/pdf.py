"""Measure the reading of PDF files: paragraphs found exactly, and the time for 300 pages beside pypdf.

The files are made here, from texts whose paragraphs are known, by typst (`pip install typst pypdf`) and by
LibreOffice (`soffice` on the path; left out where it is not): English, German and Japanese, one column and
two, vertical, with notes, running heads, broken words, lists and tables. A paragraph counts as found when one
segment of the reading equals it, white space folded and the mark of a list or note apart.

    python benchmarks/pdf.py [FOLDER]

FOLDER keeps the files that were made.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pypdf
import typst

from briefer.domain.sources import Capture, SegmentKind
from briefer.domain.spans import fold
from briefer.intake.pdf import reader as pdf
from briefer.intake.pdf.files import opened
from briefer.services.ports import Taken

REQUIRED = 0.95
SECONDS = 2.0
PAGES = 300
MARK = re.compile(r"^(?:[•–‣◦·●-]\s*|\d{1,3}[.)]?\s+|\(\d{1,3}\)\s*)")
CJK = "Noto Serif CJK JP"


@dataclass(frozen=True)
class Item:
    """One piece of a document: ``h`` heading, ``p`` paragraph, ``l`` list item, ``n`` note, ``c`` cells."""

    kind: str
    text: str
    note: str = ""
    cells: tuple[tuple[str, ...], ...] = ()


class Prose:
    """Sentences put together by chance from parts, the same at every run."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def _one(self, words: str) -> str:
        return self.chance.choice(words.split("|"))

    def sentence(self) -> str:
        raise NotImplementedError

    def paragraph(self, least: int = 1, most: int = 7) -> str:
        return self.between.join(self.sentence() for _ in range(self.chance.randint(least, most)))

    between = " "


class English(Prose):
    def sentence(self) -> str:
        who = self._one(
            "The ministry|Officials in both capitals|A working-level group|The commission|Several manufacturers|Analysts"
            "|The governor of the central bank|Two shipping companies|The coalition government|Port authorities"
        )
        did = self._one(
            "announced|has quietly prepared|will review|postponed|welcomed|are studying|expect|published|rejected|agreed on"
        )
        what = self._one(
            "a long-term agreement on critical minerals|new screening rules for foreign investment|the export of lithium-ion batteries"
            "|an emergency stockpile of semiconductors|the country’s medium-range energy plan|a state-owned fund for infrastructure"
            "|closer co-operation with like-minded partners|the reorganisation of maritime surveillance"
        )
        when = self._one(
            "before the summit in March 2026|after weeks of negotiation|in spite of considerable opposition|by the end of fiscal 2025"
            "|while inflation remained at 2.4 percent|with the approval of parliament|for the third consecutive year"
        )
        tail = self._one(
            "||, according to a statement seen by reporters|, officials said on condition of anonymity"
            "|, which would cost some $1.2 billion|; details were not disclosed"
            "|, although implementation depends on industrial collaboration and on the availability of transportation"
        )
        return f"{who} {did} {what} {when}{tail}."


class German(Prose):
    def sentence(self) -> str:
        who = self._one(
            "Die Bundesregierung|Der Ausschuss|Mehrere Unternehmen|Das Wirtschaftsministerium|Die Kommission"
        )
        did = self._one("beschloss|prüft derzeit|veröffentlichte|lehnt|begrüßte|verhandelt über")
        what = self._one(
            "die Versorgungssicherheit mit Halbleitern|ein Investitionskontrollgesetz|neue Ausfuhrbestimmungen"
            "|die wirtschaftspolitische Zusammenarbeit|den Ausbau der Übertragungsnetze"
        )
        when = self._one(
            "trotz erheblicher Bedenken|im Dezember 2025|nach langwierigen Verhandlungen|ohne Gegenstimmen"
        )
        return f"{who} {did} {what} {when}."


class Japanese(Prose):
    between = ""

    def sentence(self) -> str:
        who = self._one(
            "政府は|外務省の担当者は|経済産業省は|複数の企業が|両国の首脳は|専門家の一部は|中央銀行の総裁は|A社とB社は"
        )
        when = self._one(
            "2025年12月に|来年の春までに|会議の後で|三年連続で|国会の承認を得て|G7の議論を踏まえ|"
        )
        what = self._one(
            "重要鉱物の供給網を点検する新しい仕組みを|半導体の緊急備蓄を|外国からの投資を審査する規則を|海上の監視体制の見直しを"
            "|約120億円の基金を|「自由で開かれた」秩序を支える協力を|EUとの連携協定を"
        )
        did = self._one(
            "発表した。|導入すると述べた。|検討している。|延期したという。|歓迎すると表明した（詳細は未公表）。|進める考えだ。"
        )
        return who + when + what + did


def document(prose: Prose, *, items: int = 60, lists: bool = True, notes: bool = False) -> list[Item]:
    """Return a text of headings, paragraphs, lists and (of notes) notes."""
    found: list[Item] = []
    for number in range(items):
        if number % 9 == 0:
            heading = "第{}部の概要と課題" if isinstance(prose, Japanese) else "Section {} and its background"
            found.append(Item("h", heading.format(number // 9 + 1)))
        elif lists and number % 13 == 7:
            found += [Item("l", prose.paragraph(1, 2)) for _ in range(4)]
        note = prose.sentence() if notes and number % 4 == 1 else ""
        found.append(Item("p", prose.paragraph(), note))
    return found


def table(prose: Prose) -> Item:
    """Return a table of short cells."""
    rows = [("Country", "Measure", "Year")]
    rows += [(f"Partner {n}", " ".join(prose.sentence().split()[2:8]), str(2010 + n)) for n in range(1, 8)]
    return Item("c", "", cells=tuple(rows))


def typst_pdf(items: list[Item], setting: str, folder: Path, name: str) -> Path:
    def text(raw: str) -> str:
        return re.sub(r"([#*_$@<>`\\\[\]~/=+-])", r"\\\1", raw)

    lines = [setting]
    for item in items:
        if item.kind == "h":
            lines.append(f"== {text(item.text)}\n")
        elif item.kind == "l":
            lines.append(f"- {text(item.text)}")
        elif item.kind == "c":
            cells = ", ".join(f"[{text(cell)}]" for row in item.cells for cell in row)
            lines.append(f"\n#table(columns: ({', '.join(['auto'] * len(item.cells[0]))}), {cells})\n")
        else:
            note = f"#footnote[{text(item.note)}]" if item.note else ""
            lines.append(f"\n{text(item.text)}{note}\n")
    source, target = folder / f"{name}.typ", folder / f"{name}.pdf"
    source.write_text("\n".join(lines), encoding="utf-8")
    typst.compile(str(source), output=str(target))
    return target


NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "text", "table")
} | {"fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"}


def odt_pdf(
    items: list[Item],
    folder: Path,
    name: str,
    *,
    paragraph: str = "",
    page: str = "",
    columns: int = 1,
    language: str = "en-US",
    size: int = 11,
) -> Path:
    """Make a PDF with LibreOffice from a flat OpenDocument text."""
    code, _, country = language.partition("-")
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    asian = f'style:font-name-asian="{CJK}" style:language-asian="ja" style:country-asian="JP"'
    fonts = f'style:font-name="Liberation Serif" fo:language="{code}" fo:country="{country}" {asian}'
    source = folder / f"{name}.fodt"
    source.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="{CJK}" svg:font-family="'{CJK}'"/>
<style:font-face style:name="Liberation Serif" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties {fonts} fo:font-size="{size}pt"
 style:font-size-asian="{size}pt" fo:hyphenate="true"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Body" style:family="paragraph"><style:paragraph-properties {paragraph}/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
<style:style style:name="Head" style:family="paragraph" style:default-outline-level="1"><style:paragraph-properties
 fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"/><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"
 fo:font-size="14pt" style:font-size-asian="14pt"/></style:style>
<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="1.2cm"/></style:list-level-properties>
</text:list-level-style-bullet></text:list-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" text:footnotes-position="page"/></office:styles>
<office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2.2cm" {page}>{f'<style:columns fo:column-count="{columns}" fo:column-gap="0.6cm"/>'}
</style:page-layout-properties><style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"><style:header><text:p>Trade bulletin 7</text:p>
</style:header><style:footer><text:p><text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{"".join(_odt(items))}</office:text></office:body></office:document>""",
        encoding="utf-8",
    )
    office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(office, check=True, capture_output=True, timeout=120)
    return folder / f"{name}.pdf"


def _odt(items: list[Item]) -> Iterator[str]:
    number = 0
    for item in items:
        if item.kind == "h":
            yield f'<text:h text:style-name="Head" text:outline-level="1">{escape(item.text)}</text:h>'
        elif item.kind == "l":
            entry = f"<text:list-item><text:p>{escape(item.text)}</text:p></text:list-item>"
            yield f'<text:list text:style-name="L">{entry}</text:list>'
        elif item.kind == "c":
            rows = "".join(
                "<table:table-row>"
                + "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row)
                + "</table:table-row>"
                for row in item.cells
            )
            width = len(item.cells[0])
            yield f'<table:table><table:table-column table:number-columns-repeated="{width}"/>{rows}</table:table>'
        else:
            note = ""
            if item.note:
                number += 1
                body = f'<text:note-body><text:p text:style-name="Footnote">{escape(item.note)}</text:p></text:note-body>'
                cited = f"<text:note-citation>{number}</text:note-citation>"
                note = f'<text:note text:id="n{number}" text:note-class="footnote">{cited}{body}</text:note>'
            yield f'<text:p text:style-name="Body">{escape(item.text)}{note}</text:p>'


def taken(path: Path) -> Taken:
    return Taken(path.name, path.read_bytes(), datetime(2026, 1, 1, tzinfo=UTC))


def wanted(items: list[Item]) -> Iterator[str]:
    for item in items:
        yield from ([cell for row in item.cells for cell in row] if item.cells else [item.text])
        if item.note:
            yield item.note


def score(items: list[Item], capture: Capture) -> tuple[int, int, list[str]]:
    """Return how many texts are wanted, how many found, and those that are not."""
    kinds = {SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.TITLE}
    found = Counter[str]()
    for segment in capture.reading.segments:
        if segment.kind in kinds:
            text = fold(capture.text[segment.span.start : segment.span.end])
            found.update({text, MARK.sub("", text, count=1)})
    missing: list[str] = []
    texts = [fold(text) for text in wanted(items)]
    for text in texts:
        if found[text]:
            found[text] -= 1
        else:
            missing.append(text)
    return len(texts), len(texts) - len(missing), missing


def samples(folder: Path) -> Iterator[tuple[str, list[Item], Path]]:
    """Make the files one after the other."""
    head = '#set page(paper: "a4", header: [Trade bulletin 7 #h(1fr) Draft], numbering: "1")\n'
    ja = f'#set text(lang: "ja", font: "{CJK}", size: 10.5pt)\n'
    title = '#place(top + center, scope: "parent", float: true, text(size: 20pt)[A title over both columns])'
    columns = (
        f'{head}#set page(columns: 2)\n#set par(justify: true)\n#set text(lang: "en", size: 10pt)\n{title}'
    )
    settings: dict[str, tuple[str, list[Item]]] = {
        "typst English, justified": (
            head + '#set par(justify: true)\n#set text(lang: "en")',
            [*document(English(1)), table(English(11))],
        ),
        "typst English, indents": (
            head + "#set par(first-line-indent: (amount: 1.2em, all: true), spacing: 0.65em)",
            document(English(2)),
        ),
        "typst English, two columns": (
            columns,
            document(English(3)),
        ),
        "typst English, notes": (head + '#set text(lang: "en")', document(English(4), notes=True)),
        "typst German, broken words": (
            head
            + '#set par(justify: true)\n#set text(lang: "de", size: 10pt, hyphenate: true)\n#set page(columns: 2)',
            document(German(5)),
        ),
        "typst Japanese": (head + ja + "#set par(justify: true)", document(Japanese(6))),
        "typst Japanese, indents": (
            head
            + ja
            + "#set par(justify: true, first-line-indent: (amount: 1em, all: true), spacing: 0.65em)",
            document(Japanese(7)),
        ),
    }
    for name, (setting, items) in settings.items():
        yield name, items, typst_pdf(items, setting, folder, re.sub(r"\W+", "-", name))
    if shutil.which("soffice") is None:
        print("LibreOffice is not at hand: its files are left out")
        return
    spaced = 'fo:margin-bottom="0.25cm"'
    vertical = 'style:writing-mode="tb-rl"'
    offices: dict[str, tuple[list[Item], dict[str, object]]] = {
        "LibreOffice English": ([*document(English(21)), table(English(31))], {}),
        "LibreOffice English, justified": (
            document(English(22)),
            {"paragraph": f'{spaced} fo:text-align="justify"', "size": 12},
        ),
        "LibreOffice English, two columns": (
            document(English(23)),
            {"paragraph": 'fo:text-align="justify" fo:text-indent="0.5cm"', "columns": 2, "size": 10},
        ),
        "LibreOffice English, notes": (document(English(24), notes=True), {"paragraph": spaced}),
        "LibreOffice German": (
            document(German(25)),
            {"paragraph": f'{spaced} fo:text-align="justify"', "language": "de-DE"},
        ),
        "LibreOffice Japanese": (document(Japanese(26)), {"paragraph": 'fo:text-indent="0.37cm"'}),
        "LibreOffice Japanese, vertical": (
            document(Japanese(27), lists=False),
            {"page": vertical, "paragraph": 'fo:text-indent="0.42cm"', "size": 12},
        ),
        "LibreOffice Japanese, vertical, two tiers": (
            document(Japanese(28), lists=False),
            {"page": vertical, "paragraph": 'fo:text-indent="0.37cm"', "columns": 2, "size": 10},
        ),
    }
    for name, (items, options) in offices.items():
        make: Callable[..., Path] = odt_pdf
        yield name, items, make(items, folder, re.sub(r"\W+", "-", name), **options)


def paragraphs(folder: Path) -> None:
    total = good = 0
    for name, items, path in samples(folder):
        many, found, missing = score(items, pdf.read(taken(path)))
        total, good = total + many, good + found
        print(f"{name:42} {found:4} of {many:4}  {found / many:.3f}")
        if "-v" in sys.argv:
            for text in missing[:6]:
                print("      not found:", text[:150])
    print(f"{'all':42} {good:4} of {total:4}  {good / total:.3f}  (required {REQUIRED})")


def speed(folder: Path) -> None:
    """Read 300 pages, and read their text with pypdf in the same run."""
    items = document(English(40), items=PAGES * 9)
    path = typst_pdf(items, '#set page(paper: "a4", numbering: "1")\n#set par(justify: true)', folder, "long")
    whole = pypdf.PdfReader(path)
    writer = pypdf.PdfWriter()
    for page in whole.pages[:PAGES]:
        writer.add_page(page)
    writer.write(folder / "300.pdf")
    given = taken(folder / "300.pdf")
    pdf.read(taken(next(folder.glob("typst-English-j*.pdf"))))  # imports and caches are not what is measured
    times: list[float] = []
    bare: list[float] = []
    for _ in range(5):
        started = time.perf_counter()
        pdf.read(given)
        times.append(time.perf_counter() - started)
        started = time.perf_counter()
        only_pdfium(given)
        bare.append(time.perf_counter() - started)
    started = time.perf_counter()
    other = sum(len(page.extract_text()) for page in pypdf.PdfReader(folder / "300.pdf").pages)
    rival = time.perf_counter() - started
    capture = pdf.read(given)
    print(f"{len(capture.pages.labels)} pages, {len(capture.text):,} characters ({other:,} by pypdf)")
    print(
        f"briefer {min(times):5.2f} s (limit {SECONDS} s)   PDFium without layout {min(bare):5.2f} s"
        f"   pypdf {rival:5.2f} s   {min(times) / rival:.2f} of pypdf"
    )


def only_pdfium(given: Taken) -> None:
    """Open every page and its text, which no reader built on PDFium can do without."""
    with opened(given) as file:
        for number in range(1, file.count + 1):
            with file.page(number) as page, file.text(page):
                pass


def main() -> None:
    given = [a for a in sys.argv[1:] if not a.startswith("-")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(given[0] if given else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        paragraphs(folder)
        speed(folder)


if __name__ == "__main__":
    main()
