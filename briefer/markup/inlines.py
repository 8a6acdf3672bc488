"""What stands inside a line: tokens into runs, breaks and citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.token import Token

from briefer.domain.characters import by_script, has_cjk, xml_safe
from briefer.domain.documents import Citation, CrossReference, Inline, Inlines, LineBreak, Run
from briefer.markup.citations import TOKEN

_LINKED = frozenset({"http", "https", "mailto"})


def inlines(tokens: Sequence[Token]) -> Inlines:
    """Return the content of one inline token's children."""
    return by_script(tuple(map(_referring, merged(converted(tokens, _link)))))


def merged(found: Iterator[Inline]) -> Inlines:
    """Join neighbouring runs of one format, and leave out empty ones."""
    parts: list[Inline] = []
    for inline in found:
        last = parts[-1] if parts else None
        if not isinstance(inline, Run):
            parts.append(inline)
        elif isinstance(last, Run) and replace(last, text=inline.text) == inline:
            parts[-1] = replace(last, text=last.text + inline.text)
        elif inline.text:
            parts.append(inline)
    return tuple(parts)


def converted(tokens: Sequence[Token], target: Callable[[Token], str | None]) -> Iterator[Inline]:
    """Yield what the tokens say; ``target`` tells where a link leads, None where it shall be no link."""
    now = Run("")
    outer: list[Run] = []
    for index, token in enumerate(tokens):
        if token.nesting > 0:
            outer.append(now)
            now = _format(now, token, target)
        elif token.nesting < 0:
            now = outer.pop()
        elif token.type == TOKEN:
            citation: Citation = token.meta[TOKEN]
            yield citation
        elif token.type == "hardbreak":
            yield LineBreak()
        elif token.type == "softbreak":
            yield replace(now, text=_soft(tokens, index))
        elif token.type == "code_inline":
            yield replace(now, text=xml_safe(token.content), code=True)
        elif token.type == "image":
            yield from _alternative(token, now)
        else:
            yield replace(now, text=xml_safe(token.content))


def _format(now: Run, token: Token, target: Callable[[Token], str | None]) -> Run:
    if token.tag == "strong":
        return replace(now, bold=True)
    if token.tag == "em":
        return replace(now, italic=True)
    return replace(now, link=target(token))


def _link(token: Token) -> str | None:
    """Return where a link leads, or None where it would not lead anywhere once the note is passed on."""
    target = str(token.attrGet("href") or "")
    inside = target.startswith("#") and len(target) > 1
    return target if inside or target.partition(":")[0].lower() in _LINKED else None


def _referring(inline: Inline) -> Inline:
    """Return a link to a place in the document as a cross-reference."""
    if isinstance(inline, Run) and inline.link and inline.link.startswith("#"):
        return CrossReference(unquote(inline.link[1:]), inline.text)
    return inline


def _soft(tokens: Sequence[Token], index: int) -> str:
    """A line end is a blank, but not within Japanese, which has no blanks between words."""
    before = _beside(tokens, index, -1)[-1:]
    after = _beside(tokens, index, 1)[:1]
    return "" if has_cjk(before) and has_cjk(after) else " "


def _beside(tokens: Sequence[Token], index: int, step: int) -> str:
    """Return what the next token says, where emphasis and links only begin or end in between."""
    index += step
    while 0 <= index < len(tokens) and _says_nothing(tokens[index]):
        index += step
    return tokens[index].content if 0 <= index < len(tokens) else ""


def _says_nothing(token: Token) -> bool:
    return token.nesting != 0 or (token.type == "text" and not token.content)


def _alternative(token: Token, now: Run) -> Iterator[Inline]:
    """Yield the text that stands for a picture, and what that text cites."""
    for child in token.children or ():
        if child.type == TOKEN:
            citation: Citation = child.meta[TOKEN]
            yield citation
        elif child.type == "image":
            yield from _alternative(child, now)
        else:
            blank = " " * (child.type in {"softbreak", "hardbreak"})
            yield replace(now, text=xml_safe(child.content or blank))
