"""A brief is exported, the library changes, and the file is verified with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest

from briefer.domain.documents import HeadingNumbering
from briefer.domain.editing import add_block, shorten
from briefer.domain.exporting import Annex, ExportOptions, Live, NotesAt, SourceOrder
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.domain.verification import Subject, Verdict, Verification
from briefer.services.compose import prose
from briefer.services.desk import Desk
from briefer.services.leaving import Cleared
from tests.unit.services.test_verify import GEARBOX, composed, rows


@pytest.fixture
def brief(desk: Desk) -> str:
    return composed(desk)


def sources(desk: Desk) -> tuple[Source, Source]:
    port, cable = sorted(desk.collect.sources(), key=lambda source: source.language)
    return port, cable


def sent(desk: Desk, brief: str, folder: Path) -> Path:
    file = folder / "sent.docx"
    desk.publish.export(brief, file, cleared=Cleared("B. Boss", "It is known."))
    return file


def in_library(found: Verification) -> list[tuple[Subject, Verdict, str]]:
    return [
        (row.subject, row.verdict, row.place)
        for row in found.rows
        if row.subject in {Subject.EXCERPT, Subject.SOURCE} and row.verdict is not Verdict.EXACT
    ]


def test_the_library_still_says_the_same(desk: Desk, brief: str, tmp_path: Path) -> None:
    found = desk.verify.check(sent(desk, brief, tmp_path))
    assert found.with_library
    assert found.ok
    subjects = [row.subject for row in found.rows]
    assert (subjects.count(Subject.EXCERPT), subjects.count(Subject.SOURCE)) == (4, 2)
    assert {row.verdict for row in found.rows} == {Verdict.EXACT}


def test_a_shortened_quotation_and_what_was_left_out(desk: Desk, brief: str, tmp_path: Path) -> None:
    excerpts = {e.quote: e.id for e in desk.collect.source(sources(desk)[0].id).excerpts}
    (block,) = [b.id for _, b in desk.compose.brief(brief).blocks() if b.excerpt_id == excerpts[GEARBOX]]
    shown = "We cannot wait […] for a gearbox"
    desk.compose.edit(brief, "Shorten", lambda b: shorten(b, block, shown))
    found = desk.verify.check(sent(desk, brief, tmp_path))
    assert found.ok
    (record,) = [record for record in found.manifest.quotations if record.edited]
    assert (record.shown, record.tail, record.anchor) == (shown, " — Asha Menon", block)
    assert "eight months" not in repr(found.manifest)
    assert rows(found)[shown].verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("flag", "verdict", "ok"),
    [("Withdrawn", Verdict.WITHDRAWN, False), ("superseded by No. 12", Verdict.SUPERSEDED, True)],
)
def test_a_source_that_was_flagged_since(
    desk: Desk, brief: str, tmp_path: Path, flag: str, verdict: Verdict, *, ok: bool
) -> None:
    port, _ = sources(desk)
    file = sent(desk, brief, tmp_path)
    desk.collect.change_source(replace(port, flags=("ai-written", flag)))
    found = desk.verify.check(file)
    assert in_library(found) == [(Subject.SOURCE, verdict, port.title)]
    assert found.ok is ok
    assert desk.verify.check(sent(desk, brief, tmp_path)).ok, "what the export knew itself is no news"


EVERYTHING = ExportOptions(
    contents=True,
    numbered=True,
    numbering=HeadingNumbering.DECIMAL,
    portions=True,
    originals=True,
    annexes=(Annex.COVERAGE, Annex.SOURCES),
    draft=True,
    copy="2 of 5",
    handling=("Return after use.",),
    wire=True,
    accessed=True,
    archived=True,
)
WAYS = {
    "everything": EVERYTHING,
    "everything in the text": replace(EVERYTHING, style="apa", source_order=SourceOrder.TYPE),
    "numbers": ExportOptions(style="ieee"),
    "raised numbers": ExportOptions(style="ama", notes=NotesAt.END),
    "Zotero": replace(EVERYTHING, live=Live.ZOTERO, notes=NotesAt.END),
    "Zotero in the text": ExportOptions(live=Live.ZOTERO, style="apa"),
    "Word": replace(EVERYTHING, live=Live.WORD),
    "Word in the text": ExportOptions(live=Live.WORD, style="apa"),
    "Japanese": replace(EVERYTHING, language="ja", numbering=HeadingNumbering.JAPANESE),
}


def test_whatever_was_chosen_all_is_as_it_was_exported(desk: Desk, brief: str, tmp_path: Path) -> None:
    port, _ = sources(desk)
    (excerpt,) = [e for e in desk.collect.source(port.id).excerpts if e.quote == GEARBOX]
    desk.curate.annotate(replace(excerpt, translation="Translated.", marking="uk-gscp/official"))
    (block,) = [b.id for _, b in desk.compose.brief(brief).blocks() if b.excerpt_id == excerpt.id]
    desk.compose.edit(brief, "Shorten", lambda b: shorten(b, block, "We […] wait eight months"))
    lists = prose(f"- one [@{excerpt.id}]\n- two\n\n| a |\n|---|\n| three [@{excerpt.id}] |\n")
    desk.compose.edit(brief, "Write", lambda b: add_block(b, b.sections[-1].id, lists))
    template = tmp_path / "house.docx"
    docx.Document().save(str(template))
    ways = WAYS | {"a house's frame": replace(EVERYTHING, template=template)}
    for name, options in ways.items():
        file = tmp_path / "chosen.docx"
        desk.publish.export(brief, file, options)
        found = desk.verify.check(file)
        wrong = [(row.subject, row.verdict, row.recorded, row.found) for row in found.rows if row.level]
        assert not wrong, name
        assert {row.verdict for row in found.rows} == {Verdict.EXACT}


def test_a_source_that_was_corrected_since(desk: Desk, brief: str, tmp_path: Path) -> None:
    port, _ = sources(desk)
    file = sent(desk, brief, tmp_path)
    desk.collect.change_source(replace(port, title="Corrected"))
    found = desk.verify.check(file)
    assert in_library(found) == [(Subject.SOURCE, Verdict.CHANGED, "Corrected")]
    assert found.ok


def test_what_people_noted_for_themselves_does_not_leave(desk: Desk, brief: str, tmp_path: Path) -> None:
    port, _ = sources(desk)
    desk.collect.change_source(replace(port, extra={"note": "ask Kim", "keyword": "mine", "volume": "4"}))
    found = desk.verify.check(sent(desk, brief, tmp_path))
    assert found.ok
    assert found.manifest.works[port.id]["volume"] == "4"
    assert not {"note", "keyword"} & set(found.manifest.works[port.id])


def test_an_excerpt_that_is_another_one_now(desk: Desk, brief: str, tmp_path: Path) -> None:
    file = sent(desk, brief, tmp_path)
    port, _ = sources(desk)
    (excerpt,) = [e for e in desk.collect.source(port.id).excerpts if e.quote == GEARBOX]
    shorter = replace(excerpt, quote="We cannot wait", span=Span(excerpt.span.start, excerpt.span.start + 14))
    with desk.library.write() as work:
        work.excerpts.update([shorter])
    found = desk.verify.check(file)
    assert in_library(found) == [(Subject.EXCERPT, Verdict.CHANGED, port.title)]
    (row,) = [row for row in found.rows if row.verdict is Verdict.CHANGED]
    assert (row.found, row.changed) == ("We cannot wait", len(" eight months for a gearbox"))


def test_what_the_library_does_not_hold(desk: Desk, brief: str, tmp_path: Path) -> None:
    file = sent(desk, brief, tmp_path)
    port, cable = sources(desk)
    desk.compose.remove(brief)
    desk.collect.remove_source(cable.id)
    found = desk.verify.check(file)
    assert [verdict for _, verdict, _ in in_library(found)] == [Verdict.GONE] * 2
    assert not found.ok
    desk.collect.remove_source(port.id)
    assert [verdict for _, verdict, _ in in_library(desk.verify.check(file))] == [Verdict.GONE] * 6


def test_the_number_is_that_of_the_version(desk: Desk, brief: str, tmp_path: Path) -> None:
    file = tmp_path / "numbered.docx"
    numbers = []
    for wanted in (1, 1, 2):
        if wanted == 2:
            desk.compose.edit(brief, "Rename", lambda b: replace(b, title="Another title"))
        version = desk.publish.export(brief, file).version
        numbers.append((version.number, desk.verify.check(file).manifest.version))
    assert numbers == [(1, 1), (1, 1), (2, 2)]
