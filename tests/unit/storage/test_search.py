"""What the query language finds, through the tree that it is parsed into."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap
from sqlalchemy import Connection

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.queries import EVERYTHING, And, Field, Match, Node, Not, Or, Words, both
from briefer.domain.results import Sort
from briefer.storage import SqliteLibrary, search_index
from briefer.storage.postings import PostingsCache
from tests.unit.factories import make_brief, make_source, quotation
from tests.unit.storage.conftest import Shelf

A, B, C = (f"0190a000-0000-7000-8000-00000000000{n}" for n in "abc")


@pytest.fixture
def three(shelf: Shelf) -> SqliteLibrary:
    """A is British and English, B Japanese, C German and undated."""
    shelf.excerpt(
        "Export controls on rare earths will tighten, the minister said.\n",
        id=A,
        tags="partner:GB risk:supply-chain theme:minerals",
        source=make_source(
            "2025-10-03",
            id=f"1111{A[4:]}",
            title="Britain and rare earths",
            publisher="London Post",
            reliability="B",
        ),
        credibility="2",
        speaker="Jane Doe",
        comment="Ask about Navapur",
    )
    shelf.excerpt(
        "日本政府は半導体の輸出管理を強化した。\n",
        id=B,
        tags="partner:JP partner:CN/source-of-risk partner:GB/venue risk:cyber free:見直し",
        source=make_source(
            "2025",
            id=f"2222{B[4:]}",
            title="輸出管理の強化",
            publisher=None,
            container="経済新報",
            language="ja",
            reliability="A",
        ),
        kind=ExcerptKind.FACT,
        translation="The Japanese government tightened controls",
    )
    shelf.excerpt(
        "Müller pocht auf die Lieferkette.\n",
        id=C,
        source=make_source(None, id=f"3333{C[4:]}", title="Lieferkette", language="de-AT", reliability="F"),
        credibility="6",
    )
    with shelf.library.write() as work:
        work.briefs.put(make_brief(quotation(B), id="0190ffff-0000-7000-8000-000000000001"))
    return shelf.library


def ids(library: SqliteLibrary, query: Node) -> str:
    """Return the letters of what is found, in order of the alphabet."""
    with library.read() as work:
        found = work.search.ids(query)
        assert work.search.page(query, limit=9).total == len(found)
        assert set(work.search.ids(query, Sort.BEST)) == set(found)
    return "".join(sorted(id_[-1] for id_ in found))


def match(text: str) -> Match:
    field, _, value = text.partition(":")
    return Match(Field(field), value)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (Words("controls"), "ab"),
        (Words("CONTROLS"), "ab"),
        (Words("control"), ""),
        (Words("control", prefix=True), "ab"),
        (Words("rare earths"), "a"),
        (Words("earths rare"), ""),
        (Words("said ask"), ""),
        (Words("半導"), "b"),
        (Words("半導体"), "b"),
        (Words("体"), "b"),
        (Words("た"), "b"),
        (Words("管理を強化した"), "b"),
        (Words("導半"), ""),
        (Words("muller"), "c"),
        (Words("doe"), "a"),
        (Words("navapur"), "a"),
        (Words("post"), "a"),
        (Words("経済新報"), "b"),
        (Words("britain"), "a"),
        (Words("...", prefix=True), "abc"),
    ],
)
def test_words(three: SqliteLibrary, words: Words, found: str) -> None:
    assert ids(three, words) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (EVERYTHING, "abc"),
        (Or(()), "abc"),
        (And((Words("rare"), Words("minister"))), "a"),
        (And((Words("controls"), Not(Words("rare")))), "b"),
        (Not(Words("controls")), "c"),
        (Not(Not(Words("controls"))), "ab"),
        (Not(EVERYTHING), "abc"),
        (Not(Words("!")), "abc"),
        (Or((Words("rare"), Words("半導体"))), "ab"),
        (Or((Words("rare"), Words("-"))), "a"),
        (Or((Words("rare"), match("lang:de"))), "ac"),
        (Or((Words("rare"), And((Words("controls"), match("lang:ja"))))), "ab"),
        (And((Or((match("partner:JP"), match("lang:de"))), Not(Words("半導体")))), "c"),
        (Not(Or((match("partner:JP"), match("lang:de")))), "a"),
        (And((Words("controls"), match("partner:GB"), match("risk:cyber"))), "b"),
        (both(Words("controls"), both(match("partner:GB"), Words("rare"))), "a"),
        (And((And((Words("controls"), And(()))), Or((Words("rare"), Words("post"))))), "a"),
    ],
)
def test_joined(three: SqliteLibrary, query: Node, found: str) -> None:
    assert ids(three, query) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("partner:GB", "ab"),
        ("partner:gb", "ab"),
        ("partner:GB/venue", "b"),
        ("partner:GB/partner", "a"),
        ("partner:CN/source-of-risk", "b"),
        ("partner:CN/partner", ""),
        ("partner:/venue", "b"),
        ("partner:XX", ""),
        ("partner:", "ab"),
        ("risk:cyber", "b"),
        ("theme:", "a"),
        ("free:見直し", "b"),
        ("free:見直", ""),
        ("source:1111", "a"),
        ("source:1111A000", "a"),
        ("source:rare", "a"),
        ("source:rare britain", "a"),
        ("source:rar*", "a"),
        ("source:輸出", "b"),
        ("source:london", ""),
        ("source:", "abc"),
        ("source:!", "abc"),
        ("publisher:post", "a"),
        ("publisher:経済", "b"),
        ("publisher:earths", ""),
        ("publisher:", "abc"),
        ("publisher:=Post", ""),
        ("publisher:=London Post", "a"),
        ("publisher:=", "b"),
        ("lang:ja", "b"),
        ("lang:EN", "a"),
        ("lang:en-gb", "a"),
        ("lang:de", "c"),
        ("lang:d", ""),
        ("lang:", "abc"),
        ("lang:none", ""),
        ("date:none", "c"),
        ("kind:quotation", "ac"),
        ("kind:Fact", "b"),
        ("kind:", "abc"),
        ("grade:B2", "a"),
        ("grade:b", "a"),
        ("grade:6", "bc"),
        ("grade:A6", "b"),
        ("grade:", "abc"),
        ("grade:X9", ""),
        ("after:2025", "ab"),
        ("after:2025-10", "a"),
        ("after:2025-10-03", "a"),
        ("after:2025-10-04", ""),
        ("before:2026", "ab"),
        ("before:2025-10", ""),
        ("before:2025-10-03", ""),
        ("before:2025-10-04", "a"),
        ("before:2025", ""),
        ("after:", "abc"),
        ("before:", "abc"),
        ("after:last year", ""),
        ("used:yes", "b"),
        ("used:no", "ac"),
        ("used:NO", "ac"),
        ("used:perhaps", "abc"),
        ("in:0190ffff-0000-7000-8000-000000000001", "b"),
        ("in:0190FFFF", "b"),
        ("in:0190fffe", ""),
        ("in:", "b"),
    ],
)
def test_fields(three: SqliteLibrary, text: str, found: str) -> None:
    assert ids(three, match(text)) == found
    if found != "abc":
        assert ids(three, Not(match(text))) == "".join(sorted(set("abc") - set(found)))
    assert ids(three, both(match(text), Words("controls"))) == "".join(sorted(set("ab") & set(found)))
    assert ids(three, both(match(text), match("partner:"))) == "".join(sorted(set("ab") & set(found)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (EVERYTHING, "123"),
        (Words("tighten"), "1"),
        (Words("Anna"), "123"),
        (Words("半導体"), "2"),
        (Words("Navapur"), ""),
        (Not(Words("tighten")), "23"),
        (And((Words("Anna"), match("lang:ja"))), "2"),
        (Or((Words("tighten"), match("lang:de"))), "13"),
        (match("source:2222"), "2"),
        (match("publisher:post"), "1"),
        (match("publisher:=Post"), ""),
        (match("publisher:=London Post"), "1"),
        (match("publisher:="), "2"),
        (match("date:none"), "3"),
        (match("lang:none"), ""),
        (match("partner:GB"), "12"),
        (match("theme:"), "1"),
        (match("kind:fact"), "2"),
        (match("grade:B"), "1"),
        (match("grade:B2"), "1"),
        (match("grade:2"), "1"),
        (match("after:2025-10"), "1"),
        (match("before:2026"), "12"),
        (match("used:yes"), "2"),
        (match("used:no"), "13"),
        (match("in:0190ffff"), "2"),
        (match("used:perhaps"), "123"),
        (match("lang:"), "123"),
    ],
)
def test_sources(three: SqliteLibrary, query: Node, found: str) -> None:
    with three.read() as work:
        hits = work.search.sources(query, limit=9)
        assert len(work.search.sources(query, limit=1)) <= 1
    assert "".join(sorted(hit.source.id[0] for hit in hits)) == found
    assert all(hit.excerpts == 1 for hit in hits)


def test_sources_come_newest_first(three: SqliteLibrary) -> None:
    with three.read() as work:
        assert [hit.source.id[0] for hit in work.search.sources(EVERYTHING, limit=9)] == ["1", "2", "3"]


HOSTILE = [
    "' OR 1=1 --",
    '" OR "',
    "x; DROP TABLE excerpts",
    "a NEAR(b c)",
    "title : x",
    "{title} : x",
    "^a",
    "*",
    "a AND",
    "%",
    "_",
    "\\",
    "\x00",
    "\ud800",
    "\U0010ffff",
    "?1 :x @y $z",
    "/",
    "//",
]
ATOMS = st.builds(Words, st.sampled_from(HOSTILE) | st.text(), st.booleans()) | st.builds(
    Match, st.sampled_from(Field), st.sampled_from(HOSTILE) | st.text()
)
QUERIES = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(And, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@given(QUERIES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_breaks_anything(three: SqliteLibrary, query: Node) -> None:
    with three.read() as work:
        total = work.search.page(query, limit=2).total
        assert len(work.search.ids(query)) == len(work.search.ids(query, Sort.BEST)) == total
        work.search.facets(query)
        work.search.coverage(query)
        work.search.sources(query, limit=2)
        assert work.counts().excerpts == 3


def test_long_queries(three: SqliteLibrary) -> None:
    many = And(tuple(Words(f"controls{n}", prefix=True) for n in range(200)))
    assert ids(three, many) == ""
    assert ids(three, Or((*many.terms, Words("controls")))) == "ab"
    assert ids(three, Or(tuple(Match(Field.RISK, f"x{n}") for n in range(200)))) == ""


def test_many_words_are_looked_up_in_few_searches(
    three: SqliteLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    found = search_index.EXCERPTS.found

    def watched(connection: Connection, expression: str) -> BitMap:
        looked_up.append(expression)
        return found(connection, expression)

    monkeypatch.setattr(search_index.EXCERPTS, "found", watched)
    many = tuple(Words(f"nowhere{n}") for n in range(250))
    for query, expected in (
        (And((Words("controls"), *map(Not, many))), "ab"),
        (And((*map(Not, many), Not(Words("controls")))), "c"),
        (Or((*many, Words("controls"))), "ab"),
        (Not(Or((*many, Words("controls")))), "c"),
    ):
        looked_up.clear()
        three._cache = PostingsCache()
        assert ids(three, query) == expected
        assert len(looked_up) <= 30


def test_beginnings_of_ids(three: SqliteLibrary) -> None:
    with three.read() as work:
        assert work.search.ids_like("excerpt", "0190a000") == (A, B)
        assert work.search.ids_like("excerpt", B.upper()) == (B,)
        assert work.search.ids_like("excerpt", "%") == ()
        assert work.search.ids_like("source", "3") == (f"3333{C[4:]}",)
        assert work.search.ids_like("brief", "0190ffff") == ("0190ffff-0000-7000-8000-000000000001",)
        assert len(work.search.ids_like("source", "")) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("date:2025", "ab"),
        ("date:2025-10", "a"),
        ("date:2025-10-03", "a"),
        ("date:2025-10-04", ""),
        ("date:2024..2025", "ab"),
        ("date:2025-10-01..2025-10-31", "a"),
        ("date:..2025-10-02", ""),
        ("date:..2025-10", "a"),
        ("date:..2025", "ab"),
        ("date:2024..2025-10-31", "a"),
        ("date:2024..2025-09", ""),
        ("date:2025-10-04..", ""),
        ("date:", "abc"),
        ("date:soon", ""),
        ("speaker:doe", "a"),
        ("speaker:minister", ""),
        ("speaker:", "abc"),
    ],
)
def test_ranges_and_speakers(three: SqliteLibrary, text: str, found: str) -> None:
    assert ids(three, match(text)) == found
    if text.startswith("date:") and found != "abc":
        with three.read() as work:
            hits = work.search.sources(match(text), limit=9)
        assert "".join(sorted("abc"[int(hit.source.id[0]) - 1] for hit in hits)) == found


@pytest.mark.parametrize(
    "damage", ["UPDATE {0}_index_data SET block = x'00' WHERE id > 10", "DELETE FROM {0}_index_data"]
)
def test_a_damaged_index_is_read_past_and_rebuilt(three: SqliteLibrary, damage: str) -> None:
    def asked() -> list[object]:
        with three.read() as work:
            return [
                work.search.ids(Words("controls")),
                work.search.ids(Or((Words("半導体"), Words("rare earths")))),
                work.search.ids(And((Words("rar", prefix=True), Not(Words("強化"))))),
                work.search.ids(match("source:rare")),
                work.search.ids(match("speaker:doe")),
                work.search.sources(Words("半導体"), limit=9),
                work.search.sources(match("publisher:post"), limit=9),
            ]

    expected = asked()
    with three.read() as work:
        assert not work.search.page(Words("controls"), limit=1).scanned
    with three.write() as work:
        for index in ("excerpt", "source"):
            work._connection.exec_driver_sql(damage.format(index))
    # Another connection, which has not read the index yet.
    three._engine.dispose()
    three._cache = PostingsCache()
    assert asked() == expected
    with three.read() as work:
        assert work.search.page(Words("controls"), limit=1).scanned
        assert work.search.alike(A, 9) == ()
    assert three.problems() != ()
    told: list[str] = []
    three.repair(lambda done, of, name: told.append(name))
    assert set(told) == {"excerpts", "sources", "copies"}
    assert three.problems() == ()
    assert asked() == expected


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM postings",
        "DELETE FROM postings WHERE key = 'partner:GB'",
        "DELETE FROM postings WHERE key LIKE 'month:%'",
        "UPDATE postings SET bits = x'00ff'",
        "UPDATE postings SET bits = x'00ff' WHERE key LIKE 'partner:%'",
        "UPDATE postings SET bits = x'01000000' WHERE count = 2",
        "UPDATE postings SET key = key || CAST(x'ff' AS TEXT) WHERE key LIKE 'partner:%'",
        "INSERT OR REPLACE INTO loose VALUES (5, 99, '[')",
        "INSERT OR REPLACE INTO loose VALUES (5, 99, 7)",
        "INSERT OR REPLACE INTO loose VALUES (5, 99, CAST(x'5b22ff225d' AS TEXT))",
        "INSERT OR REPLACE INTO loose VALUES (-5, 99, '[]')",
        "INSERT OR REPLACE INTO meta VALUES ('postings_words', '[')",
        "INSERT OR REPLACE INTO meta VALUES ('postings_rows', 'x')",
        "UPDATE meta SET value = 'x' WHERE key LIKE 'postings%'",
    ],
)
def test_damaged_sets_are_made_from_the_excerpts_until_the_repair(three: SqliteLibrary, damage: str) -> None:
    def asked() -> list[object]:
        with three.read() as work:
            return [
                work.search.ids(match("partner:GB")),
                work.search.ids(And((Words("controls"), match("after:2024")))),
                work.search.page(EVERYTHING, limit=5).hits,
                work.search.facets(EVERYTHING),
                work.search.coverage(EVERYTHING),
            ]

    three.repair()
    expected = asked()
    with three.write() as work:
        work._connection.exec_driver_sql(damage)
    three._cache = PostingsCache()
    assert asked() == expected
    with three.read() as work:
        assert work.search.page(match("partner:GB"), limit=1).scanned
    assert three.problems() != ()
    three.repair()
    assert three.problems() == ()
    assert asked() == expected
    with three.read() as work:
        assert not work.search.page(match("partner:GB"), limit=1).scanned
