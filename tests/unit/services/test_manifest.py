from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.documents import (
    BlockNode,
    CitationText,
    CiteItem,
    Document,
    Heading,
    HeatMap,
    Inlines,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    Work,
)
from briefer.domain.exporting import Annex, ExportOptions
from briefer.domain.hashing import text_sha256
from briefer.domain.manifests import Manifest
from briefer.domain.tags import Vocabulary
from briefer.services.evidence import Evidence
from briefer.services.manifest import Exported, manifest_of
from tests.unit.factories import make_brief, make_excerpt, make_snapshot, make_source, quotation

SOURCE = make_source(flags=("withdrawn", "duplicate?"))
SNAPSHOT = make_snapshot(SOURCE)
QUOTED = make_excerpt(SNAPSHOT, "Officials in Berlin called the step a matter of supply security.")
CITED = make_excerpt(SNAPSHOT, "from March", page="12")
UNUSED = make_excerpt(SNAPSHOT, "経済省が発表した。", comment="not for them")
BLOCK = quotation(QUOTED.id)
BRIEF = make_brief(BLOCK)


def cited(name: str, *excerpts: str) -> CitationText:
    items = tuple(CiteItem(SOURCE.id, excerpt) for excerpt in excerpts)
    return CitationText(name, (Run(f"Text of {name}\x00."),), items)


def manifest(*blocks: BlockNode, notes: tuple[Note, ...] = (), **changes: object) -> Manifest:
    options = changes.pop("options", ExportOptions())
    assert isinstance(options, ExportOptions)
    document = Document("Talks", blocks, notes, works=(Work(SOURCE.id, {"id": SOURCE.id, "title": "T"}),))
    evidence = Evidence({e.id: e for e in (QUOTED, CITED, UNUSED)}, {SOURCE.id: SOURCE}, Vocabulary())
    document = replace(document, **changes)  # type: ignore[arg-type]
    return manifest_of(Exported(BRIEF, 4, evidence, {SNAPSHOT.id: SNAPSHOT.sha256}, document, options))


def quoted(*before: Run) -> Paragraph:
    inlines: Inlines = (*before, Run(QUOTED.quote), Run(" — Ann"), NoteRef(1))
    return Paragraph(inlines, ParagraphStyle.QUOTATION, BLOCK.id)


def test_a_quotation_is_recorded_with_its_place() -> None:
    note = Note(1, (cited("c1", QUOTED.id),))
    found = manifest(Heading(1, (Run("Points"),), "h1"), quoted(Run("(S) ")), notes=(note,))
    (record,) = found.quotations
    assert (record.anchor, record.section, record.excerpt_id) == (BLOCK.id, "h1", QUOTED.id)
    assert (record.lead, record.shown, record.tail) == ("(S) ", QUOTED.quote, " — Ann")
    assert (record.digest, record.edited) == (text_sha256(QUOTED.quote), False)
    assert (record.snapshot_sha256, record.start, record.end) == (
        SNAPSHOT.sha256, QUOTED.span.start, QUOTED.span.end,
    )  # fmt: skip
    (citation,) = found.citations
    assert (citation.id, citation.note, citation.excerpt_ids) == ("c1", 1, (QUOTED.id,))
    assert (citation.text, citation.anchor) == ("Text of c1.", BLOCK.id)
    assert found.cited == (), "what is quoted needs no record of its own"


def test_citations_in_lists_tables_and_paragraphs_without_an_anchor() -> None:
    item = ListItem((Paragraph((Run("a"), cited("c1", CITED.id, CITED.id)), anchor="item"),))
    cell = (Run("b"), NoteRef(1))
    found = manifest(
        ListBlock((item,), anchor="list"),
        Table(((Run("Column"),),), ((cell,),), anchor="table"),
        Paragraph((NoteRef(2),)),
        HeatMap(("r",), ("c",), ((1,),), "caption", "alt", "map"),
        Paragraph((cited("c2"),)),
        notes=(
            Note(1, (Run("Only words."),)),
            Note(2, (cited("c3", CITED.id), Run(" And "), cited("c4", QUOTED.id))),
        ),
    )
    assert [(r.id, r.note, r.anchor, r.text) for r in found.citations] == [
        ("c1", 0, "item", "Text of c1."),
        ("", 1, "table", "Only words."),
        ("c3", 2, "table", "Text of c3. And Text of c4."),
        ("c4", 2, "table", "Text of c3. And Text of c4."),
        ("c2", 0, "map", "Text of c2."),
    ]
    assert found.citations[0].excerpt_ids == (CITED.id,)
    assert [(r.excerpt_id, r.page, r.digest) for r in found.cited] == [
        (CITED.id, "12", text_sha256("from March")),
        (QUOTED.id, None, text_sha256(QUOTED.quote)),
    ]


def test_nothing_is_told_of_what_is_not_in_the_document() -> None:
    found = repr(
        manifest(Paragraph((cited("c1", CITED.id),)), Paragraph((), ParagraphStyle.QUOTATION, "other"))
    )
    for secret in (UNUSED.id, QUOTED.id, "経済省", "not for them", "duplicate"):
        assert secret not in found


def test_choices_style_marking_and_warnings() -> None:
    options = ExportOptions(
        style="/srv/ann/styles/House.csl",
        language="en",
        annexes=(Annex.COVERAGE,),
        template=Path("/srv/ann/frame.dotx"),
    )
    found = manifest(options=options, marking=Marking("OFFICIAL", placement=("header",)))
    assert (found.style, found.language, found.version, found.form) == (
        "House.csl",
        "en-GB",
        4,
        "meeting-brief",
    )
    assert found.options == {"annexes": ("coverage",), "template": "frame.dotx"}
    assert (found.marking, found.marked) == ("OFFICIAL", ("header", "text"))
    assert found.flags == {SOURCE.id: ("withdrawn",)}
    assert found.works == {SOURCE.id: {"id": SOURCE.id, "title": "T"}}
    assert "/srv" not in repr(found)
    assert (manifest().marking, manifest().marked) == ("", ())


@pytest.mark.parametrize("shown", ["Officials […] called the step a matter of supply security."])
def test_of_a_shortened_quotation_only_what_is_shown(shown: str) -> None:
    block = replace(BLOCK, shown=shown)
    document = Document("T", (Paragraph((Run(shown),), ParagraphStyle.QUOTATION, block.id),))
    evidence = Evidence({QUOTED.id: QUOTED}, {SOURCE.id: SOURCE}, Vocabulary())
    exported = Exported(make_brief(block), 1, evidence, {SNAPSHOT.id: "00"}, document, ExportOptions())
    (record,) = manifest_of(exported).quotations
    assert (record.shown, record.edited, record.digest) == (shown, True, text_sha256(QUOTED.quote))
    assert "in Berlin" not in repr(record)
