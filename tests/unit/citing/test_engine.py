from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefer.citing import Cluster, Engine, Processor, ScriptError
from briefer.citing.engine import Item

ITEMS: list[Item] = [
    {
        "id": f"i{n}",
        "type": "book" if n % 2 else "article-newspaper",
        "title": f"Title {n}",
        "author": [{"family": ("Menon", "Sato", "Müller")[n % 3], "given": ("Asha", "Ken")[n % 2]}],
        "container-title": "The Gazette",
        "issued": {"date-parts": [[2020 + n % 4]]},
    }
    for n in range(24)
]


def note(number: int, *cites: str | tuple[str, str]) -> Cluster:
    return Cluster(
        tuple(
            {"id": c} if isinstance(c, str) else {"id": c[0], "locator": c[1], "label": "page"} for c in cites
        ),
        number,
    )


class Opener:
    def __init__(self, processor: Processor, styles: Path, locales: dict[str, str]) -> None:
        self._processor, self._styles, self._locales = processor, styles, locales
        self.opened: list[Engine] = []

    def __call__(self, style: str, language: str = "en-US", **more: object) -> Engine:
        xml = (self._styles / f"{style}.csl").read_text("utf-8") if not style.startswith("<") else style
        engine = self._processor.open(xml, self._locales, language, **more)  # type: ignore[arg-type]
        engine.add(ITEMS)
        self.opened.append(engine)
        return engine


@pytest.fixture
def opening(processor: Processor, styles: Path, locales: dict[str, str]) -> Iterator[Opener]:
    opener = Opener(processor, styles, locales)
    yield opener
    for engine in opener.opened:
        engine.close()


def test_first_subsequent_and_ibid(opening: Opener) -> None:
    engine = opening("oscola")
    clusters = [
        note(1, ("i1", "3")),
        note(2, ("i1", "3")),
        note(3, ("i1", "9")),
        note(4, "i2"),
        note(5, "i1"),
    ]
    texts = engine.format(clusters).texts
    assert texts == (
        "Ken Sato, <i>Title 1</i> (2021) 3.",
        "ibid.",
        "ibid 9.",
        "Asha Müller, “Title 2” <i>The Gazette</i> (2022).",
        "Sato (n 1).",
    )


def test_several_sources_affixes_and_labels(opening: Opener) -> None:
    engine = opening("chicago-notes-bibliography")
    cites: tuple[Mapping[str, object], ...] = (
        {"id": "i1", "prefix": "See ", "locator": "12", "label": "paragraph"},
        {"id": "i3", "locator": "4", "label": "section", "suffix": ", emphasis added"},
    )
    (text,) = engine.format([Cluster(cites, 1)]).texts
    assert text == (
        "See Ken Sato, <i>Title 1</i>, in <i>The Gazette</i> (2021), para. 12; "
        "Ken Menon, <i>Title 3</i>, in <i>The Gazette</i> (2023), sec. 4, emphasis added."
    )


def test_authors_of_one_year_are_told_apart(opening: Opener) -> None:
    engine = opening("apa")
    same = [{**ITEMS[1], "id": f"same{n}", "title": f"Same {n}"} for n in range(2)]
    engine.add(same)
    assert engine.format([note(0, "same0"), note(0, "same1")]).texts == ("(Sato, 2021a)", "(Sato, 2021b)")
    assert engine.format([note(0, "same1")]).texts == ("(Sato, 2021)",)


@pytest.mark.parametrize(("language", "date"), [("en-US", "March 2, 2021"), ("en-GB", "2 March 2021"), ("ja-JP", "2021年3月2日")])  # fmt: skip
def test_locales(opening: Opener, language: str, date: str) -> None:
    engine = opening("chicago-notes-bibliography", language)
    engine.add([{**ITEMS[0], "id": "dated", "issued": {"date-parts": [[2021, 3, 2]]}}])
    assert date in engine.format([note(1, "dated")]).texts[0]


def test_the_source_list_is_sorted_as_the_style_says(opening: Opener) -> None:
    clusters = [note(1, "i1", "i0"), note(2, "i2")]
    ids = {}
    for style in ("chicago-notes-bibliography", "ieee", "bluebook-law-review"):
        engine = opening(style)
        engine.format(clusters, ["i3"])
        found = engine.bibliography()
        ids[style] = found.ids if found else None
    assert ids == {
        "chicago-notes-bibliography": ("i0", "i3", "i2", "i1"),
        "ieee": ("i1", "i0", "i2", "i3"),
        "bluebook-law-review": None,
    }


def test_readings_sort_japanese_names_and_titles(opening: Opener) -> None:
    engine = opening("chicago-notes-bibliography", "ja-JP", readings="ja-Hrkt")
    # By code point and by the order of the characters themselves, 一 comes first.
    engine.add(
        [
            {"id": "x", "type": "book", "title": "題", "author": [{"literal": "一宮", "multi": {"_key": {"ja-Hrkt": {"literal": "わ"}}}}]},
            {"id": "y", "type": "book", "title": "題", "author": [{"literal": "龍田", "multi": {"_key": {"ja-Hrkt": {"literal": "あ"}}}}]},
            {"id": "z", "type": "book", "title": "一覧", "multi": {"_keys": {"title": {"ja-Hrkt": "さ"}}}},
        ]
    )  # fmt: skip
    engine.format([note(1, "x", "y", "z")])
    found = engine.bibliography()
    assert found
    assert found.ids == ("y", "z", "x")
    assert "龍田" in found.entries[0]
    assert "あ" not in "".join(found.entries)


def test_uncertain_dates_stand_in_brackets_where_the_style_has_no_form_for_them(opening: Opener) -> None:
    engine = opening("ieee", bracketed=True)
    engine.add([{**ITEMS[0], "id": "unsure", "issued": {"date-parts": [[2021]], "circa": True}}])
    engine.format([note(0, "unsure"), note(0, "i4")])
    found = engine.bibliography()
    assert found
    assert "[2021]" in found.entries[0]
    assert "2020" in found.entries[1]
    assert "[2020]" not in found.entries[1]


def a_document(seed: int) -> list[Cluster]:
    chosen = random.Random(seed)

    def cites() -> list[str | tuple[str, str]]:
        ids = [f"i{n}" for n in chosen.choices(range(24), k=chosen.choice([1, 1, 2]))]
        return [(i, str(chosen.randint(1, 9))) if chosen.random() < 0.5 else i for i in ids]

    return [note(n, *cites()) for n in range(1, 41)]


def renumbered(clusters: list[Cluster], first: int = 1) -> list[Cluster]:
    return [Cluster(c.cites, n * bool(first)) for n, c in enumerate(clusters, 1)]


@pytest.mark.parametrize(
    "style", ["chicago-notes-bibliography", "oscola", "apa", "ieee", "bluebook-law-review"]
)
def test_a_changed_document_reads_as_one_formatted_from_cold(opening: Opener, style: str) -> None:
    numbered = 0 if style in {"apa", "ieee"} else 1
    kept = opening(style)
    document = a_document(1)
    chosen = random.Random(2)
    for step in range(6):
        fresh = opening(style)
        clusters = renumbered(document, numbered)
        assert kept.format(clusters).texts == fresh.format(clusters).texts, step
        assert kept.bibliography() == fresh.bibliography()
        at, other = chosen.randrange(len(document)), chosen.randrange(len(document))
        if step % 3 == 0:
            document.insert(at, a_document(9)[step])
        elif step % 3 == 1:
            document.insert(other, document.pop(at))
        else:
            document.pop(at)


def test_only_what_changes_is_written_anew(opening: Opener) -> None:
    engine = opening("chicago-notes-bibliography")
    clusters = [note(n, (f"i{n % 20}", str(n))) for n in range(1, 201)]
    assert engine.format(clusters).anew == 200
    assert engine.format(clusters).anew == 0
    longer = renumbered([*clusters[:100], note(0, ("i3", "77")), *clusters[100:]])
    assert engine.format(longer).anew == 1
    assert engine.format(renumbered(clusters)).anew == 0
    # Once the first of a source goes, the next becomes the first.
    assert engine.format(renumbered(clusters[1:])).anew == 1


TITLES = (
    "The “quoted” title",
    "<i>Rosa</i> in the field",
    "O'Neil's law",
    "日本の港",
    "The same title",
    "The same title",
)


def alike(count: int) -> list[Item]:
    """Items of few authors and titles, so that sorting and telling apart have something to do."""
    chosen = random.Random(7)
    return [
        {
            "id": f"i{n}",
            "type": chosen.choice(["article-newspaper", "report", "webpage", "chapter", "treaty"]),
            "title": chosen.choice(TITLES),
            "author": [{"family": chosen.choice(["Menon", "Sato"]), "given": chosen.choice(["Asha", "Ken"])}],
            "container-title": "The Gazette",
            "volume": str(n % 3),
            "issued": {"date-parts": [[2020 + n % 2, 1 + n % 12]]},
        }
        for n in range(count)
    ]


@pytest.mark.parametrize("style", ["apa", "chicago-notes-bibliography"])
def test_what_makes_it_quicker_changes_nothing(styles: Path, locales: dict[str, str], style: str) -> None:
    found = []
    for quick in (True, False):
        processor = Processor(quick=quick)
        try:
            engine = processor.open((styles / f"{style}.csl").read_text("utf-8"), locales)
            engine.add(alike(24))
            clusters = renumbered(a_document(3), int(style != "apa"))
            found.append((engine.format(clusters), engine.bibliography()))
        finally:
            processor.close()
    assert found[0] == found[1]


def test_citations_by_themselves_take_their_position_as_given(opening: Opener) -> None:
    engine = opening("oscola")
    assert set(engine.register([["i1", "i2"]])) == {"i1", "i2"}
    first, later = engine.alone([[{"id": "i1", "position": 0}], [{"id": "i1", "position": 1}]])
    assert first == "Ken Sato, <i>Title 1</i> (2021)."
    assert later.startswith("Sato")


def test_an_empty_document(opening: Opener) -> None:
    engine = opening("apa")
    assert engine.format([]).texts == ()
    found = engine.bibliography()
    assert found
    assert found.entries == ()


def test_a_style_that_throws_is_told(opening: Opener) -> None:
    with pytest.raises(ScriptError):
        opening("<style class='note'/>")
    assert opening("ieee").format([note(0, "i1")]).texts == ("[1]",)
