"""Exports of one lane: nothing of the other may be found in the file, in whatever format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefer.domain.briefs import Block, BlockKind, Brief, Lane
from briefer.domain.documents import Heading, HeadingNumbering, plain_text
from briefer.domain.editing import add_block, add_section, set_lane
from briefer.domain.excerpts import Annotation
from briefer.domain.exporting import Annex, ExportOptions, Lanes
from briefer.domain.ids import new_id
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief, new_section, prose
from briefer.services.desk import Desk
from tests.unit.unpacking import everything

# Of the closed lane: words of its text, of its quotation, of its source, its tag, and the ids.
SECRET = ("Zanzibar", "攻撃は偶然ではない", "独政府", "海底ケーブル", "Germany")
OPEN = ("Gibraltar", "eight months for a gearbox")


@pytest.fixture
def brief(desk: Desk, port: Source, cable: Source) -> Brief:
    """A brief whose background has an open and a closed lane, and a section that is closed as a whole."""
    usable, _ = desk.curate.mark_quote(
        port.id, "We cannot wait eight months for a gearbox", Annotation(), [parse_tag("partner:IN")]
    )
    hidden, _ = desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=[parse_tag("partner:DE")])
    made, _ = desk.compose.create(NewBrief("one-page-note", (parse_tag("partner:IN"),), title="Talks"))
    background, secret = new_section("Background", 1), new_section("Held back", 1)

    def write(now: Brief) -> Brief:
        now = add_section(add_section(now, background), secret)
        open_text = prose(f"Gibraltar is open. [@{usable.id}]")
        closed = prose(f"Zanzibar is closed. [@{hidden.id}]")
        quoted = Block(new_id(), BlockKind.QUOTATION, excerpt_id=hidden.id)
        for block in (open_text, closed, quoted):
            now = add_block(now, background.id, block)
        whole = prose("Zanzibar again.")
        now = add_block(now, secret.id, whole)
        for block in (closed, quoted, whole):
            now = set_lane(now, block.id, Lane.CLOSED)
        return now

    desk.compose.edit(made.id, "Write", write)
    return desk.compose.brief(made.id)


def headings(desk: Desk, brief: Brief, lanes: Lanes) -> list[tuple[int, str, bool]]:
    document = desk.publish.document(brief.id, ExportOptions(lanes=lanes))
    found = [(b.level, plain_text(b.inlines), b.lane) for b in document.blocks if isinstance(b, Heading)]
    start = next(i for i, (_l, name, _lane) in enumerate(found) if name in {"Background", "Held back"})
    return found[start:]


def test_both_lanes_stand_under_small_headings_what_may_be_used_first(desk: Desk, brief: Brief) -> None:
    assert headings(desk, brief, Lanes.BOTH) == [
        (1, "Background", False),
        (2, "May be used", True),
        (2, "Not for disclosure", True),
        (1, "Held back", False),
        (2, "Not for disclosure", True),
    ]


def test_one_lane_leaves_out_the_other_and_what_is_then_empty(desk: Desk, brief: Brief) -> None:
    assert headings(desk, brief, Lanes.MAY_BE_USED) == [(1, "Background", False)]
    assert headings(desk, brief, Lanes.NOT_FOR_DISCLOSURE)[:2] == [
        (1, "Background", False),
        (2, "Not for disclosure", True),
    ]


def test_sections_are_numbered_as_if_lanes_had_no_headings(desk: Desk, brief: Brief, tmp_path: Path) -> None:
    path = tmp_path / "numbered.html"
    desk.publish.export(brief.id, path, ExportOptions(numbering=HeadingNumbering.DECIMAL))
    page = path.read_text(encoding="utf-8")
    numbers = re.findall(r"<h[23][^>]*>([\d.]+)\s[^<]*(?:Background|Held back)", page.replace("\u2003", " "))
    assert len(numbers) == 2
    assert int(numbers[1]) == int(numbers[0]) + 1
    assert re.search(r"<h3[^>]*>May be used</h3>", page)


def unpacked(path: Path) -> str:
    """All that is in a file, as far as it can be read."""
    whole, *parts = everything(path.read_bytes())
    return "\n".join(part.decode("utf-8", "replace") for part in parts or [whole])


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".md", ".txt", ".pdf"])
@pytest.mark.parametrize("style", ["chicago-notes", "apa"])
def test_nothing_of_the_other_lane_is_in_the_file(
    desk: Desk, brief: Brief, cable: Source, tmp_path: Path, suffix: str, style: str
) -> None:
    options = ExportOptions(style=style, annexes=(Annex.COVERAGE, Annex.SOURCES), contents=True)
    closed = [b for _s, b in brief.blocks() if b.lane is Lane.CLOSED]
    ids = [cable.id, *(b.id for b in closed), *(i for b in closed for i in b.excerpt_ids())]
    path = tmp_path / f"used{suffix}"
    desk.publish.export(brief.id, path, ExportOptions(**{**vars(options), "lanes": Lanes.MAY_BE_USED}))
    held = unpacked(path)
    assert not [word for word in (*SECRET, *ids, "disclosure", "Held back") if word in held]
    assert not re.search("lane", held, re.IGNORECASE)
    assert "Gibraltar" in held.replace("\n", " ")
    desk.publish.export(brief.id, path, ExportOptions(**{**vars(options), "lanes": Lanes.NOT_FOR_DISCLOSURE}))
    other = unpacked(path)
    assert "Zanzibar" in other
    assert not [word for word in OPEN if word in other]


def test_a_word_file_of_one_lane_is_found_whole_when_it_comes_back(
    desk: Desk, brief: Brief, tmp_path: Path
) -> None:
    path = tmp_path / "used.docx"
    for lanes in Lanes:
        desk.publish.export(brief.id, path, ExportOptions(lanes=lanes))
        told = desk.verify.check(path)
        assert told.ok
        assert any(row.subject == "citation" for row in told.rows)


def test_the_version_that_an_export_of_one_lane_keeps_is_of_the_whole_brief(
    desk: Desk, brief: Brief, tmp_path: Path
) -> None:
    options = ExportOptions(lanes=Lanes.MAY_BE_USED)
    version = desk.publish.export(brief.id, tmp_path / "used.md", options).version
    (kept,) = desk.compose.versions(brief.id)
    assert kept == version
    assert kept.brief.keeps_apart
    assert kept.brief.sections == brief.sections


def test_a_lane_of_spoken_sections_stays_among_the_talking_points(desk: Desk, tmp_path: Path) -> None:
    made, _ = desk.compose.create(NewBrief("meeting-brief", (parse_tag("partner:IN"),)))
    say = next(s for s in made.sections if s.type == "say")
    first, second = prose("Say this."), prose("Know that.")

    def write(now: Brief) -> Brief:
        now = add_block(add_block(now, say.id, first), say.id, second)
        return set_lane(now, second.id, Lane.CLOSED)

    desk.compose.edit(made.id, "Write", write)
    path = tmp_path / "points.txt"
    desk.publish.export(made.id, path)
    text = path.read_text(encoding="utf-8")
    assert (
        text.index("May be used")
        < text.index("Say this.")
        < text.index("Not for disclosure")
        < text.index("Know that.")
    )
