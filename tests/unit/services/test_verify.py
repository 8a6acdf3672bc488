"""A brief is exported, edited as reviewers do, and verified."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from briefer.app import LibraryOpener
from briefer.domain.editing import add_block
from briefer.domain.excerpts import Annotation
from briefer.domain.exporting import ExportOptions, NotesAt
from briefer.domain.findings import Level
from briefer.domain.tags import parse_tag
from briefer.domain.verification import Row, Shape, Subject, Verdict, Verification
from briefer.errors import InputError
from briefer.export.docx.xml import Element
from briefer.intake import Intake
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk
from tests.unit.services.conftest import CABLE_ARTICLE, PORT_ARTICLE, imported, taken

GEARBOX = "We cannot wait eight months for a gearbox"
SHORTAGE = "The semiconductor shortage has made matters worse"
PARTS = "Port operators in India agreed on Tuesday to hold spare parts for cranes in common"
CHANCE = "攻撃は偶然ではない"
QUOTED = [GEARBOX, SHORTAGE, PARTS, CHANCE]
Edit = Callable[[WordDocument], object]


def composed(desk: Desk) -> str:
    """Return the id of a brief with four quotations in three sections, and prose that cites."""
    port, cable = imported(desk, taken(PORT_ARTICLE)), imported(desk, taken(CABLE_ARTICLE, "cable.txt"))
    india = parse_tag("partner:IN")
    for quote, risk in (
        (GEARBOX, "supply-chain"),
        (SHORTAGE, "supply-chain"),
        (PARTS, "critical-infrastructure"),
    ):
        speaker = Annotation(speaker="Asha Menon") if quote is GEARBOX else Annotation()
        desk.curate.mark_quote(port.id, quote, speaker, [india, parse_tag(f"risk:{risk}")])
    desk.curate.mark_quote(cable.id, CHANCE, Annotation(), [india, parse_tag("risk:critical-infrastructure")])
    wanted = NewBrief("country-brief", (india,), marking="uk-gscp/official-sensitive")
    brief, _ = desk.compose.create(wanted)
    first, second, *_ = brief.excerpt_ids()
    text = prose(f"Parts are short [@{first}]. The operators say so [see @{second}; @{first}, p. 4].")
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, b.sections[0].id, text))
    return brief.id


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return one brief as it was exported: with footnotes, with endnotes, with citations in the text."""
    folder = tmp_path_factory.mktemp("exported")
    desk = LibraryOpener(Intake).create(folder / "trial.briefer")
    try:
        brief = composed(desk)
        ways = {
            "foot": ExportOptions(),
            "end": ExportOptions(notes=NotesAt.END),
            "text": ExportOptions(style="apa"),
        }
        for name, options in ways.items():
            desk.publish.export(brief, folder / f"{name}.docx", options)
    finally:
        desk.close()
    return {name: folder / f"{name}.docx" for name in ways}


@pytest.fixture
def verified(exported: dict[str, Path], tmp_path: Path) -> Callable[..., Verification]:
    def verify(edit: Edit, way: str = "foot") -> Verification:
        document = docx.Document(str(exported[way]))
        edit(document)
        file = tmp_path / "returned.docx"
        document.save(str(file))
        return LibraryOpener(Intake).verify().check(file)

    return verify


def rows(found: Verification, subject: Subject = Subject.QUOTATION) -> dict[str, Row]:
    return {row.recorded: row for row in found.rows if row.subject is subject}


def reds(found: Verification) -> list[tuple[Subject, Verdict, str]]:
    return [(row.subject, row.verdict, row.recorded) for row in found.rows if row.level is Level.RED]


def paragraph(document: WordDocument, start: str) -> WordParagraph:
    return next(p for p in document.paragraphs if p.text.startswith(start))


def drop(element: Element) -> None:
    next(element.iterancestors()).remove(element)


def put(document: WordDocument, start: str, old: str, new: str) -> None:
    replace_in(paragraph(document, start), old, new)


def replace_in(target: WordParagraph, old: str, new: str) -> None:
    for run in target.runs:
        if old in run.text:  # to set the text of a run drops the mark of a note in it
            run.text = run.text.replace(old, new)


@pytest.mark.parametrize("way", ["foot", "end", "text"])
def test_nothing_is_red_in_what_was_only_saved_again(verified: Callable[..., Verification], way: str) -> None:
    found = verified(lambda document: None, way)
    assert {row.verdict for row in found.rows} == {Verdict.EXACT}
    assert [row.recorded for row in found.rows if row.subject is Subject.QUOTATION] == [
        PARTS,
        CHANCE,
        GEARBOX,
        SHORTAGE,
    ]
    assert len(rows(found, Subject.CITATION)) >= 5
    assert [row.id for row in found.rows if row.subject is Subject.MARKING] == ["header", "footer", "text"]
    assert found.ok
    assert (found.tracked, found.comments, found.with_library) == (0, 0, False)
    assert found.manifest.version == 1
    assert rows(found)[GEARBOX].place.endswith("Supply-chain disruption")


def test_one_word_changed(verified: Callable[..., Verification]) -> None:
    found = verified(lambda document: put(document, GEARBOX, "eight", "ten"))
    row = rows(found)[GEARBOX]
    assert reds(found) == [(Subject.QUOTATION, Verdict.ALTERED, GEARBOX)]
    assert not found.ok
    assert row.changed == len("eight") + len("ten") - 2 * len("e")
    assert [piece.text for piece in row.pieces if piece.kind != "same"] == ["eight", "ten"]


def test_a_word_put_before_a_quotation_alters_it(verified: Callable[..., Verification]) -> None:
    found = verified(lambda document: put(document, SHORTAGE, SHORTAGE, f"Surely t{SHORTAGE[1:]}"))
    assert reds(found) == [(Subject.QUOTATION, Verdict.ALTERED, SHORTAGE)]


def test_another_speaker(verified: Callable[..., Verification]) -> None:
    found = verified(lambda document: put(document, GEARBOX, "Asha Menon", "Ravi Iyer"))
    assert reds(found) == [(Subject.QUOTATION, Verdict.AROUND, GEARBOX)]


def test_what_word_processors_set_otherwise_is_no_alteration(verified: Callable[..., Verification]) -> None:
    def curled(document: WordDocument) -> None:
        put(document, GEARBOX, "cannot wait", "cannot\u00a0wait")
        put(document, CHANCE, CHANCE, f" {CHANCE}")

    found = verified(curled)
    assert found.ok
    verdicts = {text: row.verdict for text, row in rows(found).items()}
    assert verdicts == {
        GEARBOX: Verdict.NORMALISED, CHANCE: Verdict.NORMALISED, PARTS: Verdict.EXACT, SHORTAGE: Verdict.EXACT,
    }  # fmt: skip
    assert rows(found)[CHANCE].level is Level.AMBER


def test_a_paragraph_deleted(verified: Callable[..., Verification]) -> None:
    def delete(document: WordDocument) -> None:
        element = paragraph(document, SHORTAGE)._p
        drop(element)

    found = verified(delete)
    assert (Subject.QUOTATION, Verdict.MISSING, SHORTAGE) in reds(found)
    missing = [row for row in found.rows if row.verdict is Verdict.MISSING]
    assert [row.subject for row in missing] == [Subject.QUOTATION, Subject.CITATION]
    assert rows(found)[SHORTAGE].place.endswith("Supply-chain disruption")


def split(document: WordDocument) -> None:
    first = paragraph(document, GEARBOX)
    second = copy.deepcopy(first._p)
    for mark in [*second.iter(qn("w:bookmarkStart")), *second.iter(qn("w:bookmarkEnd"))]:
        drop(mark)
    first._p.addnext(second)
    for run in second.iter(qn("w:t")):
        run.text = (run.text or "").replace("We cannot wait ", "")
    for run in [*first._p.iter(qn("w:r"))][1:]:
        drop(run)
    first.runs[0].text = "We cannot wait "


def test_a_paragraph_split(verified: Callable[..., Verification]) -> None:
    found = verified(split)
    row = rows(found)[GEARBOX]
    assert (row.verdict, row.shape, row.level) == (Verdict.EXACT, Shape.SPLIT, Level.AMBER)
    assert found.ok


def test_paragraphs_joined(verified: Callable[..., Verification]) -> None:
    def join(document: WordDocument) -> None:
        first, second = paragraph(document, GEARBOX)._p, paragraph(document, SHORTAGE)._p
        for child in list(second)[1:]:
            first.append(child)
        drop(second)

    found = verified(join)
    assert found.ok
    shapes = {text: (row.verdict, row.shape) for text, row in rows(found).items()}
    assert shapes[GEARBOX] == shapes[SHORTAGE] == (Verdict.EXACT, Shape.JOINED)


def test_joined_and_altered(verified: Callable[..., Verification]) -> None:
    def join(document: WordDocument) -> None:
        put(document, SHORTAGE, "worse", "better")
        first, second = paragraph(document, GEARBOX)._p, paragraph(document, "The semi")._p
        for child in list(second)[1:]:
            first.append(child)
        drop(second)

    found = verified(join)
    assert reds(found) == [(Subject.QUOTATION, Verdict.ALTERED, SHORTAGE)]


def test_a_quotation_moved_to_another_section(verified: Callable[..., Verification]) -> None:
    def move(document: WordDocument) -> None:
        paragraph(document, "Basis")._p.addnext(paragraph(document, GEARBOX)._p)

    found = verified(move)
    moved = [row.recorded for row in found.rows if row.moved]
    assert moved == [GEARBOX]
    assert (rows(found)[GEARBOX].verdict, rows(found)[GEARBOX].level) == (Verdict.EXACT, Level.AMBER)
    assert rows(found)[GEARBOX].place == "Basis"


def test_the_order_changed_within_a_section(verified: Callable[..., Verification]) -> None:
    def swap(document: WordDocument) -> None:
        paragraph(document, SHORTAGE)._p.addnext(paragraph(document, GEARBOX)._p)

    assert len([row for row in verified(swap).rows if row.moved]) == 1


def test_quotations_without_their_bookmarks_are_found_by_their_words(
    verified: Callable[..., Verification],
) -> None:
    def strip(document: WordDocument) -> None:
        for mark in [
            *document.element.iter(qn("w:bookmarkStart")),
            *document.element.iter(qn("w:bookmarkEnd")),
        ]:
            drop(mark)
        put(document, PARTS, "Tuesday", "Wednesday")
        put(document, SHORTAGE, SHORTAGE, f"Note this. {SHORTAGE}")

    found = verified(strip)
    assert reds(found) == [(Subject.QUOTATION, Verdict.ALTERED, PARTS)]
    assert rows(found)[SHORTAGE].shape is Shape.JOINED
    assert not [row for row in found.rows if row.moved]


@pytest.mark.parametrize(("way", "kind"), [("foot", "footnote"), ("end", "endnote")])
def test_a_note_deleted(verified: Callable[..., Verification], way: str, kind: str) -> None:
    def delete(document: WordDocument) -> None:
        mark = next(document.element.body.iter(qn(f"w:{kind}Reference")))
        drop(next(mark.iterancestors()))

    found = verified(delete, way)
    (gone,) = [row for row in found.rows if row.level is Level.RED]
    assert (gone.subject, gone.verdict) == (Subject.CITATION, Verdict.MISSING)
    assert gone.place.startswith("note 1, ")


def altered_note(document: WordDocument) -> None:
    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/footnotes.xml")
    part._blob = part.blob.replace(b"Port Operators", b"Pork Operators")


def test_a_note_altered(verified: Callable[..., Verification]) -> None:
    found = verified(altered_note)
    altered = [row for row in found.rows if row.level is Level.RED]
    assert {(row.subject, row.verdict) for row in altered} == {(Subject.CITATION, Verdict.ALTERED)}
    assert altered[0].changed == 2


def test_a_citation_in_the_text_altered_and_one_deleted(verified: Callable[..., Verification]) -> None:
    def edit(document: WordDocument) -> None:
        put(document, "Parts are short", "2026, para. 2", "2025, para. 2")

    found = verified(edit, "text")
    assert {(subject, verdict) for subject, verdict, _ in reds(found)} == {
        (Subject.CITATION, Verdict.ALTERED)
    }


@pytest.mark.parametrize(
    ("new", "verdict"), [("OFFICIAL", Verdict.ALTERED), ("", Verdict.MISSING), ("PUBLIC", Verdict.MISSING)]
)
def test_the_marking_changed_in_a_header(
    verified: Callable[..., Verification], new: str, verdict: Verdict
) -> None:
    def change(document: WordDocument) -> None:
        for line in document.sections[0].header.paragraphs:
            replace_in(line, "OFFICIAL-SENSITIVE", new)

    found = verified(change)
    (row,) = [row for row in found.rows if row.level is Level.RED]
    assert (row.subject, row.verdict, row.id) == (Subject.MARKING, verdict, "header")


def test_a_section_without_the_marking(verified: Callable[..., Verification]) -> None:
    def unlink(document: WordDocument) -> None:
        for reference in list(document.element.body.iter(qn("w:footerReference"))):
            drop(reference)

    assert reds(verified(unlink)) == [(Subject.MARKING, Verdict.MISSING, "OFFICIAL-SENSITIVE")]


def tracked(name: str, *children: Element) -> Element:
    element: Element = OxmlElement(f"w:{name}")
    for key, value in {"w:id": "901", "w:author": "R", "w:date": "2026-02-01T10:00:00Z"}.items():
        element.set(qn(key), value)
    for child in children:
        element.append(child)
    return element


def test_tracked_changes_count_as_accepted_and_are_told_apart(verified: Callable[..., Verification]) -> None:
    def track(document: WordDocument) -> None:
        target = paragraph(document, SHORTAGE)
        run = target.runs[0]._r
        new = copy.deepcopy(run)
        for text in new.iter(qn("w:t")):
            text.text = (text.text or "").replace("worse", "better")
        run.addnext(tracked("ins", new))
        removed = copy.deepcopy(run)
        for text in list(removed.iter(qn("w:t"))):
            text.tag = qn("w:delText")
        next(run.iterancestors()).replace(run, tracked("del", removed))

    found = verified(track)
    row = rows(found)[SHORTAGE]
    assert (row.verdict, row.tracked, found.tracked) == (Verdict.ALTERED, True, 2)
    assert row.found.startswith("The semiconductor shortage has made matters better")


def test_text_in_content_controls_is_read(verified: Callable[..., Verification]) -> None:
    def wrap(document: WordDocument) -> None:
        target = paragraph(document, GEARBOX)._p
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(content)
        target.addprevious(control)
        content.append(target)

    found = verified(wrap)
    assert {row.verdict for row in found.rows} == {Verdict.EXACT}


def test_a_forged_record_proves_nothing(verified: Callable[..., Verification]) -> None:
    def forge(document: WordDocument) -> None:
        put(document, GEARBOX, "eight", "ten")
        part = next(
            p for p in document.part.package.iter_parts() if str(p.partname).startswith("/customXml/item1")
        )
        part._blob = part.blob.replace(b"eight months", b"ten months")

    found = verified(forge)
    assert reds(found) == [(Subject.QUOTATION, Verdict.RECORD, GEARBOX.replace("eight", "ten"))]


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.docx"
    docx.Document().save(str(file))
    with pytest.raises(InputError, match=r"other\.docx: holds no record of its export"):
        LibraryOpener(Intake).verify().check(file)


@pytest.mark.slow
def test_what_libreoffice_saved_again_is_as_it_was(exported: dict[str, Path], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(exported["foot"])], check=True, capture_output=True, timeout=180)
    found = LibraryOpener(Intake).verify().check(tmp_path / "foot.docx")
    assert found.ok, reds(found)
    assert not [row for row in found.rows if row.moved]
