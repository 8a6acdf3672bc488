"""Which partners a title names: by their names, as the two sides of talks (日韓外相会談), and by whom one meets (the German Minister)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefer.domain.checks.names import has, is_adjective, names_in
from briefer.domain.tags import Term

_KANJI = "一-龥々"
# How the vocabulary writes talks between Japan and one partner: 日独, or with what follows where two kanji are also a word.
_PAIR = re.compile(rf"日([{_KANJI}])(?:両国|首脳|関係|共同|外相)?")
_TALKS = (
    "首脳|外相|外務|外交|防衛|国防|財務|財相|経済|経産|産業|貿易|通商|関係|会談|会合|協議|対話|共同|両国|間|[二三四]|定期|戦略|次官"
    "|局長|閣僚|安全|安保|科学|交渉|協定|条約|合意|議員|友好|投資"
)
_NUMERAL = "0-9０-９〇一二三四五六七八九十"
_FIELD = (
    "Foreign|Trade|Prime|Finance|Economic|Economy|Defen[cs]e|Deputy|Vice|Federal|State|Interior|Environment|Energy|Climate"
    "|Industry|Agriculture|Digital|Health|Transport|Justice|Education|Affairs|and|for"
)
_OFFICE = (
    "Minister|Ministry|Embassy|Ambassador|Government|President|Chancellor|Premier|PM|Secretary|Commissioner|Parliament|MP"
    "|Delegation|Counterpart|Official|Side|Team"
)
_AFTER = rf"(?i: (?:(?:{_FIELD}) ){{0,3}}(?:{_OFFICE})s?\b)"
# Latin American, South Sudanese and Papua New Guinean ministers are of no country that the second word alone tells.
_ALONE = r"(?<!Latin )(?<!North )(?<!South )(?<!Central )(?<!New )(?<!Equatorial )(?<![\w-])"
_SAME_BEGINNING = 2
# Adjectives that do not begin as the name does.
_OTHER_ADJECTIVES = {
    "AE": ("Emirati",),
    "CZ": ("Czech",),
    "DK": ("Danish",),
    "FR": ("French",),
    "GB": ("British",),
    "GR": ("Greek",),
    "MM": ("Burmese",),
    "NL": ("Dutch",),
    "PH": ("Filipino",),
    "TR": ("Turkish",),
    "US": ("American",),
}


def named_in(title: str, terms: Sequence[Term]) -> list[Term]:
    """Return the partners that a title names, as those whom a brief may be for."""
    sides = set(_sides(title, "".join(sorted(set().union(*map(_letters, terms))))))
    return [
        term
        for term in terms
        if names_in(title, term) or not sides.isdisjoint(_letters(term)) or _is_met(title, term)
    ]


def is_called(title: str, term: Term) -> bool:
    """Whether a title tells of a partner even if only by an adjective: «Indian visit to Germany»."""
    return any(has(title, word) for word in _adjectives(term))


def _sides(title: str, letters: str) -> Iterator[str]:
    """Yield the kanji of the sides of talks with Japan; 日中 before anything but talks is daytime."""
    if letters and "日" in title:
        for match in _talks(letters).finditer(title):
            yield from match["sides"]


@lru_cache(maxsize=16)
def _talks(letters: str) -> re.Pattern[str]:
    after = rf"(?=(?:{_TALKS}))|(?<!日中)(?![{_KANJI}])"
    return re.compile(rf"(?<![{_NUMERAL}])日(?P<sides>[{letters}]+)(?:{after})")


@lru_cache(maxsize=1024)
def _letters(term: Term) -> frozenset[str]:
    """Return the kanji that stand for a partner beside 日; a region's may mean the organisation of its countries (日欧)."""
    if term.group == "region":
        return frozenset()
    return frozenset(match[1] for match in map(_PAIR.fullmatch, term.words_ja) if match) - {"本"}


@lru_cache(maxsize=1024)
def _adjectives(term: Term) -> tuple[str, ...]:
    """Return the adjectives of a partner among its words, where capitals and people stand too."""
    label = term.label_en
    own = (
        word
        for word in term.words_en
        if word[:_SAME_BEGINNING] == label[:_SAME_BEGINNING] and is_adjective(word, label) and word != label
    )
    return (*own, *_OTHER_ADJECTIVES.get(term.key, ()))


def _is_met(title: str, term: Term) -> bool:
    return any(
        word in title and re.search(f"{_ALONE}{re.escape(word)}{_AFTER}", title) is not None
        for word in _adjectives(term)
    )
