"""What written queries find, against a scan of what the library holds; after changes, undoing and importing.

The rules are read off the texts here a second time, without the index's preparation and without its patterns.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.excerpts import Excerpt, ExcerptKind
from briefer.domain.folding import folded
from briefer.domain.highlights import highlights
from briefer.domain.ids import new_id
from briefer.domain.queries import words_in
from briefer.domain.results import Sort
from briefer.domain.sources import Source
from briefer.domain.spans import fold
from briefer.domain.tags import TagKind, parse_tag
from briefer.services.changes import Change
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query
from briefer.storage import facets as counting
from briefer.storage import posting_writer, search_index
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_snapshot,
    make_source,
    original,
    quotation,
    untold,
)

PIECES = [
    "chips",
    "Chip",
    "cäble",
    "NATO",
    "ｒａｒｅ",
    "ＥＡＲＴＨＳ",
    "x9",
    "日本",
    "半導体",
    "輸",
    "出",
    "國",
    "国",
    "チップ",
    "ﾁｯﾌﾟ",
    "１０",
    "U.S.",
    "us",
    "サウジ・アラビア",
    "サウジアラビア",
    "การค้า",
]
# Nobody writes these beside Latin letters without a blank.
HINDI = ["हिन्दी", "हिन्द"]
BETWEEN = ["", " ", " ", "\u3000", "、", "-", "・", "\n", "\u200b", "."]
PUBLISHERS = [None, "Example Times", "例新聞", "Ｔｉｍｅｓ　Ｗｅｅｋｌｙ", ""]
TAGS = [
    "partner:DE",
    "partner:DE/venue",
    "partner:CN/source-of-risk",
    "risk:cyber",
    "theme:promotion",
    "free:a",
    "free:半導体",
]
DATES = [None, "2024", "2025", "2025-03", "2025-03-05", "2025-03-06", "2025-11"]
LANGUAGES = ["en", "en-GB", "ja", ""]


@dataclass(frozen=True)
class Row:
    """An excerpt as the repositories give it, with its source and the briefs that use it."""

    excerpt: Excerpt
    source: Source
    briefs: frozenset[str]

    @property
    def texts(self) -> tuple[str | None, ...]:
        excerpt, source = self.excerpt, self.source
        return (
            excerpt.quote, excerpt.translation, excerpt.comment, excerpt.speaker,
            source.title, source.publisher, source.container,
        )  # fmt: skip

    @property
    def date(self) -> str:
        return self.source.published.value or ""


Test = Callable[[Row], bool]


def text(draw: random.Random, most: int = 7) -> str:
    pieces = draw.choices([*PIECES, *(f" {word} " for word in HINDI)], k=draw.randint(2, most))
    return "".join(piece + draw.choice(BETWEEN) for piece in pieces).strip() or "x9"


# --- the library's rows, and changes of them --------------------------------------------------------------------


def rows(desk: Desk) -> dict[str, Row]:
    with desk.library.read() as work:
        used: dict[str, set[str]] = {}
        for summary in work.briefs.all():
            brief = work.briefs.get(summary.id)
            assert brief is not None
            for excerpt_id in brief.excerpt_ids():
                used.setdefault(excerpt_id, set()).add(brief.id)
        return {
            excerpt.id: Row(excerpt, source, frozenset(used.get(excerpt.id, ())))
            for source in work.sources.all()
            for excerpt in work.excerpts.of_source(source.id)
        }


def add(desk: Desk, draw: random.Random) -> None:
    source = make_source(
        draw.choice(DATES),
        title=fold(text(draw, 3)),
        publisher=draw.choice(PUBLISHERS) or None,
        container=draw.choice(PUBLISHERS) or None,
        language=draw.choice(LANGUAGES),
        reliability=draw.choice("ABF"),
    )
    snapshot = make_snapshot(source, f"{text(draw)}\n\n{text(draw)}\n")
    made = [
        make_excerpt(
            snapshot,
            tags=" ".join(draw.sample(TAGS, draw.randint(0, 3))),
            kind=draw.choice(list(ExcerptKind)),
            credibility=draw.choice("126"),
            comment=draw.choice(["", text(draw)]),
            translation=draw.choice(["", text(draw)]),
            speaker=draw.choice([None, "Jane Doe", "半導体 太郎"]),
        )
        for _ in range(draw.randint(1, 2))
    ]
    with desk.library.write() as work:
        work.sources.add(source, snapshot, original(snapshot.text))
        work.excerpts.add(made)


def change(desk: Desk, draw: random.Random) -> Change:
    """Change something by a use case; what can be done depends on what there is."""
    present = rows(desk)
    some = draw.sample(sorted(present), min(3, len(present)))
    one = present[some[0]]
    free = [i for i in some if not present[i].briefs]
    tags = tuple(map(parse_tag, draw.sample(TAGS, 2)))
    dated = draw.choice(DATES)
    dating = Dating(dated, dated, Basis.EXPLICIT) if dated else UNDATED
    ways: list[Callable[[], Change]] = [
        partial(desk.curate.tag, some, add=tags[:1], remove=tags[1:]),
        partial(desk.bulk.tag, some, add=tags),
        partial(
            desk.curate.annotate, replace(one.excerpt, comment=text(draw), credibility=draw.choice("126"))
        ),
        partial(desk.collect.change_source, replace(one.source, title=fold(text(draw, 3)), published=dating)),
        partial(
            desk.collect.change_source,
            replace(one.source, publisher=draw.choice(PUBLISHERS) or None, language=draw.choice(LANGUAGES)),
        ),
        partial(desk.collect.join, [present[i].source.id for i in some]),
        partial(desk.compose.add, used(some[:2])),
        partial(desk.curate.remove_excerpts, free),
    ]
    if not any(row.briefs for row in present.values() if row.source.id == one.source.id):
        ways.append(partial(desk.collect.remove_source, one.source.id))
    return draw.choice(ways)()


def used(excerpt_ids: list[str]) -> Brief:
    brief = make_brief(*map(quotation, excerpt_ids))
    return replace(brief, id=new_id())


def imported(desk: Desk, draw: random.Random) -> None:
    body = fold(text(draw))
    line = {
        "csl": {"type": "article-newspaper", "title": fold(text(draw, 3)), "language": "ja"},
        "text": f"{body}\n\n{new_id()}",
        "excerpts": [{"quote": body, "kind": "fact", "tags": ["risk:cyber"]}],
    }
    report = desk.exchange.import_lines("more.jsonl", [json.dumps(line).encode()])
    assert not report.refused


# --- queries, as they are written and as they are meant ------------------------------------------------------------


def runs(of: str) -> list[tuple[bool, str]]:
    """Return the words of a text and its runs of Japanese or Thai (True), in order."""

    def kind(char: str) -> bool | None:
        letter = char.isalnum() or char == "ー" or unicodedata.category(char) in {"Mn", "Mc"}
        return char > "\u3000" or "\u0e00" < char < "\u0e7f" if letter else None

    found = groupby(folded(fold(of)), key=kind)
    return [(kind, "".join(own)) for kind, own in found if kind is not None]


def stands(of: str | None, wanted: str, *, prefix: bool) -> bool:
    present, sought = runs(of or ""), runs(wanted)
    length = len(sought)
    return any(
        all(
            _fits(present[at + n], sought[n], first=n == 0, last=n == length - 1, prefix=prefix)
            for n in range(length)
        )
        for at in range(len(present) - length + 1)
    )


def _fits(here: tuple[bool, str], wanted: tuple[bool, str], *, first: bool, last: bool, prefix: bool) -> bool:
    (japanese, run), (sought_japanese, sought) = here, wanted
    if japanese != sought_japanese:
        return False
    if not japanese:
        return run.startswith(sought) if last and prefix else run == sought
    if first and last:
        return sought in run
    return (
        (not first or run.endswith(sought))
        and (not last or run.startswith(sought))
        and (first or last or run == sought)
    )


def anywhere(wanted: str, *, prefix: bool = False) -> Test:
    return lambda row: any(stands(part, wanted, prefix=prefix) for part in row.texts)


def words(draw: random.Random) -> tuple[str, Test]:
    kind = draw.choice(["word", "part", "prefix", "phrase", "joined"])
    if kind == "part":
        word = draw.choice(["半", "半導", "本半", "体日", "プ", "チ", "国", "国日", "出", "ジア", "ค้า", "ค"])
        return word, anywhere(word)
    if kind == "prefix":
        word = draw.choice(["ch", "cabl", "ｎ", "x", "rar", "半", "earths", "u", "हिन्"])
        return f"{word}*", anywhere(word, prefix=True)
    if kind == "phrase":
        phrase = " ".join(draw.choices(PIECES, k=2))
        return f'"{phrase}"', anywhere(phrase)
    word = draw.choice([*PIECES, *HINDI]) if kind == "word" else "".join(draw.choices(PIECES, k=2))
    return word, anywhere(word)


def field(draw: random.Random) -> tuple[str, Test]:
    tag = draw.choice([*TAGS, "partner:CN", "partner:/venue", "theme:", "risk:economic"])
    kind, _, value = tag.partition(":")
    key, _, role = value.partition("/")
    date = draw.choice(["2024", "2025", "2025-03", "2025-03-06"])
    grade = draw.choice(["A", "b", "1", "B2", "f6"])
    name = draw.choice(["times", "ｔｉｍｅｓ", "新聞", "week*"])
    word = name.rstrip("*")
    language = draw.choice(["en", "en-gb", "ja", "none"])
    in_name = partial(stands, wanted=word, prefix=name.endswith("*"))
    found: list[tuple[str, Test]] = [
        (tag, lambda row: any(
            t.kind == TagKind(kind) and key in {"", t.key} and role in {"", str(t.role or "")} for t in row.excerpt.tags
        )),
        (f"publisher:{name}", lambda row: in_name(row.source.publisher) or in_name(row.source.container)),
        ('publisher:"=Example Times"', lambda row: row.source.publisher == "Example Times"),
        ("publisher:=", lambda row: not row.source.publisher),
        ("source:半導体", lambda row: stands(row.source.title, "半導体", prefix=False)),
        ('source:"chip* 日本"', lambda row: (
            stands(row.source.title, "chip", prefix=True) and stands(row.source.title, "日本", prefix=False)
        )),
        ("speaker:doe", lambda row: stands(row.excerpt.speaker, "doe", prefix=False)),
        (f"lang:{language}", lambda row: (
            not row.source.language if language == "none"
            else row.source.language.lower() == language or row.source.language.lower().startswith(f"{language}-")
        )),
        ("kind:fact", lambda row: row.excerpt.kind is ExcerptKind.FACT),
        (f"grade:{grade}", lambda row: all(
            c in {row.source.reliability, row.excerpt.credibility} for c in grade.upper()
        )),
        (f"after:{date}", lambda row: row.date >= date),
        (f"before:{date}", lambda row: "" < row.date < date and not date.startswith(row.date)),
        (f"date:{date}", lambda row: row.date.startswith(date)),
        ("date:2025-01-01..2025-12", lambda row: row.date.startswith("2025")),
        ("date:2025-03-01..2025-12-31", lambda row: "2025-03" <= row.date < "2026"),
        ("after:2025-01-01", lambda row: row.date >= "2025"),
        ("before:2025-01", lambda row: "" < row.date < "2025"),
        ("date:2025-03..2025-06", lambda row: "2025-03" <= row.date < "2025-07"),
        ("date:none", lambda row: not row.date),
        ("used:yes", lambda row: bool(row.briefs)),
        ("used:no", lambda row: not row.briefs),
    ]  # fmt: skip
    return draw.choice(found)


def query(draw: random.Random, depth: int = 2) -> tuple[str, Test]:
    how = draw.choice(["words", "words", "field", "not", "and", "or"]) if depth else "words"
    if how == "words":
        return words(draw)
    if how == "field":
        return field(draw)
    first, one = query(draw, depth - 1)
    if how == "not":
        return f"-({first})", lambda row: not one(row)
    second, other = query(draw, depth - 1)
    if how == "or":
        return f"({first} OR {second})", lambda row: one(row) or other(row)
    return f"{first}{draw.choice([' ', '　'])}{second}", lambda row: one(row) and other(row)


# --- the comparison ------------------------------------------------------------------------------------------------


def compare(desk: Desk, written: str, wanted: Test) -> None:
    present = rows(desk)
    expected = {id_ for id_, row in present.items() if wanted(row)}
    assert set(desk.find.excerpt_ids(written)) == expected, written
    for sort in Sort:
        page = desk.find.excerpts(written, limit=200, sort=sort)
        assert page.total == len(expected)
        assert page.sources == len({present[i].source.id for i in expected})
        assert [hit.excerpt.id for hit in page.hits] == list(desk.find.excerpt_ids(written, sort))
        assert {hit.excerpt.id for hit in page.hits} == expected
        assert all(
            (hit.excerpt, hit.source) == (present[hit.excerpt.id].excerpt, present[hit.excerpt.id].source)
            for hit in page.hits
        )
        assert all(hit.used_in == len(present[hit.excerpt.id].briefs) for hit in page.hits)
    facets = desk.find.facets(written)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counting, "_FEW", 0)
        assert desk.find.facets(written) == facets
    assert sum(facets.grade.values()) == sum(facets.language.values()) == len(expected)
    for kind in TagKind:
        bearing = {
            key for i in expected for key in {t.key for t in present[i].excerpt.tags if t.kind is kind}
        }
        assert getattr(facets, kind.value) == {
            key: sum(any(t.kind is kind and t.key == key for t in present[i].excerpt.tags) for i in expected)
            for key in bearing
        }


@pytest.fixture(params=["all loose", "sorted in", "with sets of words", "at once"])
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How the library keeps its sets: small libraries have none of words, and all their excerpts loose."""
    if request.param != "all loose":
        monkeypatch.setattr(posting_writer.fold, "__defaults__", (3,))
    if request.param in {"with sets of words", "at once"}:
        monkeypatch.setattr(posting_writer, "_LEAST_TOTAL", 4)
    if request.param == "at once":
        monkeypatch.setattr(search_index, "_MANY", 1)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.usefixtures("kept")
def test_what_is_found_after_changes_and_undoing(desk: Desk, seed: int) -> None:
    draw = random.Random(seed)
    untold(desk.library)
    for _ in range(14):
        add(desk, draw)
    for round_ in range(4):
        done = [change(desk, draw) for _ in range(3)]
        if draw.random() < 0.7:
            undone = [made.inverse() for made in reversed(done) if made.inverse]
            if draw.random() < 0.5:
                done = [made.inverse() for made in reversed(undone) if made.inverse]
        if round_ == 3:
            imported(desk, draw)
        for _ in range(9):
            compare(desk, *query(draw))
    assert desk.library.problems() == ()


def test_what_is_found_is_highlighted_and_nothing_else(desk: Desk) -> None:
    draw = random.Random(5)
    for _ in range(20):
        add(desk, draw)
    present = rows(desk)
    for _ in range(120):
        written, wanted = words(draw)
        asked = words_in(parse_query(written))
        for row in present.values():
            marked = any(highlights(fold(part), asked) for part in row.texts if part)
            assert marked == wanted(row), (written, row.texts)
