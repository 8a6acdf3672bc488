"""From what is typed in the tag field to the tags that may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefer.domain.tags import Role, Tag, TagKind, Term, Vocabulary

_ROLE = re.compile(r"\s*/\s*([a-z-]*)$")


@dataclass(frozen=True)
class Offer:
    """A tag that is offered; ``known`` is false for a new free tag."""

    tag: Tag
    known: bool = True


def offers(text: str, vocabulary: Vocabulary, limit: int = 12) -> tuple[Offer, ...]:
    """Return the tags that ``text`` may mean, best first; what the vocabulary lacks becomes a free tag.

    ``in`` means India first (its key), ``risk supply`` only looks among the risks, ``cn/source`` gives China in
    the role of the source of a risk.
    """
    typed = text.strip()
    kind, rest = _kind(typed)
    rest, role = _role(rest)
    found = fitting(rest, (term for term in vocabulary.terms if kind in (None, term.kind)))
    made = [Offer(_tag(term, role)) for term in found[:limit]]
    if rest and kind in (None, TagKind.FREE) and "/" not in rest and not (found and named(found[0], rest)):
        key = rest.strip()
        if all(offer.tag != Tag(TagKind.FREE, key) for offer in made):
            made.append(Offer(Tag(TagKind.FREE, key), known=False))
    return tuple(made)


def fitting(text: str, terms: Iterable[Term]) -> list[Term]:
    """Return the terms that ``text`` may mean, best first: called so, then beginning so, then with such a word."""
    wanted = text.strip().casefold()
    found = [
        (rank, number, term) for number, term in enumerate(terms) if (rank := _rank(term, wanted)) is not None
    ]
    # Among equals the shorter name first: what is typed is more of it.
    found.sort(key=lambda entry: (entry[0], len(entry[2].label_en) if wanted else 0, entry[1]))
    return [term for _rank_, _number, term in found]


def named(term: Term, text: str) -> bool:
    """Whether ``text`` is the key or a whole label of a term."""
    return text.strip().casefold() in {
        term.key.casefold(),
        term.label_en.casefold(),
        term.label_ja.casefold(),
    }


def _kind(text: str) -> tuple[TagKind | None, str]:
    for kind in TagKind:
        for separator in (":", " "):
            if text.casefold().startswith(f"{kind}{separator}"):
                return kind, text[len(kind) + 1 :].strip()
    return None, text


def _role(text: str) -> tuple[str, Role]:
    match = _ROLE.search(text)
    if match is None:
        return text, Role.PARTNER
    start = match[1]
    role = next((r for r in Role if start and r.startswith(start)), Role.PARTNER)
    return text[: match.start()], role


def _tag(term: Term, role: Role) -> Tag:
    return Tag(term.kind, term.key, role if term.kind is TagKind.PARTNER else None)


def _rank(term: Term, wanted: str) -> int | None:
    """Return how well a term fits (0 is best), or None."""
    key, labels = term.key.casefold(), (term.label_en.casefold(), term.label_ja.casefold())
    if not wanted:
        return 5
    if wanted == key:
        return 0
    if wanted in labels:
        return 1
    if any(label.startswith(wanted) for label in labels) or key.startswith(wanted):
        return 2
    if any(word.startswith(wanted) for label in labels for word in re.split(r"[\s-]+", label)):
        return 3
    if any(word.casefold().startswith(wanted) for word in (*term.words_en, *term.words_ja)):
        return 4
    # Japanese has no spaces: a word may begin anywhere.
    return 5 if not wanted.isascii() and wanted in labels[1] else None
