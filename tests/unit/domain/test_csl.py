from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.csl import TYPES, csl_of, date_from_csl, faults, fields_from_csl, source_from_csl
from briefer.domain.dates import UNDATED, Basis, Dating
from briefer.domain.names import joined_name, split_name
from briefer.domain.sources import Source

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WHOLE = Source(
    id="0190",
    title="Harbour towns share their pilots",
    created_at=NOW,
    kind="article-newspaper",
    authors=("Ada Winterbourne", "Harbour News Staff", "高市早苗", "Ursula von der Leyen"),
    publisher="Coast Gazette",
    container="Daily Eight",
    published=Dating("2025-12-17", "17:31 JST, December 17, 2025", Basis.EXPLICIT),
    event=Dating("2025-12-16", "Tuesday", Basis.INFERRED),
    accessed="2026-03-01",
    url="https://example.org/pilots",
    language="en",
    genre="Editorial",
    wire="Wire Agency",
    rights="© 2025 Coast Gazette",
    extra={"volume": 3, "DOI": "10.1/x", "zotero-key": "AB", "custom": {"shelf": 4}},
)


def test_a_source_becomes_an_item() -> None:
    csl = csl_of(WHOLE)
    assert csl["author"] == [
        {"family": "Winterbourne", "given": "Ada"},
        {"literal": "Harbour News Staff"},
        {"literal": "高市早苗"},
        {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"},
    ]
    assert (csl["publisher"], csl["container-title"]) == ("Coast Gazette", "Daily Eight")
    assert csl["issued"] == {"date-parts": [[2025, 12, 17]]}
    assert csl["event-date"] == {"date-parts": [[2025, 12, 16]], "circa": True}
    assert csl["accessed"] == {"date-parts": [[2026, 3, 1]]}
    assert csl["original-publisher"] == "Wire Agency"
    assert (csl["volume"], csl["DOI"]) == (3, "10.1/x")
    assert csl["custom"] == {
        "shelf": 4,
        "zotero-key": "AB",
        "issued-as-written": "17:31 JST, December 17, 2025",
        "event-as-written": "Tuesday",
        "rights": "© 2025 Coast Gazette",
    }
    assert faults(csl) == ()


def test_there_and_back() -> None:
    back = source_from_csl(csl_of(WHOLE), id=WHOLE.id, created_at=NOW)
    assert back == replace(
        WHOLE, extra={"volume": 3, "DOI": "10.1/x", "custom": {"shelf": 4, "zotero-key": "AB"}}
    )


def test_what_is_not_known_is_left_out() -> None:
    csl = csl_of(Source(id="1", title="A note", created_at=NOW, kind="nonsense", accessed="soon"))
    assert csl == {"id": "1", "type": "document", "title": "A note"}


def test_a_newspaper_is_its_own_container_and_a_report_has_none() -> None:
    paper = csl_of(Source(id="1", title="T", created_at=NOW, publisher="Coast Gazette"))
    assert paper["container-title"] == "Coast Gazette"
    report = csl_of(Source(id="1", title="T", created_at=NOW, publisher="Port Board", kind="report"))
    assert "container-title" not in report


def test_an_unsure_date_is_words_not_a_day() -> None:
    source = Source(id="1", title="T", created_at=NOW, published=Dating(None, "03/04/2025"))
    assert csl_of(source)["issued"] == {"literal": "03/04/2025"}


TEXT = st.text(max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(
    kind=TEXT | st.sampled_from(sorted(TYPES)),
    authors=st.lists(TEXT, max_size=4),
    written=TEXT,
    extra=st.dictionaries(
        TEXT
        | st.sampled_from(["DOI", "volume", "editor", "submitted", "custom", "id", "type", "categories"]),
        VALUES,
        max_size=5,
    ),
)
def test_every_item_is_valid(kind: str, authors: list[str], written: str, extra: dict[str, object]) -> None:
    source = Source(
        id="1",
        title="T",
        created_at=NOW,
        kind=kind,
        authors=tuple(authors),
        published=Dating(None, written),
        extra=extra,
    )
    assert faults(csl_of(source)) == ()


@given(
    st.dictionaries(st.sampled_from(["author", "issued", "accessed", "title", "custom", "URL", "x"]), VALUES)
)
def test_any_item_can_be_read(csl: dict[str, object]) -> None:
    fields = fields_from_csl(csl)
    assert fields["title"]
    assert faults(csl_of(source_from_csl(csl, id="1", created_at=NOW))) == ()


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"id": "1"}, "type: missing"),
        ({"id": "1", "type": "novel"}, "type: wrong form"),
        ({"id": "1", "type": "book", "titel": "x"}, "titel: no such variable"),
        ({"id": "1", "type": "book", "title": 3}, "title: wrong form"),
        ({"id": "1", "type": "book", "volume": [3]}, "volume: wrong form"),
        ({"id": "1", "type": "book", "author": "Ada"}, "author: wrong form"),
        ({"id": "1", "type": "book", "author": [{"first": "Ada"}]}, "author: wrong form"),
        ({"id": "1", "type": "book", "issued": {"date-parts": []}}, "issued: wrong form"),
        ({"id": "1", "type": "book", "issued": {"date-parts": [[1, 2, 3, 4]]}}, "issued: wrong form"),
        ({"id": "1", "type": "book", "issued": {"day": 3}}, "issued: wrong form"),
        ({"id": "1", "type": "book", "issued": 2025}, "issued: wrong form"),
        ({"id": "1", "type": "book", "issued": "soon"}, "issued: wrong form"),
        ({"id": "1", "type": "book", "custom": []}, "custom: wrong form"),
        ({"id": "1", "type": "book", "categories": "x"}, "categories: wrong form"),
    ],
)
def test_what_the_schema_refuses(item: dict[str, object], fault: str) -> None:
    assert faults(item) == (fault,)


def test_what_the_schema_takes() -> None:
    item = {"id": 1, "type": "book", "issued": "2025-12-17~", "accessed": {"raw": "x"}, "categories": ["a"]}
    assert faults(item) == ()


@pytest.mark.parametrize(
    ("issued", "value", "as_written", "basis"),
    [
        ({"date-parts": [["2025", "3", "9"]]}, "2025-03-09", "2025-03-09", Basis.EXPLICIT),
        ({"date-parts": [[2025, 13]]}, None, None, Basis.UNKNOWN),
        ({"date-parts": [["soon"]]}, None, None, Basis.UNKNOWN),
        ({"date-parts": [7]}, None, None, Basis.UNKNOWN),
        ({"date-parts": [[2025, 22]]}, "2025", "2025", Basis.EXPLICIT),
        ({"date-parts": [[2025]], "season": 1}, "2025", "Spring 2025", Basis.EXPLICIT),
        ({"date-parts": [[2025]], "season": "24"}, "2025", "Winter 2025", Basis.EXPLICIT),
        ({"date-parts": [[2025]], "season": "Trinity"}, "2025", "2025", Basis.EXPLICIT),
        ({"date-parts": [[2025, 3, 9]], "circa": 1}, "2025-03-09", "2025-03-09", Basis.INFERRED),
        ({"date-parts": [[2025, 3, 9], [2025, 3, 12]]}, "2025-03", "2025-03-09/2025-03-12", Basis.EXPLICIT),
        ({"date-parts": [[2024, 3], [2025, 3]]}, None, "2024-03/2025-03", Basis.UNKNOWN),
        ({"raw": "spring 2025"}, None, "spring 2025", Basis.UNKNOWN),
        ({"raw": "2025-03/2025-04"}, "2025", "2025-03/2025-04", Basis.EXPLICIT),
        ({"literal": "2025-03"}, "2025-03", "2025-03", Basis.EXPLICIT),
        ({"literal": " "}, None, None, Basis.UNKNOWN),
        ({"date-parts": []}, None, None, Basis.UNKNOWN),
        ("2025", "2025", "2025", Basis.EXPLICIT),
        ("2025-03~", "2025-03", "2025-03~", Basis.INFERRED),
        ("2025-03-09/2025-03-12/x", None, "2025-03-09/2025-03-12/x", Basis.UNKNOWN),
        (None, None, None, Basis.UNKNOWN),
        (7, None, None, Basis.UNKNOWN),
    ],
)
def test_dates_are_never_invented(
    issued: object, value: str | None, as_written: str | None, basis: Basis
) -> None:
    assert date_from_csl(issued) == Dating(value, as_written, basis)


def test_items_with_little_in_them() -> None:
    csl: dict[str, object] = {"author": [{}, "x"], "container-title": "Port Review", "title": " "}
    source = source_from_csl(csl, id="s", created_at=NOW)
    assert source.authors == ()
    assert (source.title, source.publisher, source.container) == ("Untitled", "Port Review", None)
    assert source_from_csl({"author": 7}, id="s", created_at=NOW).authors == ()
    assert source.published == UNDATED
    assert source_from_csl({"language": "English"}, id="s", created_at=NOW).language == ""
    assert source_from_csl({"language": "en-GB"}, id="s", created_at=NOW).language == "en"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Winterbourne", {"family": "Winterbourne", "given": "Ada"}),
        ("Bruce Y. Lee", {"family": "Lee", "given": "Bruce Y."}),
        ("Vincent van Gogh", {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}),
        ("Conor O'Neill-Byrne", {"family": "O'Neill-Byrne", "given": "Conor"}),
        ("Gabriel García Márquez", None),
        ("Xi Jinping", None),
        ("Plato", None),
        ("Port Authority", None),
        ("Martin King Jr.", None),
        ("Winterbourne, Ada", None),
        ("高市 早苗", None),
        ("ada winterbourne", None),
        ("Ada 4", None),
        ("van Gogh", None),
    ],
)
def test_names_are_split_where_that_is_safe(name: str, parts: dict[str, str] | None) -> None:
    assert split_name(name) == (parts or {"literal": name})
    assert joined_name(split_name(name)) == name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}, "Ludwig van Beethoven"),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, "Martin King, Jr."),
        ({"family": "高市", "given": "早苗"}, "高市早苗"),
        ({"given": "早苗"}, "早苗"),
        ({"family": "Winterbourne"}, "Winterbourne"),
        ({"literal": " Port Board "}, "Port Board"),
        ({"family": 3}, ""),
        ({}, ""),
    ],
)
def test_names_of_items(parts: dict[str, object], name: str) -> None:
    assert joined_name(parts) == name
