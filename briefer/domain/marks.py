"""Inlines as Markdown, escaped so that text stays text and emphasis is read wherever it begins and ends.

CommonMark's delimiters only count in some surroundings: ``**「重要」**です`` is not bold. Where a neighbouring
character stands in the way it is written as a character reference, which counts as punctuation.

What else must be escaped, and how links and citations are written, depends on who reads it: a :class:`Dialect`.
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

_BACKTICKS = re.compile(r"`+")
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_BREAK = "\\\n"
_BREAKS = re.compile(r" *(?:\\\n)+ *")


Cite = Callable[[CitationText], str]


@dataclass(frozen=True)
class Dialect:
    """A kind of Markdown.

    ``special`` finds what a backslash keeps from being a mark, ``line_start`` the same at the beginning of a line
    (a number, and what stands in brackets, is escaped behind it). ``address`` returns where a link leads, or None where it
    shall be no link; ``bare`` addresses stand in angle brackets. ``cited`` writes citations that are not resolved.
    """

    special: re.Pattern[str]
    line_start: re.Pattern[str]
    address: Callable[[str | None], str | None]
    bare: bool = True
    cited: Callable[[Citation], str] | None = None


def line(inlines: Inlines, dialect: Dialect, *, one: bool = False, cite: Cite | None = None) -> str:
    """Return ``inlines`` as the Markdown of a paragraph, or of ``one`` line (headings, cells, notes).

    ``cite`` writes formatted citations; without it their text is written.
    """
    out = _Out(dialect, cite=cite)
    for link, group in groupby(_normal(inlines if cite else tuple(flattened(inlines)), dialect), key=_link):
        members = tuple(group)
        if link is None:
            out.write(members)
        else:
            out.bracket(_linked(members, link, dialect))
    text = out.written
    if one:
        text = _BREAKS.sub(" ", text).strip(" \t")
        text = _start_escaped(_blanks_kept(text), dialect)
        return f"{text[:-1]}\\#" if text.endswith(" #") else text
    while text.endswith(_BREAK):
        text = text.removesuffix(_BREAK).rstrip(" \t")
    lines = (_blanks_kept(part.strip(" \t")) for part in text.split("\n"))
    return "\n".join(_start_escaped(part, dialect) for part in lines)


@dataclass
class _Out:
    """Text so far, whether the next character may not be a letter, and whether all of it stands in marks."""

    dialect: Dialect
    written: str = ""
    closed: bool = False
    inside: bool = False
    cite: Cite | None = None

    def write(self, inlines: Iterable[Inline]) -> None:
        groups = [(b, tuple(g)) for b, g in groupby(inlines, key=lambda i: isinstance(i, Run) and i.bold)]
        for number, (bold, members) in enumerate(groups, 1):
            if bold:
                inner = _Out(self.dialect, inside=True)
                inner.write(replace(i, bold=False) for i in members if isinstance(i, Run))
                self.emphasis(inner.written, "**")
            else:
                self._plain(members, before_mark=self.inside or number < len(groups))

    def _plain(self, inlines: tuple[Inline, ...], *, before_mark: bool) -> None:
        groups = [(italic, tuple(g)) for italic, g in groupby(inlines, key=_is_italic)]
        for number, (italic, members) in enumerate(groups, 1):
            if italic:
                inner = "".join(self._styled(i) for i in members if isinstance(i, Run))
                # Beside other marks an asterisk would be read with them; otherwise it needs fewer references.
                first = self.inside and not self.written
                next_to = first or (before_mark and number == len(groups))
                beside = next_to or self.closed or self.written.endswith("*")
                self.emphasis(inner, "_" if beside else "*")
            else:
                for inline in members:
                    self._bare(inline)

    def _bare(self, inline: Inline) -> None:
        match inline:
            case Run():
                self.raw(self._styled(inline))
            case LineBreak():
                self.raw(_BREAK)
            case NoteRef(number=number):
                self.raw(f"[^{number}]")
            case CitationText() if self.cite:
                self.raw(self.cite(inline))
            case Citation() if self.dialect.cited:
                self._cited(self.dialect.cited(inline))
            case Citation() | CitationText() | CrossReference():
                raise ValueError("a citation was not resolved")

    def _cited(self, source: str) -> None:
        # A bracket behind a backslash would be text to whoever looks for citations by their signs.
        if self.written.endswith("\\"):
            self.written = f"{self.written[:-2]}{_reference(chr(92))}"
        self.bracket(source)

    def bracket(self, text: str) -> None:
        """Write what begins with a bracket: behind an exclamation mark it would be a picture."""
        if self.written.endswith("!") and not self.dialect.special.fullmatch("!"):
            self.written = f"{self.written[:-1]}{_reference('!')}"
        self.raw(text)

    def _styled(self, run: Run) -> str:
        return _code(run.text) if run.code else self.dialect.special.sub(lambda m: f"\\{m[0]}", run.text)

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


def _normal(inlines: Inlines, dialect: Dialect) -> Iterator[Inline]:
    """Join what Markdown cannot tell apart (languages, small capitals), and move blanks out of emphasis."""
    return _merged(part for inline in _merged(_pieces(inlines, dialect)) for part in _unblanked(inline))


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


def _pieces(inlines: Inlines, dialect: Dialect) -> Iterator[Inline]:
    for inline in inlines:
        if isinstance(inline, CrossReference):
            yield from _pieces((Run(inline.text),), dialect)
            continue
        if not isinstance(inline, Run):
            yield inline
            continue
        text = xml_safe(inline.text).replace("\r\n", "\n").replace("\r", "\n")
        for number, piece in enumerate(text.split("\n")):
            if number:
                yield LineBreak()
            if piece:
                link = dialect.address(inline.link)
                yield Run(piece, inline.bold, inline.italic, code=inline.code, link=link)


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


def _is_italic(inline: Inline) -> bool:
    return isinstance(inline, Run) and inline.italic


def _link(inline: Inline) -> str | None:
    return inline.link if isinstance(inline, Run) else None


def _linked(members: tuple[Inline, ...], address: str, dialect: Dialect) -> str:
    if (
        dialect.bare
        and [i.text for i in members if isinstance(i, Run)] == [address]
        and address.isascii()
        and "&" not in address
    ):
        return f"<{address}>"
    inner = _Out(dialect)
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


def _start_escaped(text: str, dialect: Dialect) -> str:
    match = dialect.line_start.match(text)
    if match is None:
        return text
    behind = match[0].isdigit() or match[0].endswith("]")
    return f"{match[0]}\\{text[match.end() :]}" if behind else f"\\{text}"


def _blanks_kept(text: str) -> str:
    """Write blanks of other kinds at the ends (the indent of a Japanese paragraph) as references."""
    match = _EDGES.match(text)
    if match is None or not (match[1] or match[3]):
        return text
    before, after = ("".join(map(_reference, blank)) for blank in (match[1], match[3]))
    return f"{before}{match[2]}{after}"
