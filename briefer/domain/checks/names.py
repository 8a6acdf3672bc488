"""Whether each partner is called by one name throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.checks.sentences import own_words
from briefer.domain.citations import uncited
from briefer.domain.findings import Finding
from briefer.domain.folding import folded
from briefer.domain.tags import TagKind, Term

_FORMAL = re.compile(r"\b(?:Republic|Kingdom|Federation)\b|(?:共和国|連邦|合衆国|王国)$")
_FORMALLY = {
    "en": ("Islamic Republic of {}", "Republic of {}", "Kingdom of {}"),
    "ja": ("{}共和国", "{}連邦共和国", "{}連邦", "{}王国"),
}
_ADJECTIVE = re.compile(r"(?:ish|ese|[aeiou]n|ic|[^e]i|s)$|(?:人|語|製|軍)$")
_WORD = re.compile(r"\w+")
_KATAKANA = "ァ-ヺー"
_KATAKANA_NAME = re.compile(f"[{_KATAKANA}・]+")
_NEAR = 70
# Names that are both in use and not spelled alike (UN terminology database, UNTERM).
_OTHER_NAMES = {
    "CI": ("Ivory Coast",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("Britain", "Great Britain"),
    "IN": ("Bharat",),
    "KR": ("Republic of Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Holland",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("America",),
}
# What stands for a name by right, once the name was said.
_SHORT_NAMES = {
    "AE": ("UAE",),
    "CN": ("PRC",),
    "EU": ("EU",),
    "GB": ("UK", "U.K."),
    "KP": ("DPRK",),
    "KR": ("ROK",),
    "US": ("US", "U.S.", "USA", "U.S.A."),
}
# What has a name in it and is not the partner.
_NOT_MEANT = {
    "GB": ("Battle of Britain",),
    "MK": (
        "Greek Macedonia",
        "Central Macedonia",
        "Eastern Macedonia",
        "Western Macedonia",
        "Macedonia and Thrace",
    ),
    "US": ("America First", "Make America Great Again"),
}
# The Foreign Ministry's usual name and the one of the press or of everyday speech.
_OTHER_NAMES_JA = {
    "AU": ("豪州", "オーストラリア"),
    "GB": ("英国", "イギリス"),
    "GE": ("ジョージア", "グルジア"),
    "KR": ("韓国", "大韓民国"),
    "MK": ("北マケドニア", "マケドニア"),
    "MM": ("ミャンマー", "ビルマ"),
    "TR": ("トルコ", "テュルキエ"),
    "US": ("米国", "アメリカ"),
    "VN": ("ベトナム", "ヴェトナム"),
}


def names(material: Material) -> Iterator[Finding]:
    """Yield partners that the author calls by two of the names that mean the same in one language."""
    for used in spelled(material):
        section, block = _where(material, used[1:])
        yield finding("spelled-twice", f"One partner, two names: {', '.join(used)}.", section, block)


def spelled(material: Material) -> Iterator[list[str]]:
    """Yield the names of each partner that is called by more than one, the vocabulary's own first."""
    texts = [material.brief.title, *(block.markdown for _, block in material.prose())]
    words = frozenset[str]().union(*map(words_of, texts))
    text = "\n".join(map(_own, texts))
    language = material.brief.language
    for term in partners(material):
        # Words are looked up before a text is searched for names of which it has not one word.
        present = [name for name, own in _names_of(term, language) if words >= own and name in text]
        if len(present) > 1:
            told = list(_told(term, language, text))
            if len(told) > 1:
                yield told


def is_short(name: str) -> bool:
    """Whether it is the abbreviation of a partner's name, which cannot stand in every place where a name does."""
    return any(name in names for names in _SHORT_NAMES.values())


def _told(term: Term, language: str, text: str) -> Iterator[str]:
    """Yield the names by which a text calls a partner; an abbreviation only beside one that it does not stand for."""
    spelled_out = _called(text, term, set(_spellings(term, language)))
    yield from (name for name in _spellings(term, language) if name in spelled_out)
    stands = term.label(language) in spelled_out or any(map(_FORMAL.search, spelled_out))
    if len(spelled_out) == 1 and not stands:
        yield from (name for name in _short(term, language) if _abbreviated(name).search(text))


@lru_cache(maxsize=64)
def _abbreviated(name: str) -> re.Pattern[str]:
    """Return the pattern of an abbreviation, but for where it may be part of a proper name: «UK Export Finance»."""
    return re.compile(rf"{named(name).pattern}(?!\$| dollars?\b|\s[A-Z])")


def names_in(text: str, term: Term) -> set[str]:
    """Return by which names, short ones too, a text calls a partner in either language."""
    short = _SHORT_NAMES.get(term.key, ())
    others = (*_OTHER_NAMES.get(term.key, ()), *_OTHER_NAMES_JA.get(term.key, ()))
    possible = (term.label_en, term.label_ja, *short, *others, *term.words_en, *term.words_ja)
    if not any(name in text for name in possible if name):
        return set()  # nearly always, and far sooner than the names are put together
    return _called(text, term, {*_spellings(term, "en"), *_spellings(term, "ja"), *short} - {""})


def _short(term: Term, language: str) -> tuple[str, ...]:
    return _SHORT_NAMES.get(term.key, ()) if language == "en" else ()


def _called(text: str, term: Term, own: set[str]) -> set[str]:
    """Return which of a partner's ``own`` names stand in a text; one that is only part of a longer name does not count."""
    found = set()
    for name in sorted({*own, *term.blocked, *_NOT_MEANT.get(term.key, ())}, key=len, reverse=True):
        if has(text, name):
            text = named(name).sub(" ", text)
            found.add(name)
    return found & own


def _where(material: Material, names: list[str]) -> tuple[str, str]:
    """Return the section and block where one of the names stands first; nothing where it is the title."""
    for section, block in material.prose():
        if any(has(_own(block.markdown), name) for name in names):
            return section.id, block.id
    return "", ""


@lru_cache(maxsize=4096)
def _own(markdown: str) -> str:
    """Return the author's own words: what others said, they said in their names."""
    return own_words(uncited(markdown))


@lru_cache(maxsize=1024)
def _names_of(term: Term, language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the names that may mean the partner, each with its words; capitals and people do not."""
    found = dict.fromkeys((*_spellings(term, language), *_short(term, language)))
    return tuple((name, words_of(name)) for name in found)


@lru_cache(maxsize=1024)
def _formal_names(term: Term, language: str) -> tuple[str, ...]:
    """Return what a country is called in treaties, whether or not the vocabulary has it; not what is another one."""
    label = term.label(language)
    if term.group != "country" or _FORMAL.search(label):
        return ()
    made = [frame.format(label) for frame in _FORMALLY.get(language, ())]
    return tuple(name for name in made if not any(other.startswith(name) for other in term.blocked))


@lru_cache(maxsize=1024)
def _spellings(term: Term, language: str) -> tuple[str, ...]:
    """Return the names that mean the partner itself: its label, other names in use, and what is spelled nearly so.

    The vocabulary's other words are capitals, people and adjectives, which stand beside the name by right.
    """
    label = term.label(language)
    words = term.words_ja if language == "ja" else term.words_en
    near = [w for w in words if not is_adjective(w, label) and fuzz.ratio(folded(w), folded(label)) > _NEAR]
    formal = [*filter(_FORMAL.search, words), *_formal_names(term, language)]
    others = _OTHER_NAMES_JA if language == "ja" else _OTHER_NAMES
    return tuple(dict.fromkeys((label, *near, *others.get(term.key, ()), *formal)))


def is_adjective(word: str, label: str) -> bool:
    """Whether a word of a partner's may be an adjective, which stands beside the name by right."""
    return _ADJECTIVE.search(word) is not None or label == f"{word}s"  # Philippine


def partners(material: Material) -> Iterator[Term]:
    """Yield the partners that the vocabulary knows."""
    return (term for term in material.vocabulary.terms if term.kind is TagKind.PARTNER)


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that blanks and marks part; none for scripts that are written without blanks."""
    found = _WORD.findall(text)
    return frozenset(found if text.isascii() else (word for word in found if word.isascii()))


@lru_cache(maxsize=1024)
def named(name: str) -> re.Pattern[str]:
    """Return the pattern of a name as a word of its own: インド is none in インドネシア, nor «Niger» in «Nigeria»."""
    if name.isascii():
        return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    edges = _KATAKANA if _KATAKANA_NAME.fullmatch(name) else ""
    return re.compile(rf"(?<![{edges}]){re.escape(name)}(?![{edges}])" if edges else re.escape(name))


def has(text: str, name: str) -> bool:
    """Whether a text has a name as a word of its own."""
    return name in text and named(name).search(text) is not None
