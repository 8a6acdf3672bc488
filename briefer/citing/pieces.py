"""Pieces that notes and entries are put together from, free of doubled punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from briefer.domain.characters import xml_safe
from briefer.domain.documents import Inlines, Run

PERIODICALS = frozenset(
    {"article-newspaper", "article-magazine", "article-journal", "broadcast", "periodical"}
)
BOOKS = frozenset({"report", "book", "thesis", "dataset", "legislation", "standard", "monograph"})

_ENDED = re.compile(r"[?!？！][’”」』)]*$")
_STRAIGHT = re.compile(r'"([^"]*)"')
_SPACE = re.compile(r"\s+")


def clean(text: str | None) -> str:
    """Return ``text`` on one line, without what XML forbids."""
    return _SPACE.sub(" ", xml_safe(text or "")).strip()


def is_ended(text: str) -> bool:
    """Whether ``text`` ends in a mark after which neither comma nor full stop is set."""
    return _ENDED.search(text) is not None


def inner_quotes(title: str) -> str:
    """Return ``title`` as it stands within double quotation marks: its own become single."""
    return _STRAIGHT.sub(r"‘\1’", title).replace("“", "‘").replace("”", "’")


def quoted(title: str, mark: str) -> str:
    """Return ``title`` in English quotation marks, with ``mark`` (comma, full stop) inside them."""
    text = inner_quotes(title).rstrip(" .,") or title
    if not mark or is_ended(text) or text.endswith(mark):
        return f"“{text}”"
    if text.endswith("’") and "‘" in text:
        return f"“{text[:-1]}{mark}’”"
    return f"“{text}{mark}”"


def joined(parts: Iterable[Run], mark: str) -> list[Run]:
    """Return ``parts`` with ``mark`` and a blank between them, the mark left out where one stands already."""
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(Run(" " if _holds(runs[-1].text, mark) else f"{mark} "))
        runs.append(part)
    return runs


def stopped(runs: list[Run]) -> list[Run]:
    """Return ``runs`` with a full stop at the end, within quotation marks, unless something like it stands there."""
    last = runs[-1]
    if is_ended(last.text) or _holds(last.text, "."):
        return runs
    inside = last.text.rstrip("’”")
    if inside and not last.link and last.text.endswith("”"):
        return [*runs[:-1], replace(last, text=f"{inside}.{last.text[len(inside) :]}")]
    return [*runs, Run(".")]


def _holds(text: str, mark: str) -> bool:
    return is_ended(text) or text.rstrip("’”").endswith(mark)


def tidy(runs: Iterable[Run]) -> Inlines:
    """Return ``runs`` with neighbours of one format joined, and empty ones left out."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text=run.text) == run:
            found[-1] = replace(run, text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def linked(url: str | None) -> Run | None:
    """Return an address as a run that leads to it, or None for none."""
    text = clean(url)
    if not text:
        return None
    return Run(text, link=text if text.lower().startswith(("http://", "https://")) else None)
