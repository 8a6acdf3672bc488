"""What a document tells of how it came to leave: in its annex, and in what the file carries about itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefer.domain.accounts import NO_ACCOUNT, Account
from briefer.domain.briefs import Brief, Lane
from briefer.domain.documents import Document, Heading, Paragraph, Table, plain_text
from briefer.domain.exporting import Annex, ExportOptions, Lanes
from briefer.domain.sources import Source
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.leaving import Cleared
from tests.unit.factories import make_brief, make_section, prose

RECORD = ExportOptions(annexes=(Annex.RECORD,))
CLEARED = Cleared("Bo", "the desk knows")


def annex(document: Document) -> tuple[list[str], list[list[list[str]]]]:
    """Return what stands under the annex's heading: paragraphs and captions, and the tables' rows."""
    start = next(n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.annex)
    words: list[str] = []
    tables: list[list[list[str]]] = []
    for block in document.blocks[start + 1 :]:
        if isinstance(block, Table):
            words.append(block.caption)
            tables.append([[plain_text(cell) for cell in row] for row in block.rows])
        else:
            assert isinstance(block, Paragraph)
            words.append(plain_text(block.inlines))
    return words, tables


@pytest.fixture
def brief(desk: Desk, port: Source) -> Brief:
    """A brief that quotes a source which was withdrawn, and whose text has a finding of its own."""
    excerpt, _change = desk.curate.mark(port.id, desk.curate.paragraphs_span(port.id, 1))
    desk.collect.change_source(replace(port, flags=("withdrawn",)))
    made = make_brief(
        title="Ports",
        sections=(
            make_section(prose(f"Cranes stand still [@{excerpt.id}]."), heading="Say", type="say"),
            make_section(
                replace(prose("In 2031, 17 ports will close."), lane=Lane.CLOSED), heading="Background"
            ),
        ),
    )
    desk.compose.add(made)
    (claim,) = (f for f in desk.review.check(made.id) if f.check == "no-source")
    desk.review.waive(made.id, [claim], "Ann said so", "Ann")
    return made


def test_the_annex_tells_what_was_waived_with_place_reason_who_and_when(desk: Desk, brief: Brief) -> None:
    words, (waived,) = annex(desk.publish.document(brief.id, RECORD))
    ((check, place, found, reason, who),) = waived
    assert (check, place, reason) == ("no-source", "Background", "Ann said so")
    assert "17 ports" in found
    assert who.startswith("Ann; ")
    assert who.endswith(" UTC")
    assert words == [
        "Findings that somebody let pass", "It did not leave with a red finding.", "It was not exported before.",
    ]  # fmt: skip


def test_what_left_red_and_the_exports_so_far_are_told(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    desk.publish.export(brief.id, tmp_path / "first draft.md", cleared=CLEARED)
    (entry,) = (e for e in desk.record.of(brief.id) if e.kind == "export")
    words, (_waived, let, files) = annex(desk.publish.document(brief.id, RECORD))
    assert words[1:] == ["Red findings with which the brief left", "Exports before this one"]
    assert [row[:2] + row[3:4] for row in let] == [["withdrawn", "Say", "the desk knows"]]
    day = f"{entry.at[11:16]} UTC"
    assert let[0][4].startswith("Bo; ")
    assert let[0][4].endswith(day)
    assert [(row[0], row[2]) for row in files] == [("1", "first draft.md")]
    assert files[0][1].startswith(f"{desk.record.who}; ")


def test_the_file_carries_what_its_annex_shows_and_nothing_without_it(
    desk: Desk, brief: Brief, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.docx", tmp_path / "second.docx"
    desk.publish.export(brief.id, first, cleared=CLEARED)
    desk.publish.export(brief.id, second, RECORD, CLEARED)
    assert desk.verify.check(first).manifest.account == NO_ACCOUNT
    account = desk.verify.check(second).manifest.account
    assert [(p.check, p.place, p.reason, p.who) for p in account.waived] == [
        ("no-source", "Background", "Ann said so", "Ann")
    ]
    former, now = account.let
    assert former == replace(now, at=former.at)
    assert (former.at != "", now.at) == (True, "")
    (sent,) = account.sent
    assert (sent.version, sent.file, len(sent.sha256)) == (1, "first.docx", 64)


@pytest.mark.parametrize(
    "part", [ExportOptions(lanes=Lanes.MAY_BE_USED), ExportOptions(ceiling="uk-gscp/official")]
)
def test_a_part_of_a_brief_tells_of_its_own_export_alone(
    desk: Desk, brief: Brief, tmp_path: Path, part: ExportOptions
) -> None:
    desk.publish.export(brief.id, tmp_path / "former.docx", cleared=Cleared("Cy", "another reason"))
    out = tmp_path / "out.docx"
    desk.publish.export(brief.id, out, replace(part, annexes=(Annex.RECORD,)), CLEARED)
    account = desk.verify.check(out).manifest.account
    assert [(p.check, p.reason, p.at) for p in account.let] == [("withdrawn", "the desk knows", "")]
    assert account == Account(let=account.let, whole=False)


def test_an_export_whose_file_did_not_come_about_is_not_told(
    desk: Desk, brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.md"

    def refuse(*_paths: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", refuse)
        with pytest.raises(InputError):
            desk.publish.export(brief.id, target, cleared=CLEARED)
    assert [e.facts.get("written", True) for e in desk.record.of(brief.id) if e.kind == "export"] == [
        True,
        False,
    ]
    assert annex(desk.publish.document(brief.id, RECORD))[0][-1] == "It was not exported before."


def test_what_left_again_for_the_same_reason_is_told_once(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    for name, cleared in (("a.md", CLEARED), ("b.md", CLEARED), ("c.md", replace(CLEARED, who="Cy"))):
        desk.publish.export(brief.id, tmp_path / name, cleared=cleared)
    _words, (_waived, let, files) = annex(desk.publish.document(brief.id, RECORD))
    assert [row[4].partition(";")[0] for row in let] == ["Bo", "Cy"]
    assert [row[2] for row in files] == ["a.md", "b.md", "c.md"]


def test_a_japanese_brief_is_told_in_japanese(desk: Desk, brief: Brief) -> None:
    words, (waived,) = annex(desk.publish.document(brief.id, replace(RECORD, language="ja")))
    assert words == [
        "了承済みの指摘", "赤の指摘を残したまま出力したことはない。", "これまでに出力したことはない。",
    ]  # fmt: skip
    assert "年" in waived[0][4]
