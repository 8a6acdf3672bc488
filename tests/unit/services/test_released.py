"""A releasable version gives nothing away: every byte of every format is searched for what was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from briefer.domain.briefs import Brief, Section
from briefer.domain.dates import Basis, Dating
from briefer.domain.documents import HeadingNumbering
from briefer.domain.excerpts import Excerpt
from briefer.domain.exporting import Annex, ExportOptions, Live, SourceOrder
from briefer.domain.findings import Waiver
from briefer.domain.record import Act
from briefer.domain.tags import TagKind, Term, parse_tag
from briefer.services.desk import Desk
from briefer.services.recording import of_brief
from tests.unit.export.house_templates import letterhead, plain
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_section,
    make_snapshot,
    make_source,
    original,
    prose,
    quotation,
    untold,
)
from tests.unit.unpacking import everything

SECRET, OPEN = "uk-gscp/secret", "uk-gscp/official"
ALL = ExportOptions(
    source_order=SourceOrder.TYPE,
    wire=True,
    accessed=True,
    archived=True,
    originals=True,
    contents=True,
    numbering=HeadingNumbering.DECIMAL,
    numbered=True,
    portions=True,
    annexes=tuple(Annex),
    draft=True,
    copy="1",
    handling=("Return it.",),
    ceiling=OPEN,
    comments=True,
)


class Words:
    """Words that occur nowhere else; ``hidden`` are those that must not leave, by what they stand for."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.hidden: dict[str, str] = {}
        self.told: dict[str, str] = {}

    def hide(self, what: str) -> str:
        return self.hidden.setdefault(what, f"Zqv{next(self._numbers):03}hidden")

    def tell(self, what: str) -> str:
        return self.told.setdefault(what, f"Zqv{next(self._numbers):03}told")


class Shelf:
    """Puts sources with such words into a library, and excerpts of them."""

    def __init__(self, desk: Desk, words: Words) -> None:
        self.desk, self.words = desk, words
        untold(desk.library)

    def excerpt(self, name: str, *, hidden: bool, source: str | None = None, **changes: Any) -> Excerpt:
        """Store an excerpt in whose every field, and its source's, such words stand."""
        say = self.words.hide if hidden else self.words.tell
        text = f"It is said {say(f'quotation of {name}')} by all of them, and {say(f'rest of {name}')} too."
        made = make_source(
            title=f"Report {say(f'title of {name}')}",
            authors=(f"Ann {say(f'author of {name}')}",),
            publisher=f"{say(f'publisher of {name}')} Press",
            container=say(f"container of {name}"),
            wire=say(f"agency of {name}"),
            url=f"https://{say(f'address of {name}')}.example/page",
            genre="Report",
            rights=say(f"rights of {name}") if hidden else None,
            marking=source,
            flags=(f"superseded by {say(f'flag of {name}')}",),
            accessed="2026-01-02",
            extra={"note": say(f"note of {name}"), "volume": say(f"volume of {name}")} if hidden else {},
            event=Dating("2025-11-03", say(f"event of {name}") if hidden else "3 November", Basis.EXPLICIT),
        )  # fmt: skip
        snapshot = make_snapshot(made, text, file_name=f"{say(f'file of {name}')}.txt" if hidden else "a.txt")
        tags = f"free:{say(f'tag of {name}')} risk:cyber" if hidden else "risk:cyber partner:DE"
        values: dict[str, Any] = {
            "speaker": say(f"speaker of {name}"),
            "comment": say(f"comment on {name}"),
            "translation": say(f"translation of {name}"),
            "tags": tags,
            **changes,
        }
        excerpt = make_excerpt(snapshot, text, **values)
        with self.desk.library.write() as work:
            work.sources.add(made, snapshot, original(text))
            work.excerpts.add([excerpt])
        return excerpt


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def brief(desk: Desk, words: Words) -> Brief:
    """A brief with everything that can be marked, below the ceiling and above."""
    shelf, hide, tell = Shelf(desk, words), words.hide, words.tell
    low = shelf.excerpt("a low one", hidden=False, marking=OPEN)
    plain = shelf.excerpt("one without a marking", hidden=False)
    half = shelf.excerpt(
        "a low one with a comment", hidden=False, comment=hide("lone comment"), comment_marking=SECRET
    )
    high = shelf.excerpt("a high one", hidden=True, marking=SECRET)
    cited = shelf.excerpt("a high one in a text", hidden=True, marking=SECRET)
    owned = shelf.excerpt("one of a high source", hidden=True, source=SECRET)
    lower = shelf.excerpt("a low one of a high source", hidden=True, source=SECRET, marking=OPEN)
    other = shelf.excerpt("one of another scheme", hidden=True, marking="tlp-2/red")
    key = parse_tag(f"free:{hide('scope')}")
    with desk.library.write() as work:
        work.vocabulary.put([Term(TagKind.FREE, key.key, hide("label of a tag"))])
    judged = (
        f"Judged {tell('judged text')} [see @{low.id}; @{cited.id}, {hide('suffix')}] and [@{cited.id}] on."
    )
    sections: list[Section] = [
        make_section(
            quotation(low.id),
            quotation(plain.id),
            replace(quotation(half.id), shown=half.quote.partition(",")[0] + " […]"),
            quotation(high.id),
            replace(quotation(owned.id), shown=f"[{hide('inserted')}] {owned.quote}"),
            quotation(lower.id),
            quotation(other.id),
            heading=tell("heading"),
            type="say",
        ),
        make_section(
            prose(f"Open {tell('open text')}, see [there](#considerations) [@{plain.id}]."),
            prose(f"Unmarked {hide('citing text')} [@{cited.id}]."),
            replace(prose(f"Marked {hide('marked text')}."), marking=SECRET),
            replace(prose(judged), marking=OPEN),
            replace(prose(f"- {hide('list')}\n- more"), marking="House only"),
            heading="Background",
            type="background",
        ),
        make_section(prose(hide("text of a section")), heading=hide("section"), type="considerations", marking=SECRET, scope=(key,)),
        make_section(prose(hide("deeper text")), heading=hide("deeper section"), level=2),
        make_section(heading="Basis", type="basis"),
        make_section(heading="Coverage", type="coverage"),
        make_section(heading="Sources", type="sources"),
        make_section(prose(hide("annex text")), heading=hide("annex"), type="annex", marking=SECRET),
    ]  # fmt: skip
    made = make_brief(
        title=hide("title"),
        title_marking=SECRET,
        audience=hide("audience"),
        author=hide("author"),
        meeting_date="2031-09-17",
        marking=SECRET,
        subjects=(key, parse_tag("partner:DE")),
        waivers=(Waiver("stale", hide("waived message"), hide("reason of a waiver"), hide("waived by")),),
        sections=tuple(sections),
    )
    words.hidden["day of the meeting"] = "17 September 2031"
    words.hidden["day of the meeting, ISO"] = "2031-09-17"
    desk.compose.add(made)
    desk.compose.save_version(made.id, hide("name of a version"))
    export_before(desk, made, words)
    return made


def export_before(desk: Desk, made: Brief, words: Words) -> None:
    """Record a former export of the whole, with words in all that the record tells of one."""
    hide = words.hide
    let = {"check": "withdrawn", "section": hide("section of a finding"), "message": hide("finding let pass")}
    facts: dict[str, Any] = {
        "version": 1,
        "file": f"/{hide('folder of a former export')}/{hide('file of a former export')}.docx",
        "marking": SECRET,
        "let_leave": [let],
        "let_by": hide("who let it leave before"),
        "reason": hide("reason of leaving before"),
        "sha256": "0" * 64,
    }
    desk.record.sign_as(hide("who exported before"))
    with desk.library.write() as work:
        desk.record.note(work, Act.EXPORT, of_brief(made), facts)
    desk.record.sign_as("")


def stands_in(word: str, data: list[bytes]) -> bool:
    """Whether a word stands in one of the byte strings, in any of the encodings that files use."""
    forms = [word.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le")]
    return any(form.lower() in part.lower() for part in data for form in forms)


def leaked(words: Words, path: Path) -> list[str]:
    parts = [*everything(path.read_bytes()), path.name.encode()]
    assert stands_in(words.told["heading"], parts), "the search finds nothing at all"
    return [what for what, word in words.hidden.items() if stands_in(word, parts)]


@pytest.mark.parametrize("style", ["chicago-notes", "apa"])
@pytest.mark.parametrize("suffix", [".docx", ".odt", ".pdf", ".html", ".md", ".txt"])
def test_nothing_that_was_left_out_leaves(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path, suffix: str, style: str
) -> None:
    out = tmp_path / f"out{suffix}"
    desk.publish.export(brief.id, out, replace(ALL, style=style))
    assert leaked(words, out) == []
    _former, entry = (e for e in desk.record.of(brief.id) if e.kind == Act.EXPORT)
    assert (entry.facts["ceiling"], entry.facts["left_out"]) == (OPEN, 16)


@pytest.mark.parametrize("live", [Live.ZOTERO, Live.WORD])
def test_live_citations_give_nothing_away(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path, live: Live
) -> None:
    out = tmp_path / "out.docx"
    desk.publish.export(brief.id, out, replace(ALL, live=live))
    assert leaked(words, out) == []


@pytest.mark.parametrize("house", [plain, letterhead])
def test_a_house_template_gives_nothing_away(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path, house: Callable[[], bytes]
) -> None:
    template, out = tmp_path / "house.docx", tmp_path / "out.docx"
    template.write_bytes(house())
    desk.publish.export(brief.id, out, replace(ALL, template=template))
    assert leaked(words, out) == []


def test_the_search_finds_what_is_not_left_out(
    desk: Desk, brief: Brief, words: Words, tmp_path: Path
) -> None:
    """At the highest level everything that a document shows is found, in each format."""
    shown = {f"{part} of a high one" for part in ("quotation", "title", "author", "address", "speaker")}
    wanted = {*shown, "title", "audience", "section", "lone comment", "inserted", "marked text"}
    options = replace(ALL, ceiling="uk-gscp/top-secret")
    for suffix in (".docx", ".odt", ".pdf", ".html", ".md"):
        out = tmp_path / f"out{suffix}"
        desk.publish.export(brief.id, out, options)
        assert wanted - set(leaked(words, out)) == set(), suffix


def test_a_version_tells_how_much_it_lacks_and_bears_the_ceiling(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id, ALL)
    assert document.handling == (
        "Return it.",
        "16 portions were left out of this version, which is released at OFFICIAL.",
    )
    assert document.marking is not None
    assert document.marking.text == "OFFICIAL"
    assert document.title == "Meeting brief"
    numbers = [note.number for note in document.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    japanese = desk.publish.document(brief.id, replace(ALL, language="ja"))
    assert japanese.handling[-1] == "本版（OFFICIAL）では16か所を省いた。"
    whole = desk.publish.document(brief.id, replace(ALL, ceiling=""))
    assert whole.handling == ("Return it.",)
