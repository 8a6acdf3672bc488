"""The estimate of a brief's pages beside the pages that LibreOffice makes of its Word file.

Run with ``python -m benchmarks.pages``: the sample brief, made ones of about 1, 3, 10 and 30 pages with citations,
lists and quotations, and new briefs of all forms of which every section is written, or every other one, because an
export leaves empty ones out. The estimate is to be within a page of the file.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

import pypdfium2

from briefer.app import LibraryOpener
from briefer.domain.briefs import Block, Brief
from briefer.domain.editing import add_blocks, remove_block
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import ExportOptions
from briefer.domain.forms import GENERATED
from briefer.domain.paging import pages_needed
from briefer.domain.queries import Field, Match
from briefer.domain.results import Hit
from briefer.domain.sources import Source
from briefer.domain.tags import Tag, TagKind
from briefer.intake import Intake
from briefer.services.compose import NewBrief, prose, quotation
from briefer.services.desk import Desk
from briefer.services.leaving import Cleared

_SIZES = {"sample": 0, "1": 5, "3": 12, "10": 60, "30": 200}
_WRITTEN = (0, 4, 8, 12, 20, 30)
_SUBJECTS = (Tag(TagKind.PARTNER, "IN"), Tag(TagKind.RISK, "supply-chain"))
_WORDS = [
    "the",
    "partners",
    "agreed",
    "to",
    "look",
    "into",
    "matter",
    "again",
    "and",
    "asked",
    "for",
    "a",
    "further",
    "report",
    "by",
    "spring",
    "on",
    "supply",
    "chains",
    "semiconductors",
    "ports",
    "energy",
    "critical",
    "minerals",
    "with",
    "their",
    "own",
    "offices",
    "which",
    "will",
    "meet",
    "before",
    "end",
    "of",
    "next",
    "year",
]


def _sentence(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most))).capitalize()


def _block(chance: random.Random, ids: list[str]) -> Block:
    if chance.random() < 1 / 5:
        return quotation(chance.choice(ids))
    cited = f" [@{chance.choice(ids)}]" if chance.random() < 3 / 5 else ""
    items = "".join(f"\n- {_sentence(chance, 4, 20)}" for _ in range(3)) if chance.random() < 1 / 4 else ""
    return prose(f"{_sentence(chance, 25, 110)}{cited}." + (f"\n{items}" if items else ""))


def _cited(hits: Sequence[Hit], block: Block) -> list[tuple[Excerpt, Source]]:
    ids = block.excerpt_ids()
    return [(hit.excerpt, hit.source) for hit in hits if any(hit.excerpt.id.startswith(i) for i in ids)]


def _filled(brief: Brief, count: int, hits: Sequence[Hit]) -> Brief:
    chance, ids = random.Random(count), [hit.excerpt.id for hit in hits]
    for _section, block in list(brief.blocks()):
        brief = remove_block(brief, block.id)
    written = [section for section in brief.sections if section.type not in GENERATED]
    if count < min(_SIZES["3"], len(written)):
        written = written[:4]
        brief = replace(brief, sections=tuple(written))
    for number in range(count):
        section = written[number * len(written) // count]
        brief = add_blocks(brief, section.id, [_block(chance, ids)])
    return brief


def _file_pages(desk: Desk, brief_id: str, folder: Path) -> int:
    target = folder / "brief.docx"
    desk.publish.export(brief_id, target, ExportOptions(), Cleared("Benchmark", "Made text"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(target)]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([*command, profile], check=True, capture_output=True, timeout=300)
    return len(pypdfium2.PdfDocument(folder / "brief.pdf"))


def _written(brief: Brief, count: int, every: int, ids: list[str]) -> Brief:
    chance = random.Random(count)
    written = [section for section in brief.sections if section.type not in GENERATED][::every]
    for number in range(count):
        section = written[number * len(written) // count]
        brief = add_blocks(brief, section.id, [_block(chance, ids)])
    return brief


def _tell(name: str, desk: Desk, brief_id: str, hits: Sequence[Hit], folder: Path) -> int:
    estimate = pages_needed(desk.compose.brief(brief_id), partial(_cited, hits))
    made = _file_pages(desk, brief_id, folder)
    print(f"{name:>32}: {estimate} pages estimated, {made} in the file: off by {estimate - made}")
    return estimate - made


def forms() -> None:
    """Estimate new briefs of forms, with some of their sections written."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        desk, _brief_id = LibraryOpener(Intake).sample(folder / "pages.briefer")
        hits = desk.find.excerpts("", limit=1_000).hits
        ids = [hit.excerpt.id for hit in hits]
        off: Counter[int] = Counter()
        for form in desk.forms.all():
            subjects = tuple(tag for tag in _SUBJECTS if tag.kind in (form.subjects or (TagKind.PARTNER,)))
            language = "ja" if form.id.startswith("japanese") else "en"
            for every, count in product((1, 2), _WRITTEN):
                new = NewBrief(form=form.id, subjects=subjects, language=language)
                brief, _change = desk.compose.create(new)
                desk.compose.edit(brief.id, "Benchmark", partial(_written, count=count, every=every, ids=ids))
                off[_tell(f"{form.id} {count} in every {every}.", desk, brief.id, hits, folder)] += 1
        print("off by:", dict(off))
        desk.close()


def main() -> None:
    for name, count in _SIZES.items():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            desk, brief_id = LibraryOpener(Intake).sample(folder / "pages.briefer")
            hits = desk.find.excerpts(Match(Field.IN, brief_id), limit=1_000).hits
            if count:
                desk.compose.edit(brief_id, "Benchmark", partial(_filled, count=count, hits=hits))
            _tell(name, desk, brief_id, hits, folder)
            desk.close()
    forms()


if __name__ == "__main__":
    main()
