from __future__ import annotations

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.storage import SqliteLibrary

GERMANY = Term(
    TagKind.PARTNER,
    "DE",
    "Germany",
    "ドイツ",
    ("Berlin",),
    ("独",),
    ("New Berlin",),
    "The federal republic",
    "Europe",
)
CYBER = Term(TagKind.RISK, "cyber", "Cyber attack")


def test_terms_come_back_in_their_order(library: SqliteLibrary) -> None:
    with library.write() as work:
        assert work.vocabulary.get() == Vocabulary()
        work.vocabulary.put([GERMANY, CYBER], "IN")
        work.vocabulary.put([Term(TagKind.THEME, "chips", "Chips")])
    with library.read() as work:
        found = work.vocabulary.get()
    assert found == Vocabulary((GERMANY, CYBER, Term(TagKind.THEME, "chips", "Chips")), "IN")


def test_a_term_of_the_same_key_is_changed_in_its_place(library: SqliteLibrary) -> None:
    changed = Term(TagKind.PARTNER, "de", "Germany, Federal Republic of")
    with library.write() as work:
        work.vocabulary.put([GERMANY, CYBER])
        work.vocabulary.put([changed])
        assert work.vocabulary.get().terms == (changed, CYBER)


def test_a_term_can_go(library: SqliteLibrary) -> None:
    with library.write() as work:
        work.vocabulary.put([GERMANY, CYBER], "IN")
        work.vocabulary.remove("partner", "de")
        work.vocabulary.remove("partner", "none")
        work.vocabulary.put([], "JP")
        assert work.vocabulary.get() == Vocabulary((CYBER,), "JP")
