"""Reading the text itself through, where the full-text index is damaged: slow, and with the same result."""

from __future__ import annotations

from collections.abc import Sequence

from pyroaring import BitMap
from sqlalchemy import Connection

from briefer.domain.indexing import Texts
from briefer.domain.prepared import sought
from briefer.domain.queries import Words
from briefer.storage.full_text import FullText
from briefer.storage.search_index import EXCERPTS, SOURCES, excerpt_rows, source_rows


def scan(connection: Connection, words: Words, column: str | None = None) -> BitMap:
    """Return the numbers of the excerpts that have ``words``, in whichever column or in one."""
    where = _columns(EXCERPTS, column)
    return BitMap(
        number
        for rows in excerpt_rows(connection)
        for number, (texts, _) in rows.items()
        if _has(texts[where], words)
    )


def scan_sources(connection: Connection, words: Words, column: str | None = None) -> BitMap:
    """Return the numbers of the sources that have ``words``, in whichever column or in one."""
    where = _columns(SOURCES, column)
    return BitMap(
        number
        for rows in source_rows(connection)
        for number, texts in rows.items()
        if _has(texts[where], words)
    )


def stands(text: Sequence[str], tokens: Sequence[str], *, prefix: bool) -> bool:
    """Whether ``tokens`` stand side by side in a text's, the last perhaps as the beginning of one."""
    whole, last, length = list(tokens[:-1]), tokens[-1], len(tokens)
    for at in range(len(text) - length + 1):
        end = text[at + length - 1]
        if (end.startswith(last) if prefix else end == last) and list(text[at : at + length - 1]) == whole:
            return True
    return False


def _has(texts: Texts, words: Words) -> bool:
    tokens, prefix = sought(words)
    return any(stands(text.split(), tokens, prefix=prefix) for text in texts)


def _columns(index: FullText, column: str | None) -> slice:
    if column is None:
        return slice(None)
    at = index.columns.index(column)
    return slice(at, at + 1)
