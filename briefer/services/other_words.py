"""What a query that found nothing would find with another form of one of its words."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefer.domain.queries import Hint, words_in
from briefer.domain.word_forms import other_numbers, other_spellings
from briefer.services.query_language import QueryText

_MOST_WORDS = 8
_LETTERS = re.compile(r"[A-Za-z]+")


def other_words(text: str, read: QueryText, count: Callable[[str], int]) -> list[Hint]:
    """Return hints that name the forms of words with which a query finds something; ``count`` finds out how much.

    Where no single word helps, all are tried in their other spelling together. Nothing is looked for in their place.
    """
    wanted = {words.text for words in words_in(read.node)}
    places = [(at - 1, one) for at, one in read.words if one.strip('"').removesuffix("*").strip() in wanted]
    told: list[Hint] = []
    respelt = text
    for at, written in reversed(places[:_MOST_WORDS]):
        spellings = _of_each_word(written, other_spellings)
        for other in (*spellings, *_of_each_word(written, other_numbers)):
            found = count(_put(text, at, written, other))
            if found:
                told.append(Hint(at + 1, _told(other, found)))
                break
        if spellings:
            respelt = _put(respelt, at, written, spellings[0])
    if not told and respelt != text and (found := count(respelt)):
        told.append(Hint(1, _told(respelt, found)))
    return told


def _of_each_word(written: str, others: Callable[[str], tuple[str, ...]]) -> list[str]:
    """Return a word or phrase with another form of one of its words."""
    made = []
    for word in _LETTERS.finditer(written):
        alone = word[0] == written
        for other in others(word[0]):
            # Within a phrase, or at the end of what is a beginning already, there is no beginning of a word.
            if alone or not other.endswith("*"):
                made.append(_put(written, word.start(), word[0], other))
            elif written.startswith('"'):
                made.append(_put(written, word.start(), word[0], f"{word[0]}s"))
    return made


def _put(text: str, at: int, former: str, other: str) -> str:
    return text[:at] + other + text[at + len(former) :]


def _told(other: str, found: int) -> str:
    shown = other.strip('"') if other.count('"') == 2 and other[0] == other[-1] == '"' else other
    return f"“{shown}” in its place finds {found:,}"
