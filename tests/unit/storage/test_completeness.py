"""What is found, against a brute-force scan of the texts; the same after every kind of change."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefer.domain.folding import folded
from briefer.domain.queries import And, Field, Match, Node, Not, Or, Words
from briefer.domain.results import Sort
from briefer.storage import SqliteLibrary, posting_writer, search_index
from briefer.storage import facets as counting
from briefer.storage.postings import fresh
from tests.unit.factories import make_excerpt, make_snapshot, make_source, original
from tests.unit.storage.conftest import Shelf

LATIN = ["chips", "chip", "cable", "Cäble", "NATO", "rare", "earths", "ｒａｒｅ", "x9"]
KANJI = ["日本", "半導体", "輸出", "國", "国", "体", "チップ", "ﾁｯﾌﾟ"]
TAGS = ["partner:DE", "partner:DE/venue", "partner:CN/source-of-risk", "risk:cyber", "theme:chips", "free:a"]
DATES = [None, "2024", "2025", "2025-03", "2025-03-05", "2025-03-06", "2025-11"]

Row = tuple[str, str, str | None, frozenset[str]]
"""Of an excerpt: its id, quote, date, and tags."""


def filled(shelf: Shelf, seed: int, count: int = 25) -> dict[str, Row]:
    draw = random.Random(seed)
    rows: dict[str, Row] = {}
    for _ in range(count):
        rows |= added(shelf, draw)
    return rows


def text_of(draw: random.Random) -> str:
    latin = " ".join(draw.choices(LATIN, k=4))
    return f"{latin} {''.join(draw.choices(KANJI, k=4))}"


def added(shelf: Shelf, draw: random.Random) -> dict[str, Row]:
    date, tags, text = draw.choice(DATES), draw.sample(TAGS, 2), text_of(draw)
    source = make_source(date, title="Title", publisher="Publisher", authors=())
    excerpt = shelf.excerpt(f"{text}\n", source=source, tags=" ".join(tags))
    return {excerpt.id: (excerpt.id, excerpt.quote, date, frozenset(tags))}


def has(row: Row, node: Node) -> bool:
    """Read the language's rules off the text itself, without the index's preparation."""
    _, quote, date, tags = row
    if isinstance(node, Words):
        return stands(folded(quote), folded(node.text), prefix=node.prefix)
    if isinstance(node, Not):
        return not has(row, node.term)
    if isinstance(node, And):
        return all(has(row, term) for term in node.terms)
    if isinstance(node, Or):
        return any(has(row, term) for term in node.terms)
    assert isinstance(node, Match)
    if node.field is Field.AFTER:
        return (date or "") >= node.value
    if node.field is Field.BEFORE:
        return date is not None and date < node.value and not node.value.startswith(date)
    wanted = f"{node.field}:{node.value}"
    return any(tag == wanted or tag.startswith(f"{wanted}/") for tag in tags)


def stands(text: str, wanted: str, *, prefix: bool) -> bool:
    at = text.find(wanted)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        latin = wanted.isascii()
        if not latin or (not is_latin(before) and (prefix or not is_latin(after))):
            return True
        at = text.find(wanted, at + 1)
    return False


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


ATOMS = (
    st.builds(Words, st.sampled_from(LATIN))
    | st.builds(
        lambda word, n: Words(word[:n], prefix=True),
        st.sampled_from(["chips", "cable", "nato", "x9"]),
        st.integers(1, 4),
    )
    | st.builds(lambda word, n: Words(word[:n]), st.sampled_from(KANJI), st.integers(1, 3))
    | st.builds(Words, st.sampled_from(["rare earths", "chips cable", "本半", "体輸出", "国体"]))
    | st.builds(Match, st.just(Field.PARTNER), st.sampled_from(["DE", "DE/venue", "CN"]))
    | st.builds(
        Match,
        st.sampled_from([Field.AFTER, Field.BEFORE]),
        st.sampled_from(["2025", "2025-03", "2025-03-06"]),
    )
)
QUERIES = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=4,
)


@pytest.fixture(params=["all loose", "sorted in", "sorted in with sets of words", "sorted in at once"])
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the library keeps its sets: small libraries have none of words, and all their excerpts loose."""
    if request.param.startswith("sorted in"):
        monkeypatch.setattr(posting_writer.fold, "__defaults__", (3,))
    if request.param in {"sorted in with sets of words", "sorted in at once"}:
        monkeypatch.setattr(posting_writer, "_LEAST_TOTAL", 4)
    if request.param == "sorted in at once":
        monkeypatch.setattr(search_index, "_MANY", 1)
    return str(request.param)


def compared(library: SqliteLibrary, rows: dict[str, Row], query: Node) -> None:
    expected = {id_ for id_, row in rows.items() if has(row, query)}
    with library.read() as work:
        assert set(work.search.ids(query)) == expected
        for sort in Sort:
            page = work.search.page(query, limit=7, offset=2, sort=sort)
            assert page.total == len(expected)
            assert [hit.excerpt.id for hit in page.hits] == list(work.search.ids(query, sort)[2:9])
        facets = work.search.facets(query)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(counting, "_FEW", 0)
            assert work.search.facets(query) == facets
        assert facets.partner.get("DE", 0) == sum(has(rows[i], Match(Field.PARTNER, "DE")) for i in expected)
        assert sum(facets.year.values()) == sum(facets.used.values()) == len(expected)


@given(st.lists(QUERIES, min_size=8, max_size=8), st.integers(0, 3))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_hit_is_missed_and_none_invented(shelf: Shelf, kept: str, queries: list[Node], seed: int) -> None:
    with shelf.library.read() as work:
        present = work.search.ids(And())
    with shelf.library.write() as work:
        work.excerpts.remove(present)
    rows = filled(shelf, seed)
    for query in queries:
        compared(shelf.library, rows, query)


def changes(draw: random.Random) -> list[Callable[[Any, Shelf, dict[str, Row]], None]]:
    def drop(work: Any, _: Shelf, rows: dict[str, Row]) -> None:
        gone = draw.sample(sorted(rows), 3)
        work.excerpts.remove(gone)
        for id_ in gone:
            del rows[id_]

    def retag(work: Any, _: Shelf, rows: dict[str, Row]) -> None:
        id_ = draw.choice(sorted(rows))
        excerpt = work.excerpts.get(id_)
        work.excerpts.update([replace(excerpt, tags=excerpt.tags[:1])])
        rows[id_] = (*rows[id_][:3], frozenset([str(excerpt.tags[0])]))

    def redate(work: Any, _: Shelf, rows: dict[str, Row]) -> None:
        id_ = draw.choice(sorted(rows))
        source = work.sources.get(work.excerpts.get(id_).source_id)
        dated = make_source("2025-03-06", id=source.id, title="Title", publisher="Publisher", authors=())
        work.sources.update(replace(source, published=dated.published))
        rows[id_] = (*rows[id_][:2], "2025-03-06", rows[id_][3])

    def add(work: Any, _: Shelf, rows: dict[str, Row]) -> None:
        source = make_source("2025-11", title="Title", publisher="Publisher", authors=())
        snapshot = make_snapshot(source, f"{text_of(draw)}\n")
        excerpt = make_excerpt(snapshot)
        work.sources.add(source, snapshot, original(snapshot.text))
        work.excerpts.add([excerpt])
        rows[excerpt.id] = (excerpt.id, excerpt.quote, "2025-11", frozenset())

    def lose(work: Any, _: Shelf, rows: dict[str, Row]) -> None:
        id_ = draw.choice(sorted(rows))
        work.sources.remove(work.excerpts.get(id_).source_id)
        del rows[id_]

    return [drop, retag, redate, add, lose]


@pytest.mark.parametrize("seed", range(3))
def test_the_index_stays_in_step(shelf: Shelf, kept: str, seed: int) -> None:
    draw = random.Random(seed)
    rows = filled(shelf, seed)
    asked: list[Node] = [
        Words("chips"),
        Words("半導"),
        Not(Words("rare")),
        Match(Field.PARTNER, "DE"),
        Match(Field.AFTER, "2025-03"),
    ]
    for _ in range(8):
        change = draw.choice(changes(draw))
        with shelf.library.write() as work:
            change(work, shelf, rows)
        try:
            with shelf.library.write() as work:
                draw.choice(changes(draw))(work, shelf, dict(rows))
                work.search.ids(Words("chips"))
                raise KeyboardInterrupt  # noqa: TRY301  (what happens to a write that is broken off)
        except KeyboardInterrupt:
            pass
        for query in asked:
            compared(shelf.library, rows, query)
    assert shelf.library.problems() == ()


def test_a_reader_of_an_older_state_is_not_told_of_a_newer(shelf: Shelf) -> None:
    before = shelf.excerpt("Chips.\n", tags="partner:DE")
    with shelf.library.read() as old:
        assert old.search.ids(Words("chips")) == (before.id,)
        after = shelf.excerpt("Chips again.\n", tags="partner:DE")
        with shelf.library.read() as new:
            assert set(new.search.ids(Words("chips"))) == {before.id, after.id}
            assert new.search.facets(Words("chips")).partner == {"DE": 2}
        assert old.search.ids(Words("chips")) == (before.id,)
        assert old.search.facets(Words("chips")).partner == {"DE": 1}


def test_words_that_become_frequent_while_excerpts_are_loose(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting_writer, "_LEAST_TOTAL", 4)
    monkeypatch.setattr(search_index, "_MANY", 5)
    loose = {shelf.excerpt("Rare chips.\n", tags="partner:DE").id for _ in range(3)}
    _, snapshot = shelf.source("Chips of rare earths.\n")
    together = [make_excerpt(snapshot) for _ in range(6)]
    with shelf.library.write() as work:
        work.excerpts.add(together)
    with shelf.library.read() as work:
        assert "word:chips" in fresh(work._connection).frequent
        assert set(work.search.ids(Words("chips"))) == loose | {one.id for one in together}
        assert set(work.search.ids(Words("rare chips"))) == loose
    assert shelf.library.problems() == ()


def test_many_excerpts_that_are_given_the_numbers_of_deleted_ones(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = shelf.excerpt("Chips.\n", tags="partner:DE"), shelf.excerpt("Cable.\n", tags="partner:CN")
    monkeypatch.setattr(search_index, "_MANY", 5)
    _, snapshot = shelf.source("Chips of rare earths.\n")
    with shelf.library.write() as work:
        posting_writer.fold(work._connection, 0)
        work.excerpts.remove([gone.id])
    together = [make_excerpt(snapshot) for _ in range(6)]
    with shelf.library.write() as work:
        work.excerpts.add(together)
    with shelf.library.read() as work:
        assert work.search.page(And(), limit=0).total == 7
        assert set(work.search.ids(Not(Match(Field.PARTNER, "DE")))) == {one.id for one in together}
        assert work.search.ids(Match(Field.PARTNER, "CN")) == ()
        assert work.search.ids(Match(Field.PARTNER, "DE")) == (kept.id,)
    assert shelf.library.problems() == ()
