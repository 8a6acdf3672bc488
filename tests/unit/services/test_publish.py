from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from briefer.app import LibraryOpener
from briefer.domain.briefs import Brief
from briefer.domain.documents import (
    Document,
    Heading,
    ListBlock,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
    plain_text,
)
from briefer.domain.editing import add_block, add_section, change_section
from briefer.domain.excerpts import Annotation
from briefer.domain.exporting import Annex, ExportOptions, NotesAt
from briefer.domain.record import Act, Entry
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError, LibraryError, UsageError
from briefer.intake import Intake
from briefer.services.citations import close_up
from briefer.services.compose import NewBrief, new_section, prose, quotation
from briefer.services.desk import Desk
from briefer.services.evidence import Evidence, evidence_of
from briefer.services.kept import Proof
from briefer.services.leaving import Cleared
from briefer.services.ports import UnitOfWork


@pytest.fixture
def brief(desk: Desk, port: Source, cable: Source) -> Brief:
    spoken = Annotation(speaker="Asha Menon")
    desk.curate.mark_quote(
        port.id,
        "We cannot wait eight months for a gearbox",
        spoken,
        [parse_tag("partner:IN"), parse_tag("risk:supply-chain")],
    )
    desk.curate.mark_quote(
        cable.id,
        "攻撃は偶然ではない",
        tags=[parse_tag("partner:IN"), parse_tag("risk:critical-infrastructure")],
    )
    wanted = NewBrief(
        "country-brief", (parse_tag("partner:IN"),), meeting_date="2026-03-09", audience="the Minister", marking="uk-gscp/official"
    )  # fmt: skip
    return desk.compose.create(wanted)[0]


def styled(document_blocks: tuple[object, ...], style: ParagraphStyle) -> list[Paragraph]:
    return [b for b in document_blocks if isinstance(b, Paragraph) and b.style is style]


def headings(desk: Desk, brief: Brief) -> list[tuple[int, str]]:
    blocks = desk.publish.document(brief.id).blocks
    return [(b.level, plain_text(b.inlines)) for b in blocks if isinstance(b, Heading)]


def test_a_brief_becomes_a_document(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id)
    assert (document.title, document.language) == ("Country brief: India", "en-GB")
    assert (document.date_text, document.audience) == ("Meeting on 9 March 2026", "For the Minister")
    assert document.marking is not None
    assert document.marking.text == "OFFICIAL"
    assert headings(desk, brief) == [
        (1, "Basis"),
        (1, "Risks"),
        (2, "Critical infrastructure"),
        (2, "Supply-chain disruption"),
        (1, "Evidence at a glance"),
        (1, "Sources"),
    ]
    quotations = styled(document.blocks, ParagraphStyle.QUOTATION)
    assert [plain_text(q.inlines) for q in quotations] == [
        "攻撃は偶然ではない",
        "We cannot wait eight months for a gearbox — Asha Menon",
    ]
    assert quotations[0].inlines[0] == Run("攻撃は偶然ではない", language="ja")
    assert [n.number for n in document.notes] == [1, 2]
    assert quotations[1].inlines[-1] == NoteRef(2)
    note = plain_text(document.notes[1].inlines)
    assert "Port Operators in India Agree on Spare Parts" in note
    assert "3 March 2026" in note
    assert "para. 2" in note


def test_briefer_writes_basis_coverage_and_sources(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id)
    texts = [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    assert (
        "This brief rests on 2 excerpts from 2 sources, published between 14 February 2026 and 3 March 2026."
        in texts
    )
    (table,) = (b for b in document.blocks if isinstance(b, Table))
    assert table.caption == "What this brief cites, by risk"
    assert [[plain_text(cell) for cell in row] for row in table.rows] == [
        ["Critical infrastructure", "1", "1", "14 February 2026"],
        ["Supply-chain disruption", "1", "1", "3 March 2026"],
    ]
    assert len(styled(document.blocks, ParagraphStyle.SOURCE)) == 2


def test_a_japanese_document_says_so_in_japanese(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id, ExportOptions(language="ja"))
    assert document.language == "ja-JP"
    assert document.date_text == "会談日：2026年3月9日"
    texts = [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    assert any(t.startswith("本資料は、2件の出典からの抜粋2件に基づく") for t in texts)
    note = plain_text(document.notes[1].inlines)
    assert "2026年3月3日" in note
    assert "段落 2" in note


def test_a_brief_without_sources_says_so(desk: Desk) -> None:
    empty, _ = desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))
    document = desk.publish.document(empty.id)
    texts = [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    assert texts == ["This brief cites no source yet."] * 2
    assert document.marking is None
    assert (document.date_text, document.audience) == ("", "")


def test_a_risk_brief_covers_partners_and_undated_sources(desk: Desk, port: Source) -> None:
    from briefer.domain.dates import Dating

    desk.collect.change_source(replace(port, published=Dating()))
    tags = [parse_tag(t) for t in ("partner:IN", "partner:DE/venue", "risk:supply-chain")]
    desk.curate.mark_quote(port.id, "gearbox", tags=tags)
    made, _ = desk.compose.create(NewBrief("risk-brief", (parse_tag("risk:supply-chain"),)))
    document = desk.publish.document(made.id)
    (table,) = (b for b in document.blocks if isinstance(b, Table))
    assert [[plain_text(cell) for cell in row] for row in table.rows] == [["India", "1", "1", "n.d."]]
    texts = [plain_text(b.inlines) for b in document.blocks if isinstance(b, Paragraph)]
    assert "This brief rests on 1 excerpt from 1 source (1 undated)." in texts
    assert "n.d." in plain_text(document.notes[0].inlines)


def cite(desk: Desk, brief: Brief, markdown: str) -> None:
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, section, prose(markdown)))


def test_citations_in_prose_lists_and_tables_become_notes_in_order(desk: Desk, brief: Brief) -> None:
    first, second = brief.excerpt_ids()
    cite(
        desk,
        brief,
        f"# Gist\n\nOne [see @{first}, p. 3; @{second}].\n\n- two [@{first}]\n\n| a |\n|---|\n| three [@{second}] |\n",
    )
    document = desk.publish.document(brief.id)
    assert len(document.notes) == 5
    one = plain_text(document.notes[0].inlines)
    assert one.startswith("See ")
    assert ";" in one
    bullet = next(b for b in document.blocks if isinstance(b, ListBlock)).items[0].blocks[0]
    assert isinstance(bullet, Paragraph)
    assert bullet.inlines[-1] == NoteRef(2)
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert table.rows[0][0][-1] == NoteRef(3)


def test_a_missing_source_shows_in_the_preview_and_does_not_leave(
    desk: Desk, brief: Brief, tmp_path: Path
) -> None:
    cite(desk, brief, "They met [@0000-gone].")
    proof = Proof()
    former = desk.publish.pieces(desk.compose.brief(brief.id), proof)
    assert any("[source missing]" in piece.html for piece in former.pieces)
    with pytest.raises(InputError, match="section Summary cites"):
        desk.publish.export(brief.id, tmp_path / "out.docx")
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: add_block(b, section, quotation("gone")))
    now = desk.publish.pieces(desk.compose.brief(brief.id), proof)
    assert sum("[source missing]" in piece.html for piece in now.pieces) == 2
    assert not list(tmp_path.glob("out*"))


def test_an_altered_quotation_does_not_leave(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forged(work: UnitOfWork, brief: Brief) -> Evidence:
        evidence = evidence_of(work, brief)
        excerpts = {i: replace(e, quote=e.quote + "!") for i, e in evidence.excerpts.items()}
        return replace(evidence, excerpts=excerpts)

    monkeypatch.setattr("briefer.services.publish.evidence_of", forged)
    with pytest.raises(InputError, match="is not what its source says"):
        desk.publish.export(brief.id, tmp_path / "out.docx")
    assert not (tmp_path / "out.docx").exists()
    desk.publish.export(brief.id, tmp_path / "out.docx", cleared=Cleared("B. Boss", "It is a draft."))
    (entry,) = (e for e in desk.record.of(brief.id) if e.kind == Act.EXPORT)
    assert (entry.facts["let_by"], entry.facts["reason"]) == ("B. Boss", "It is a draft.")
    assert {let["check"] for let in entry.facts["let_leave"]} == {"quote-altered"}


def test_empty_sections_stay_out_and_filled_ones_below_keep_their_heading(desk: Desk, brief: Brief) -> None:
    below = new_section("Detail", level=3)
    empty = new_section("Empty")
    desk.compose.edit(brief.id, "Add", lambda b: add_section(b, empty))
    desk.compose.edit(brief.id, "Add", lambda b: add_section(b, below))
    assert (1, "Empty") not in headings(desk, brief)
    desk.compose.edit(brief.id, "Write", lambda b: add_block(b, below.id, prose("Text.")))
    assert headings(desk, brief)[-2:] == [(1, "Empty"), (3, "Detail")]
    desk.compose.edit(brief.id, "Rename", lambda b: change_section(b, below.id, heading="Annex"))
    assert headings(desk, brief)[-1] == (3, "Annex")


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_an_export_is_a_version_and_the_same_state_gives_the_same_bytes(
    desk: Desk, brief: Brief, tmp_path: Path, suffix: str
) -> None:
    assert suffix in desk.publish.suffixes()
    at_end = ExportOptions(notes=NotesAt.END)
    first = desk.publish.export(brief.id, tmp_path / f"one{suffix}", at_end).version
    second = desk.publish.export(brief.id, tmp_path / f"two{suffix}", at_end).version
    assert first == second
    assert first.brief == desk.compose.brief(brief.id)
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_what_cannot_be_written_is_refused(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    assert desk.publish.styles()[0] == "chicago-notes"
    with pytest.raises(UsageError, match="no citation style tabloid; choose one of: chicago-notes, "):
        desk.publish.export(brief.id, tmp_path / "out.docx", ExportOptions(style="tabloid"))
    with pytest.raises(UsageError, match="ends in one of"):
        desk.publish.export(brief.id, tmp_path / "out.xyz")
    with pytest.raises(InputError, match="there is no brief"):
        desk.publish.document("nothing")
    assert list(tmp_path.glob("out*")) == []
    assert desk.compose.versions(brief.id) == ()


def in_text(desk: Desk, brief: Brief, style: str, language: str = "en") -> str:
    """Return what the first paragraph reads as."""
    document = desk.publish.document(brief.id, ExportOptions(style=style, language=language))
    assert document.notes == ()
    paragraph = next(b for b in document.blocks if isinstance(b, Paragraph) and b.inlines)
    assert not any(isinstance(inline, NoteRef) for inline in paragraph.inlines)
    return plain_text(paragraph.inlines)


def test_styles_that_cite_in_the_text_do_so_before_the_full_stop(desk: Desk, brief: Brief) -> None:
    first, second = brief.excerpt_ids()
    cite(desk, brief, f"Parts are short [@{second}, p. 4; @{first}]. So they say [@{second}].")
    title = "Port Operators in India Agree"
    text = in_text(desk, brief, "apa")
    assert text == (
        f"Parts are short ({title}, 2026, p. 4; 独政府、海底ケーブルの警備を強化, 2026, para. 2). "
        f"So they say ({title}, 2026, para. 2)."
    )
    assert (
        in_text(desk, brief, "ieee") == "Parts are short [1, p. 4], [2, Para. 2]. So they say [1, Para. 2]."
    )


def test_raised_numbers_follow_the_punctuation(desk: Desk, brief: Brief) -> None:
    first, second = brief.excerpt_ids()
    cite(desk, brief, f"Parts are short [@{first}]. So they say [@{second}], all.")
    text = in_text(desk, brief, "ama")
    assert text == "Parts are short.1(para2) So they say,2(para2) all."


def test_quotations_take_their_citation_after_a_blank(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id, ExportOptions(style="ieee"))
    texts = [plain_text(q.inlines) for q in styled(document.blocks, ParagraphStyle.QUOTATION)]
    assert texts[1] == "We cannot wait eight months for a gearbox — Asha Menon [2, Para. 2]"


def test_citations_in_the_text_bring_their_list_along(desk: Desk, brief: Brief) -> None:
    kept = replace(brief, sections=tuple(s for s in brief.sections if s.type != "sources"))
    desk.compose.edit(brief.id, "Remove", lambda b: replace(b, sections=kept.sections))
    assert not styled(desk.publish.document(brief.id).blocks, ParagraphStyle.SOURCE)
    blocks = desk.publish.document(brief.id, ExportOptions(style="ieee")).blocks
    assert [plain_text(b.inlines)[:3] for b in styled(blocks, ParagraphStyle.SOURCE)] == ["[1]", "[2]"]
    assert [plain_text(b.inlines) for b in blocks if isinstance(b, Heading)][-1] == "Sources"


def newest(document: Document) -> set[str]:
    (table,) = (b for b in document.blocks if isinstance(b, Table))
    return {plain_text(row[-1]) for row in table.rows}


def test_british_and_american_english(desk: Desk, brief: Brief) -> None:
    british = desk.publish.document(brief.id, ExportOptions(language="en-GB"))
    assert british.language == "en-GB"
    assert "3 March 2026" in plain_text(british.notes[1].inlines)
    assert newest(british) == {"3 March 2026", "14 February 2026"}
    american = desk.publish.document(brief.id, ExportOptions(language="en-US"))
    assert newest(american) == {"March 3, 2026", "February 14, 2026"}
    assert american.date_text == "Meeting on March 9, 2026"
    assert american.language == "en-US"
    assert "March 3, 2026" in plain_text(american.notes[1].inlines)


@pytest.mark.parametrize(
    ("variant", "marking", "language"),
    [
        ("", "", "en-GB"),
        ("eu", "us-cui/cui", "en-GB"),
        ("us", "uk-gscp/official", "en-US"),
        ("", "us-cui/cui", "en-US"),
    ],
)
@pytest.mark.parametrize("style", ["chicago-notes", "oscola"])
def test_one_kind_of_english_for_the_whole_document(
    desk: Desk, brief: Brief, variant: str, marking: str, language: str, style: str
) -> None:
    desk.compose.edit(brief.id, "Change", lambda b: replace(b, variant=variant, marking=marking))
    document = desk.publish.document(brief.id, ExportOptions(style=style, annexes=(Annex.SOURCES,)))
    day, other = ("3 March 2026", "March 3, 2026")[:: 1 if language == "en-GB" else -1]
    text, notes = repr(document.blocks), " ".join(plain_text(note.inlines) for note in document.notes)
    assert document.language == language
    assert document.date_text.endswith("9 March 2026" if language == "en-GB" else "March 9, 2026")
    assert day in text
    assert day in notes
    assert other not in text + notes


def test_the_file_of_a_style_may_be_named(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    style = tmp_path / "short.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>S</title></info>'
        '<citation><layout><text variable="title"/></layout></citation></style>',
        "utf-8",
    )
    document = desk.publish.document(brief.id, ExportOptions(style=str(style)))
    assert plain_text(document.notes[1].inlines) == "Port operators in India agree on spare parts, para. 2"
    assert len(styled(document.blocks, ParagraphStyle.SOURCE)) == 2


def test_checks_read_the_library(desk: Desk, brief: Brief) -> None:
    assert [f.check for f in desk.review.check(brief.id)] == ["empty-section"]


def test_note_marks_follow_punctuation_in_english_and_precede_it_in_japanese() -> None:
    typed = (Run("Supply "), NoteRef(1), NoteRef(2), Run(". Then", bold=True), NoteRef(3), Run("。"))
    assert close_up(typed, after_punctuation=True) == (
        Run("Supply"), Run("."), NoteRef(1), NoteRef(2), Run(" Then", bold=True), NoteRef(3), Run("。"),
    )  # fmt: skip
    assert close_up(typed, after_punctuation=False)[:4] == (
        Run("Supply"), NoteRef(1), NoteRef(2), Run(". Then", bold=True),
    )  # fmt: skip
    assert close_up((NoteRef(1), Run(".")), after_punctuation=True) == (Run("."), NoteRef(1))


def exports(desk: Desk, brief: Brief) -> list[Entry]:
    return [entry for entry in desk.record.of(brief.id) if entry.kind == Act.EXPORT]


def test_an_export_is_in_the_record_before_its_file_appears(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed between the two leaves an entry without a file, never a file without an entry."""

    class KilledError(BaseException):
        pass

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", kill)
        with pytest.raises(KilledError):
            desk.publish.export(brief.id, tmp_path / "out.md")
    (entry,) = exports(desk, brief)
    assert not (tmp_path / "out.md").exists()
    assert desk.compose.versions(brief.id)[0].number == entry.facts["version"]
    desk.publish.export(brief.id, tmp_path / "out.md")
    written = sha256((tmp_path / "out.md").read_bytes()).hexdigest()
    assert [e.facts["sha256"] for e in exports(desk, brief)] == [written, written]
    assert entry.facts["file"] == str(tmp_path / "out.md")


def test_an_export_that_cannot_take_its_place_is_recorded_as_not_written(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "it is open in another program")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(InputError, match="open in another program"):
            desk.publish.export(brief.id, tmp_path / "out.md")
    begun, told = exports(desk, brief)
    assert begun.facts["version"] == 1
    assert (told.facts["written"], told.facts["file"]) == (False, str(tmp_path / "out.md"))
    assert "open in another program" in told.facts["reason"]


def test_an_export_into_a_folder_that_is_not_there_leaves_no_trace(
    desk: Desk, brief: Brief, tmp_path: Path
) -> None:
    with pytest.raises(InputError):
        desk.publish.export(brief.id, tmp_path / "gone" / "out.md")
    assert exports(desk, brief) == []
    assert desk.compose.versions(brief.id) == ()


def test_what_is_let_pass_is_told_with_the_export(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    (finding, *_) = desk.review.check(brief.id)
    desk.review.waive(brief.id, [finding], "agreed with the desk", "Asha Menon")
    desk.publish.export(brief.id, tmp_path / "out.md", cleared=Cleared("B. Boss", "A draft."))
    (entry,) = exports(desk, brief)
    (waived,) = entry.facts["waivers"]
    assert (waived["check"], waived["who"], waived["reason"]) == (
        finding.check,
        "Asha Menon",
        "agreed with the desk",
    )


def test_what_somebody_has_let_pass_is_not_asked_for_again(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: add_block(b, section, quotation("gone")))
    out = tmp_path / "out.md"
    with pytest.raises(InputError, match="is not in this library") as refused:
        desk.publish.export(brief.id, out)
    red = refused.value.data["findings"]
    assert isinstance(red, tuple)
    assert [finding.check for finding in red] == ["source-missing"]
    desk.review.waive(brief.id, red, "It is known.", "B. Boss")
    desk.publish.export(brief.id, out)
    assert "source missing" in out.read_text("utf-8")
    (entry,) = (e for e in desk.record.of(brief.id) if e.kind == Act.EXPORT)
    assert "let_leave" not in entry.facts


def _can_only_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Open the library again, as if its file could not be written."""
    path, really = desk.library.path, os.access
    desk.library.close()
    monkeypatch.setattr(os, "access", lambda asked, mode: asked != path and really(asked, mode))
    return LibraryOpener(Intake).open(path)


def test_a_library_that_cannot_be_written_is_exported_from_without_a_trace(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, later = tmp_path / "kept.md", tmp_path / "later.md"
    desk.publish.export(brief.id, kept)
    desk.compose.edit(brief.id, "Rename", lambda b: replace(b, title="Another title"))
    renamed = _can_only_be_read(desk, monkeypatch)
    departed = renamed.publish.export(brief.id, later)
    assert (departed.recorded, departed.version.number) == (False, 0)
    assert departed.version.brief == renamed.compose.brief(brief.id)
    assert "Another title" in later.read_text("utf-8")
    assert [version.number for version in renamed.compose.versions(brief.id)] == [1]
    assert len(exports(renamed, brief)) == 1
    missing = tmp_path / "gone" / "out.md"
    with pytest.raises(InputError) as error:
        renamed.publish.export(brief.id, missing)
    assert error.value.code == "export-unwritable"
    renamed.close()


def test_of_the_state_that_is_kept_the_version_is_told(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = desk.publish.export(brief.id, tmp_path / "kept.docx").version
    reading = _can_only_be_read(desk, monkeypatch)
    departed = reading.publish.export(brief.id, tmp_path / "again.docx")
    assert departed.version == version
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "kept.docx").read_bytes()
    reading.close()


def test_what_has_to_be_let_pass_does_not_leave_where_that_cannot_be_recorded(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = brief.sections[0].id
    desk.compose.edit(brief.id, "Quote", lambda b: add_block(b, section, quotation("gone")))
    reading = _can_only_be_read(desk, monkeypatch)
    out = tmp_path / "out.md"
    with pytest.raises(LibraryError) as error:
        reading.publish.export(brief.id, out, cleared=Cleared("B. Boss", "A draft."))
    assert error.value.code == "library-read-only"
    assert not out.exists()
    reading.close()
