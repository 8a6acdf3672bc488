"""What kind of document a text is: its CSL type and genre, by title, head, and schema.org type."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefer import assets
from briefer.domain.sources import How
from briefer.intake.facts.claims import Claims
from briefer.intake.pasted.words import bare

_LABEL_TAIL = re.compile(r"(?:\s(?:no|nr))?[\s\d.:#第号（）()年月日-]+$")
_TEXT_HEAD = 20_000
_HASHES = re.compile(r"^#{1,6}\s+(?=\S)")
_STRUCTURE_LINES = 3_000
_MARK_LONGEST = 500
_TITLE_LONGEST = 300
# The title of a document with a form of its own stands at most so many lines above the first mark of that form.
_TITLE_NEAR = 15
_MAIL = re.compile(
    r"^(?:from|to|subject|sent|date|cc|差出人|宛先|件名|送信日時|von|an|betreff|de|à|objet)\s?[:：]\s?\S",
    re.IGNORECASE,
)


# A report says who said what, or according to whom.
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|according to|reported|sagte|teilte|laut|zufolge|a déclaré|a annoncé|selon|dijo|según"
    r"|ha detto|secondo|sanoi|kertoi|mukaan|sade|säger|enligt|disse|segundo)\b"
    r"|(?:述べ|明らかにし|発表し|話し|語っ|合意し|表明し|伝え)た|によると|によれば|という。",
    re.IGNORECASE,
)
_SIGNS = ("authors", "published", "wire", "publisher", "event")
_UNKNOWN = 0.3


@dataclass(frozen=True)
class Kind:
    """A kind of document and how it is told."""

    csl: str
    genre: str
    title: tuple[re.Pattern[str], ...]
    head: frozenset[str]
    unless: re.Pattern[str] | None
    text: re.Pattern[str] | None
    marks: tuple[re.Pattern[str], ...] = ()
    alone: int = 99

    def titled(self, title: str) -> bool:
        """Whether the title is that of such a document, rather than of news about one."""
        if self.unless and self.unless.search(title):
            return False
        return any(pattern.search(title) for pattern in self.title)


@functools.cache
def _data() -> tuple[tuple[Kind, ...], dict[str, tuple[str, str]]]:
    data = json.loads((assets.resources() / "intake" / "kinds.json").read_text(encoding="utf-8"))

    def made(text: str | None) -> re.Pattern[str] | None:
        return re.compile(text, re.IGNORECASE) if text else None

    kinds = tuple(
        Kind(
            csl=item["kind"],
            genre=item["genre"],
            title=tuple(re.compile(p, re.IGNORECASE) for p in item["title"]),
            head=frozenset(item["head"]),
            unless=made(item.get("not")),
            text=made(item.get("text")),
            marks=tuple(re.compile(p, re.IGNORECASE) for p in item.get("marks", ())),
            alone=item.get("alone", 99),
        )
        for item in data["kinds"]
    )
    return kinds, {name: (kind, genre) for name, (kind, genre) in data["schema"].items()}


@dataclass(frozen=True)
class Form:
    """The form by which a text shows its kind: an agreement's articles, a speaker's salutation.

    ``title`` is the index of the line with the title, or that names the kind (``label``), ``first`` that of the
    first mark and ``last`` of the last one.
    """

    kind: Kind
    title: int | None
    label: bool
    first: int
    last: int


def form_of(lines: Sequence[str]) -> Form | None:
    """Return the form that non-blank lines have: a title with one mark of its kind below, or enough marks alone."""
    lines = lines[:_STRUCTURE_LINES]
    for kind in _data()[0]:
        found = [_first_mark(mark, lines) for mark in kind.marks]
        places = sorted(place for place in found if place is not None)
        if not places:
            continue
        near = range(max(0, places[0] - _TITLE_NEAR), places[0])
        labelled = [i for i in near if bare(lines[i]) in kind.head]
        titled = [i for i in near if len(lines[i]) <= _TITLE_LONGEST and kind.titled(lines[i])]
        title = min([*labelled, *titled], default=None)
        if title is not None or len(places) >= kind.alone:
            return Form(kind, title, title in labelled, places[0], places[-1])
    return None


def _first_mark(mark: re.Pattern[str], lines: Sequence[str]) -> int | None:
    return next((i for i, line in enumerate(lines) if len(line) <= _MARK_LONGEST and mark.search(line)), None)


def schema_kind(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the CSL type and genre of a schema.org type, or None."""
    known = _data()[1]
    return next((known[name] for name in names if name in known), None)


def claim_kind(claims: Claims, title: str, head: Iterable[str], text: str) -> None:
    """Claim what the title and the lines above the text tell; kind and genre are one claim."""
    lines = [line for line in head if len(line) < 80]
    labels = {bare(_LABEL_TAIL.sub("", line)) for line in lines}
    if sum(bool(_MAIL.match(line)) for line in (*lines, *text[:2000].split("\n")[:8])) >= 3:
        claims.add("kind", ("personal_communication", "E-mail"), How.WRITTEN, 0.85, "head of the text")
    form = form_of([_HASHES.sub("", line.strip()) for line in text.split("\n") if line.strip()])
    if form:
        claims.add("kind", (form.kind.csl, form.kind.genre), How.WRITTEN, 0.75, "structure of the text")
    for kind in _data()[0]:
        if kind.text and not kind.text.search(text[:_TEXT_HEAD]):
            continue
        if kind.titled(title):
            claims.add("kind", (kind.csl, kind.genre), How.WRITTEN, 0.8, "title")
        elif labels & kind.head:
            claims.add("kind", (kind.csl, kind.genre), How.WRITTEN, 0.75, "head of the page")


def claim_unknown(claims: Claims, body: Iterable[str]) -> bool:
    """Claim a document, without much faith, of a text that shows no sign of its kind; return whether it does not.

    Signs of news are a headline, and with it a date, a name, an agency, or words that report what somebody said.
    """
    if claims.of("kind"):
        return False
    signs = any(claims.of(name) for name in _SIGNS) or any(_TOLD.search(paragraph) for paragraph in body)
    if claims.of("title") and signs:
        return False
    claims.add("kind", ("document", ""), How.INFERRED, _UNKNOWN, "no sign of any kind")
    return True
