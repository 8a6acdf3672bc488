from __future__ import annotations

import pytest

from briefer.domain.persons import same_person
from briefer.domain.tags import TagKind, Term


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asha Menon", "Asha Menon"),
        ("José Peña", "Jose Pena"),
        ("Asha Menon", "A. Menon"),
        ("Asha Rani Menon", "A.R. Menon"),
        ("Asha R. Menon", "Asha Menon"),
        ("Minister Asha Menon", "Asha Menon"),
        ("Prime Minister Asha Menon", "Menon"),
        ("Asha Menon, Minister of Ports", "Dr. Asha Menon"),
        ("Menon, Asha", "Asha Menon"),
        ("MENON Asha", "Asha Menon"),
        ("Kim Min-su", "Min-su Kim"),
        ("Kim Min-su", "Kim Minsu"),
        ("Ursula von der Tal", "U. von der Tal"),
        ("山田花子外相", "山田花子"),
        ("山田 花子", "山田花子氏"),
        ("山田首相", "山田花子"),
        ("スミス大統領", "ジョン・スミス"),
        ("Asha Menon (by telephone)", "Asha Menon"),
        ("a diplomat (unnamed)", "a diplomat (unnamed)"),
        ("「」", "「」"),
        ("Ports Commission", "the “Ports Commission”"[4:]),
    ],
)
def test_names_of_one_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asha Menon", "Ravi Menon"),
        ("Asha Menon", "R. Menon"),
        ("Asha Menon", "Asha Mori"),
        ("Kim Min-su", "Kim Ji-won"),
        ("Kim", "Lee"),
        ("J. A.", "J. B."),
        ("山田花子", "山田太郎"),
        ("山田花子", "森花子"),
        ("王", "王文"),
        ("Bank of Japan", "Japan"),
        ("Ministry of Ports", "Ministry of Trade"),
        ("the minister", "the ambassador"),
        ("ジョン・スミス", "スミス・カンパニー"),
        ("Asha Menon", "アシャ・メノン"),
        ("“”", "Asha Menon"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


def test_a_term_of_the_vocabulary_tells_a_name_in_both_scripts() -> None:
    term = Term(TagKind.FREE, "menon", "Asha Menon", "アシャ・メノン")
    assert same_person("Minister Menon", "メノン大臣", [term])
    assert same_person("メノン大臣", "A. Menon", [term])
    assert not same_person("Ravi Menon", "メノン大臣", [term])
    assert not same_person("Asha Menon", "", [Term(TagKind.FREE, "menon", "Asha Menon")])
