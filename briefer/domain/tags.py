"""Tags and the vocabulary that they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from briefer.errors import UsageError

_TAG = re.compile(r"(partner|risk|theme|free):([^/\s][^/]*?)(?:/([a-z-]+))?")


class TagKind(StrEnum):
    """What a tag says about an excerpt."""

    PARTNER = "partner"
    RISK = "risk"
    THEME = "theme"
    FREE = "free"


class Role(StrEnum):
    """The part that a place or organisation plays in an excerpt."""

    PARTNER = "partner"
    SOURCE_OF_RISK = "source-of-risk"
    THIRD_PARTY = "third-party"
    VENUE = "venue"


@dataclass(frozen=True, order=True)
class Tag:
    """One tag. ``role`` is given for partners and for nothing else."""

    kind: TagKind
    key: str
    role: Role | None = None

    def __hash__(self) -> int:
        """Return the hash of the key, which tells tags apart well enough, and much sooner than three fields."""
        return hash(self.key)

    def __str__(self) -> str:
        """Return the form of the command line; the role ``partner`` goes without saying."""
        suffix = f"/{self.role}" if self.role not in (None, Role.PARTNER) else ""
        return f"{self.kind}:{self.key}{suffix}"

    @property
    def name(self) -> str:
        """``kind:key`` without the role."""
        return f"{self.kind}:{self.key}"


def partner(key: str, role: Role = Role.PARTNER) -> Tag:
    """Return a partner tag in the role given."""
    return Tag(TagKind.PARTNER, key, role)


def parse_tag(text: str) -> Tag:
    """Read ``partner:DE``, ``partner:CN/source-of-risk``, ``risk:cyber``, ``theme:promotion``, ``free:word``.

    Raises:
        UsageError: ``tag-form``, when the text is none of these.
    """
    match = _TAG.fullmatch(text.strip())
    if match is None:
        raise UsageError("tag-form", text=text)
    kind, key, role = TagKind(match[1]), match[2].strip(), match[3]
    if kind is not TagKind.PARTNER:
        if role is not None:
            raise UsageError("tag-form", text=text)
        return Tag(kind, key)
    try:
        return Tag(kind, key, Role(role or Role.PARTNER))
    except ValueError:
        raise UsageError("tag-form", text=text) from None


@dataclass(frozen=True)
class Term:
    """A tag that the vocabulary knows: its labels, and the words that suggest it.

    ``words_*`` are matched as `domain.suggestions` says; inside a phrase of ``blocked`` they do not count.
    """

    kind: TagKind
    key: str
    label_en: str
    label_ja: str = ""
    words_en: tuple[str, ...] = ()
    words_ja: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    definition: str = ""
    group: str = ""

    def label(self, language: str = "en") -> str:
        """Return the label in ``language``, or the English one where there is none."""
        return self.label_ja if language == "ja" and self.label_ja else self.label_en


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a library, and the home country, which is never suggested as a tag."""

    terms: tuple[Term, ...] = ()
    home_country: str = ""

    def find(self, kind: TagKind, key: str) -> Term | None:
        """Return the term of that kind and key (compared without case), or None."""
        return self._by_name.get((kind, key.casefold()))

    @cached_property  # lists ask for the labels of hundreds of tags at once
    def _by_name(self) -> dict[tuple[TagKind, str], Term]:
        """The terms by kind and folded key, the first of each."""
        return {(term.kind, term.key.casefold()): term for term in reversed(self.terms)}

    def label(self, tag: Tag, language: str = "en") -> str:
        """Return what a person reads for ``tag``: its term's label, or its key."""
        term = self.find(tag.kind, tag.key)
        return term.label(language) if term else tag.key


def known_tag(tag: Tag, vocabulary: Vocabulary) -> Tag:
    """Return ``tag`` with the vocabulary's spelling of its key; free tags are always known.

    Raises:
        UsageError: ``tag-unknown``.
    """
    if tag.kind is TagKind.FREE:
        return tag
    term = vocabulary.find(tag.kind, tag.key)
    if term is None:
        raise UsageError("tag-unknown", kind=tag.kind, key=tag.key)
    return replace(tag, key=term.key)
