from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.tags import TagKind, Term, Vocabulary
from briefer.errors import InputError
from briefer.services.vocabulary_table import COLUMNS, from_csv, to_csv

HEADER = "kind,key,label_en,words_en\r\n"

WORDS = st.lists(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=8).filter(
        lambda word: "\\" not in word
    ),
    max_size=3,
    unique=True,
).map(tuple)
PLAIN = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), max_size=8)
TERMS = st.lists(
    st.builds(
        Term,
        kind=st.sampled_from([TagKind.PARTNER, TagKind.RISK, TagKind.THEME]),
        key=PLAIN.filter(lambda key: bool(key) and "/" not in key),
        label_en=PLAIN.filter(bool),
        label_ja=PLAIN,
        words_en=WORDS,
        words_ja=WORDS,
        blocked=WORDS,
        definition=PLAIN,
        group=PLAIN,
    ),
    max_size=4,
    unique_by=lambda term: (term.kind, term.key.casefold()),
).map(tuple)


@given(terms=TERMS)
def test_what_is_written_is_read_back(terms: tuple[Term, ...]) -> None:
    assert from_csv(to_csv(Vocabulary(terms))) == terms


@given(terms=TERMS)
def test_no_cell_begins_as_a_formula_does(terms: tuple[Term, ...]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(to_csv(Vocabulary(terms)), newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r")]


def test_the_table_as_it_looks() -> None:
    term = Term(TagKind.RISK, "cyber", "Cyber", "サイバー", ("=cyber", "a|b"), (), ("cyber monday",), "-", "")
    assert to_csv(Vocabulary((term,))).split("\r\n") == [
        "kind,key,label_en,label_ja,words_en,words_ja,blocked,definition,group",
        "risk,cyber,Cyber,サイバー,'=cyber | a\\|b,,cyber monday,'-,",
        "",
    ]
    assert COLUMNS[0] == "kind"


def test_what_spreadsheets_make_of_it() -> None:
    table = (
        '\ufeffKey;Kind;label_en;words_en;blocked\n"DE"; Partner ;Germany;"Germany\nGerman | Berlin";\n;;;;\n'
        "cyber;risk;Cyber\n"
    )
    assert from_csv(table) == (
        Term(TagKind.PARTNER, "DE", "Germany", words_en=("Germany", "German", "Berlin")),
        Term(TagKind.RISK, "cyber", "Cyber"),
    )


@pytest.mark.parametrize(
    ("table", "line", "column", "detail"),
    [
        ("", 1, 1, "kind is missing"),
        ("kind,key\n", 1, 3, "label_en is missing"),
        ("kind,key,label_en,colour\n", 1, 4, "colour"),
        ("kind,key,label_en,key\n", 1, 4, "twice"),
        (HEADER + "risk,cyber,Cyber,cyber,more\n", 2, 5, "more cells"),
        (HEADER + 'risk,a,A,"x\ny"\r\nrisk,,B,\n', 4, "key", "needed"),
        (HEADER + "risk,a/b,A,\n", 2, "key", "slash"),
        (HEADER + "danger,a,A,\n", 2, "kind", "danger"),
        (HEADER + "free,a,A,\n", 2, "kind", "free"),
        (HEADER + "risk,a, ,\n", 2, "label_en", "label"),
        (HEADER + "risk,a,A,\nrisk,A,B,\n", 3, "key", "twice"),
        (HEADER + 'risk,a,A,"open\n', 2, 1, ""),
    ],
)
def test_the_place_of_a_mistake(table: str, line: int, column: str | int, detail: str) -> None:
    with pytest.raises(InputError) as caught:
        from_csv(table)
    assert caught.value.code == "vocabulary-table"
    assert (caught.value.data["line"], caught.value.data["column"]) == (line, column)
    assert detail in str(caught.value)
