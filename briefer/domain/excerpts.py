"""Excerpts: exact spans of a snapshot, with what people say of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from briefer.domain.spans import Span, quote_at
from briefer.domain.tags import Role, Tag, TagKind
from briefer.errors import KnownError

UNJUDGED = "6"
"""The credibility of what cannot be judged."""


class ExcerptKind(StrEnum):
    """Whether the words themselves matter, or what they state."""

    QUOTATION = "quotation"
    FACT = "fact"


class Anchoring(StrEnum):
    """How an excerpt found its place in a newer snapshot, the surest first."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class Excerpt:
    """An exact span of a snapshot's text.

    ``quote`` equals the text at ``span`` with white space folded, always. ``paragraph`` is the number of the
    body segment in which the span begins; ``credibility`` the Admiralty code 1 to 6 (6: cannot be judged).
    ``anchored`` is how it was carried here from an older snapshot, None where it was marked here; ``page`` the
    label of the page of the original ("12", "12-13"), None where there are no pages. ``translation`` is shown
    beside the quotation as a working translation, or as an official one where ``translation_official``. ``marking``
    is that of the words, the source's where None; ``comment_marking`` that of what an official says of them.
    """

    id: str
    source_id: str
    snapshot_id: str
    span: Span
    quote: str
    paragraph: int | None
    created_at: datetime
    kind: ExcerptKind = ExcerptKind.QUOTATION
    speaker: str | None = None
    comment: str = ""
    credibility: str = UNJUDGED
    marking: str | None = None
    translation: str = ""
    tags: tuple[Tag, ...] = ()
    anchored: Anchoring | None = None
    page: str | None = None
    translation_official: bool = False
    comment_marking: str = ""

    def tagged(self, kind: TagKind, key: str, role: Role | None = None) -> bool:
        """Whether it bears that tag; in any role where ``role`` is None."""
        return any(t.kind is kind and t.key == key and role in (None, t.role) for t in self.tags)


@dataclass(frozen=True)
class Annotation:
    """What a person says of an excerpt while marking it; the fields are those of :class:`Excerpt`."""

    kind: ExcerptKind = ExcerptKind.QUOTATION
    speaker: str | None = None
    comment: str = ""
    credibility: str = "6"

    def on(self, excerpt: Excerpt) -> Excerpt:
        """Return ``excerpt`` with this said of it."""
        return replace(
            excerpt,
            kind=self.kind,
            speaker=self.speaker,
            comment=self.comment,
            credibility=self.credibility,
        )


UNANNOTATED = Annotation()


def assert_verbatim(excerpt: Excerpt, text: str) -> None:
    """Hold the promise that an excerpt's quote equals its span.

    Raises:
        KnownError: ``quote-changed``.
    """
    assert_quote(excerpt.span, excerpt.quote, text)


def assert_quote(span: Span, quote: str, text: str) -> None:
    """Hold the same promise for what is no excerpt yet. Raises as :func:`assert_verbatim`."""
    if quote_at(text, span) != quote:
        raise KnownError("quote-changed")
