"""From what is typed in the search field to what may be meant: fields, tags, publishers, languages, saved searches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from briefer.domain.excerpts import ExcerptKind
from briefer.domain.queries import AS_ASCII, Field
from briefer.domain.results import Facets, SavedSearch
from briefer.domain.tags import Tag, TagKind, Vocabulary
from briefer.ui.library.completion import offers
from briefer.ui.library.query_text import written

_TOKEN = re.compile(
    rf"""(?:^|(?<=[\s(-]))(?:(?P<field>{"|".join(Field)}):(?P<value>"[^"]*|[^\s"()]*)|(?P<word>[^\s()":]+))$""",
    re.IGNORECASE,
)
_MOST = 9
_SHORTEST = 2
"""Tags are offered for words of so many letters or more; one kanji is enough."""


@dataclass(frozen=True)
class Offered:
    """What there is to offer: the vocabulary, the values that excerpts have, the saved searches."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    facets: Facets = field(default_factory=Facets)
    saved: tuple[SavedSearch, ...] = ()


@dataclass(frozen=True)
class Completion:
    """What would stand from ``start`` to ``end`` of the query; ``field`` and ``value`` say what it is.

    A field without a value is only begun; a saved search has no field and takes the place of the whole query.
    """

    start: int
    end: int
    text: str
    field: Field | None = None
    value: str = ""
    name: str = ""


def completions(text: str, cursor: int, offered: Offered) -> tuple[Completion, ...]:
    """Return what may be meant by what stands before the cursor, the likeliest first; nothing inside a phrase."""
    before = text[:cursor].translate(AS_ASCII)
    match = _TOKEN.search(before)
    if match is None or (match["word"] and before.count('"') % 2):
        return ()
    make = partial(_completion, match.start(), cursor)
    if match["field"]:
        asked, value = Field(match["field"].lower()), match["value"]
        # As it was written: a name may be in full width.
        typed = text[match.start("value") + value.startswith('"') : cursor]
        return tuple(islice(_values(asked, typed, offered, make), _MOST))
    word = match["word"]
    whole = (
        Completion(0, len(text), search.query, name=search.name)
        for search in offered.saved
        if before.strip() and search.name.casefold().startswith(before.strip().casefold())
    )
    fields = (make(f"{f}:", f, "") for f in Field if f.value.startswith(word.casefold()) and word.islower())
    found = [*whole, *fields]
    if len(word) >= _SHORTEST or not word.isascii():
        named = (tag for tag in _tags(word, offered) if _begins(tag, word.casefold(), offered.vocabulary))
        found += [make(_written(tag), Field(tag.kind.value), tag.key) for tag in named]
    return tuple(found[:_MOST])


def applied(text: str, completion: Completion) -> tuple[str, int]:
    """Return the query with a completion in it, and where the cursor then is; what is begun is left open."""
    begun = completion.field is not None and not completion.value and completion.text.endswith(":")
    rest = text[completion.end :].lstrip()
    put = completion.text if begun or completion.field is None else f"{completion.text} "
    made = f"{text[: completion.start]}{put}"
    return f"{made}{rest}", len(made)


def _completion(start: int, end: int, text: str, asked: Field, value: str) -> Completion:
    return Completion(start, end, text, asked, value)


def _values(
    asked: Field, typed: str, offered: Offered, make: Callable[[str, Field, str], Completion]
) -> Iterator[Completion]:
    facets = offered.facets
    if asked.value in {TagKind.PARTNER, TagKind.RISK, TagKind.THEME}:
        for tag in _tags(f"{asked}:{typed}", offered):
            yield make(_written(tag), asked, tag.key)
        return
    listed: dict[Field, Iterable[str]] = {
        Field.FREE: _by_count(facets.free),
        Field.PUBLISHER: _by_count(facets.publisher),
        Field.LANG: _by_count(facets.language),
        Field.GRADE: sorted(facets.grade),
        Field.DATE: sorted(facets.year, reverse=True),
        Field.AFTER: sorted(facets.year, reverse=True),
        Field.BEFORE: sorted(facets.year, reverse=True),
        Field.USED: ("yes", "no"),
        Field.KIND: tuple(ExcerptKind),
    }
    wanted = typed.removeprefix("=").casefold()
    fitting = [value for value in listed.get(asked, ()) if value and wanted in value.casefold()]
    fitting.sort(key=lambda value: not value.casefold().startswith(wanted))
    for value in fitting:
        if value.casefold() != wanted:
            yield make(written(asked, value), asked, value)


def _tags(typed: str, offered: Offered) -> list[Tag]:
    found = (offer.tag for offer in offers(typed, offered.vocabulary, _MOST) if offer.known)
    return [tag for tag in found if tag.kind is not TagKind.FREE or tag.key in offered.facets.free]


def _begins(tag: Tag, word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word of a tag's name begins so; what only the words behind suggestions tell is too far away here."""
    labels = (tag.key, vocabulary.label(tag, "en"), vocabulary.label(tag, "ja"))
    return any(part.startswith(word) for label in labels for part in re.split(r"[\s-]+", label.casefold()))


def _written(tag: Tag) -> str:
    kind, _, value = str(tag).partition(":")
    return written(Field(kind), value)


def _by_count(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))
