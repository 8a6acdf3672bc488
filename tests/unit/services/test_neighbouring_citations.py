"""Citations that follow one another: one note, one pair of brackets."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.documents import Document, Heading, ListBlock, NoteRef, Paragraph, Table, plain_text
from briefer.domain.editing import add_block
from briefer.domain.exporting import ExportOptions
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.domain.verification import Subject, Verdict
from briefer.services.compose import NewBrief, prose
from briefer.services.desk import Desk

_TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def ids(desk: Desk, port: Source, cable: Source) -> tuple[str, str, str]:
    words = ((port, "We cannot wait eight months for a gearbox"), (cable, "攻撃は偶然ではない"))
    one, two = (desk.curate.mark_quote(source.id, quote)[0].id for source, quote in words)
    closed = desk.curate.mark_quote(port.id, "eight months")[0]
    desk.curate.annotate(replace(closed, marking="uk-gscp/secret"))
    return one, two, closed.id


def written(desk: Desk, text: str, language: str = "en", marking: str = "") -> Brief:
    wanted = NewBrief(
        "country-brief", (parse_tag("partner:IN"),), marking="uk-gscp/official", language=language
    )
    brief = desk.compose.create(wanted)[0]
    section = brief.sections[0].id
    block = replace(prose(text), marking=marking)
    desk.compose.edit(brief.id, "Add", lambda b: add_block(b, section, block))
    return brief


def texts(document: Document) -> list[str]:
    """Return the text of each block with marks of notes as «^1»."""
    found: list[str] = []

    def told(inlines: object) -> None:
        found.append("".join(f"^{i.number}" if isinstance(i, NoteRef) else plain_text([i]) for i in inlines))  # type: ignore[attr-defined]

    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                told(block.inlines)
            case ListBlock():
                for item in block.items:
                    told(item.blocks[0].inlines)  # type: ignore[union-attr]
            case Table():
                for row in block.rows:
                    for cell in row:
                        told(cell)
            case _:
                pass
    return found


@pytest.mark.parametrize(
    ("style", "language", "shown"),
    [
        ("chicago-notes", "en", "restrictions.^{}"),
        ("ieee", "en", "restrictions [1, Para. 2], [2, Para. 2]."),
        ("ama", "en", "restrictions.1(para2),2(para2)"),
        ("chicago-notes", "ja", "規制^{}。"),
    ],
)
def test_neighbours_are_one_citation(
    desk: Desk, ids: tuple[str, str, str], style: str, language: str, shown: str
) -> None:
    word, stop = ("規制", "。") if language == "ja" else ("restrictions ", ".")
    parts = ["", " ", ", ", "; ", "\n", "、", f"{stop} "]
    text = "\n\n".join(
        f"{word}[@{ids[0]}]{between}[@{ids[1]}]{'' if stop in between else stop}" for between in parts
    )
    document = desk.publish.document(written(desk, text, language).id, ExportOptions(style=style))
    found = [text for text in texts(document) if text.startswith(word.strip())]
    assert found == [shown.format(number) for number in range(1, len(parts) + 1)]
    assert all(plain_text(note.inlines).count("; ") == 1 for note in document.notes)


def test_in_author_date_styles_they_share_their_brackets(desk: Desk, ids: tuple[str, str, str]) -> None:
    brief = written(desk, f"restrictions [@{ids[0]}] [@{ids[1]}].")
    (text,) = (t for t in texts(desk.publish.document(brief.id, ExportOptions(style="apa"))) if "restr" in t)
    assert text.count("(") == text.count(")") == 1
    assert "; " in text
    assert text.endswith(").")


def test_three_are_one_and_the_same_one_twice_is_named_once(desk: Desk, ids: tuple[str, str, str]) -> None:
    one, two, three = ids
    brief = written(
        desk,
        f"a [see @{one}]; [@{two}], [@{three}], b [@{two}] [@{two}], and c [@{one}]. [@{two}] D. [@{one}]",
    )
    document = desk.publish.document(brief.id)
    assert "a,^1 b,^2 and c.^3 D.^4" in texts(document)
    first, second, *_ = (plain_text(note.inlines) for note in document.notes)
    assert first.startswith("See ")
    assert first.count("; ") == 2
    assert second.count("; ") == 0


def test_at_the_end_of_items_and_cells(desk: Desk, ids: tuple[str, str, str]) -> None:
    both = f"[@{ids[0]}] [@{ids[1]}]"
    brief = written(desk, f"- one {both}\n- two.{both}\n\n| A | B |\n|---|---|\n| x {both} | {both} |")
    assert [t for t in texts(desk.publish.document(brief.id)) if "^" in t] == ["one^1", "two.^2", "x^3", "^4"]


def test_a_missing_excerpt_does_not_take_its_neighbour_with_it(desk: Desk, ids: tuple[str, str, str]) -> None:
    brief = written(desk, f"Ports [@{ids[0]}] [@0198f1c2-0000-7000-8000-000000000001].")
    assert any(
        text.startswith("Ports^1") and "missing" in text for text in texts(desk.publish.document(brief.id))
    )


def test_a_version_that_leaves_one_out_has_the_other_alone(desk: Desk, ids: tuple[str, str, str]) -> None:
    open_ = "uk-gscp/official"
    brief = written(desk, f"Ports [@{ids[2]}], [@{ids[1]}]. Ships [@{ids[1]}], [@{ids[2]}].", marking=open_)
    document = desk.publish.document(brief.id, ExportOptions(ceiling=open_))
    assert "Ports.^1 Ships.^2" in texts(document)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".md"])
def test_every_format_has_one_mark(
    desk: Desk, ids: tuple[str, str, str], tmp_path: Path, suffix: str
) -> None:
    brief = written(desk, f"We see restrictions [@{ids[0]}] [@{ids[1]}]. More.")
    target = tmp_path / f"brief{suffix}"
    desk.publish.export(brief.id, target)
    if suffix in {".docx", ".odt"}:
        with ZipFile(target) as file:
            body = file.read("word/document.xml" if suffix == ".docx" else "content.xml").decode()
        mark = "<w:footnoteReference " if suffix == ".docx" else 'text:note-class="footnote"'
        assert body.count(mark) == 1
        assert "restrictions." in _TAG.sub("", body)
    else:
        body = target.read_text("utf-8")
        wanted = (
            r"restrictions\.<sup[^>]*><a[^>]*>1</a></sup>\s*More"
            if suffix == ".html"
            else r"restrictions \[@[^;\]]+; @[^;\]]+\]\. More"
        )
        assert re.search(wanted, body)


def test_what_comes_back_has_them_as_they_were(desk: Desk, ids: tuple[str, str, str], tmp_path: Path) -> None:
    brief = written(desk, f"We see restrictions [@{ids[0]}], [@{ids[1]}].")
    target = tmp_path / "brief.docx"
    desk.publish.export(brief.id, target)
    rows = [row for row in desk.verify.check(target).rows if row.subject is Subject.CITATION]
    assert [row.verdict for row in rows] == [Verdict.EXACT]
