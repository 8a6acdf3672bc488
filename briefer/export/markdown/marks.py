"""Inlines as Markdown, escaped so that text stays text and emphasis is read wherever it begins and ends.

CommonMark's delimiters only count in some surroundings: ``**「重要」**です`` is not bold. Where a neighbouring
character stands in the way it is written as a character reference, which counts as punctuation.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from briefer.domain.characters import xml_safe
from briefer.domain.documents import (
    Citation,
    CitationText,
    CrossReference,
    Inline,
    Inlines,
    LineBreak,
    NoteRef,
    Run,
    flattened,
)
from briefer.export.frame import safe_link

# The last four of the set, and @, are Pandoc's (formulas, superscripts, attributes, citations).
_SPECIAL = re.compile(r"[\\`*_\[\]<~$^{}]|&(?=#|[0-9A-Za-z]+;)|!$|(?<![0-9A-Za-z])@")
_LINE_START = re.compile(r"^(?:[#+=>|-]|:(?=-|::)|\d{1,9}(?=[.)](?:\s|$)))")
_BACKTICKS = re.compile(r"`+")
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_BREAK = "\\\n"
_BREAKS = re.compile(r" *(?:\\\n)+ *")


Cite = Callable[[CitationText], str]


def line(inlines: Inlines, *, one: bool = False, cite: Cite | None = None) -> str:
    """Return ``inlines`` as the Markdown of a paragraph, or of ``one`` line (headings, cells, notes).

    ``cite`` writes citations; without it their text is written.
    """
    out = _Out(cite=cite)
    for link, group in groupby(_normal(inlines if cite else tuple(flattened(inlines))), key=_link):
        members = tuple(group)
        if link is None:
            out.write(members)
        else:
            out.raw(_linked(members, link))
    text = out.written
    if one:
        text = _BREAKS.sub(" ", text).strip(" \t")
        text = _start_escaped(_blanks_kept(text))
        return f"{text[:-1]}\\#" if text.endswith(" #") else text
    while text.endswith(_BREAK):
        text = text.removesuffix(_BREAK).rstrip(" \t")
    lines = (_blanks_kept(part.strip(" \t")) for part in text.split("\n"))
    return "\n".join(_start_escaped(part) for part in lines)


@dataclass
class _Out:
    """Text so far, whether the next character may not be a letter, and whether all of it stands in marks."""

    written: str = ""
    closed: bool = False
    inside: bool = False
    cite: Cite | None = None

    def write(self, inlines: Iterable[Inline]) -> None:
        groups = [(b, tuple(g)) for b, g in groupby(inlines, key=lambda i: isinstance(i, Run) and i.bold)]
        for number, (bold, members) in enumerate(groups, 1):
            if bold:
                inner = _Out(inside=True)
                inner.write(replace(i, bold=False) for i in members if isinstance(i, Run))
                self.emphasis(inner.written, "**")
            else:
                self._plain(members, before_mark=self.inside or number < len(groups))

    def _plain(self, inlines: tuple[Inline, ...], *, before_mark: bool) -> None:
        for number, inline in enumerate(inlines, 1):
            match inline:
                case Run():
                    self._styled(inline, before_mark=before_mark and number == len(inlines))
                case LineBreak():
                    self.raw(_BREAK)
                case NoteRef(number=number):
                    self.raw(f"[^{number}]")
                case CitationText() if self.cite:
                    self.raw(self.cite(inline))
                case CrossReference(text=text):
                    self._styled(Run(text), before_mark=False)
                case Citation() | CitationText():
                    raise ValueError("a citation was not resolved")

    def _styled(self, run: Run, *, before_mark: bool) -> None:
        text = _code(run.text) if run.code else _SPECIAL.sub(lambda match: f"\\{match[0]}", run.text)
        if run.italic:
            # Beside other marks an asterisk would be read with them; otherwise it needs fewer references.
            first = self.inside and not self.written
            beside = first or before_mark or self.closed or self.written.endswith("*")
            self.emphasis(text, "_" if beside else "*")
        else:
            self.raw(text)

    def raw(self, text: str) -> None:
        if self.closed and text and not _is_boundary(text[0]):
            text = f"{_reference(text[0])}{text[1:]}"
        self.written += text
        self.closed = self.closed and not text

    def emphasis(self, inner: str, mark: str) -> None:
        before = self.written[-1:]
        narrow = mark == "_" or not inner[:1].isalnum()
        if before and narrow and not _is_boundary(before):
            self.written = f"{self.written[:-1]}{_reference(before)}"
        self.raw(f"{mark}{inner}{mark}")
        # Which mark follows is not known yet; a reference costs little.
        self.closed = mark == "_" or not inner[-1:].isalnum()


def _normal(inlines: Inlines) -> Iterator[Inline]:
    """Join what Markdown cannot tell apart (languages, small capitals), and move blanks out of emphasis."""
    return _merged(part for inline in _merged(_pieces(inlines)) for part in _unblanked(inline))


def _merged(inlines: Iterable[Inline]) -> Iterator[Inline]:
    last: Run | None = None
    for inline in inlines:
        if isinstance(inline, Run) and last is not None and replace(last, text=inline.text) == inline:
            last = replace(last, text=last.text + inline.text)
            continue
        if last is not None:
            yield last
        last = inline if isinstance(inline, Run) else None
        if last is None:
            yield inline
    if last is not None:
        yield last


def _pieces(inlines: Inlines) -> Iterator[Inline]:
    for inline in inlines:
        if not isinstance(inline, Run):
            yield inline
            continue
        text = xml_safe(inline.text).replace("\r\n", "\n").replace("\r", "\n")
        for number, piece in enumerate(text.split("\n")):
            if number:
                yield LineBreak()
            if piece:
                yield Run(piece, inline.bold, inline.italic, code=inline.code, link=safe_link(inline.link))


def _unblanked(inline: Inline) -> Iterator[Inline]:
    if not isinstance(inline, Run) or inline.code or not (inline.bold or inline.italic):
        yield inline
        return
    match = _EDGES.match(inline.text)
    assert match is not None, "the pattern fits every text"
    plain = Run("", link=inline.link)
    for part, kind in zip(match.groups(), (plain, inline, plain), strict=True):
        if part:
            yield replace(kind, text=part)


def _link(inline: Inline) -> str | None:
    return inline.link if isinstance(inline, Run) else None


def _linked(members: tuple[Inline, ...], address: str) -> str:
    if (
        [i.text for i in members if isinstance(i, Run)] == [address]
        and address.isascii()
        and "&" not in address
    ):
        return f"<{address}>"
    inner = _Out()
    inner.write(members)
    target = address.replace("&", "&amp;").replace("(", "%28").replace(")", "%29")
    return f"[{inner.written}]({target})"


def _code(text: str) -> str:
    """Fence with one backtick more than the text has in a row; blanks at the ends are kept by another pair."""
    longest = max((len(match) for match in _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    padded = text.strip() and (text[0] in "` " or text[-1] in "` ")
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def _is_boundary(character: str) -> bool:
    return character.isspace() or character in string.punctuation


def _reference(character: str) -> str:
    return f"&#x{ord(character):x};"


def _start_escaped(text: str) -> str:
    match = _LINE_START.match(text)
    if match is None:
        return text
    return f"{match[0]}\\{text[match.end() :]}" if match[0].isdigit() else f"\\{text}"


def _blanks_kept(text: str) -> str:
    """Write blanks of other kinds at the ends (the indent of a Japanese paragraph) as references."""
    match = _EDGES.match(text)
    if match is None or not (match[1] or match[3]):
        return text
    before, after = ("".join(map(_reference, blank)) for blank in (match[1], match[3]))
    return f"{before}{match[2]}{after}"
