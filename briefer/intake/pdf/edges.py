"""Running heads and feet: what stands at the edges of pages and comes again from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from briefer.intake.pdf.flows import body_size
from briefer.intake.pdf.lines import PageLine, PageText

HEAD = "running head"
NUMBER = "page number"
ACROSS = "set across the page"
_DEEPEST = 5
_SAME_PLACE = 4.0
_USED = 3
_LARGER = 1.1
_LONGEST = 120
_DIGITS = 9  # of a number: Python refuses to read one of thousands
_ROMAN = re.compile(r"\b[ivxlc]{1,6}\b")
_NUMBER = re.compile(
    r"^(?:page|p\.|seite|s\.|sivu|sida|página|pagina|strona)?\s*[-–—(]?\s*(?P<n>\d{1,4}|[ivxlc]{1,6})\s*[-–—)]?"
    r"(?:\s*(?:of|/|von|sur|de|di|av|z)\s*\d{1,4})?\s*(?:ページ|頁)?$",
    re.IGNORECASE,
)
_Row = list[PageLine]
_Numbers = tuple[tuple[int, int], ...]
_Places = dict[str, list[tuple[int, float, _Numbers]]]


def furniture(pages: Sequence[PageText]) -> dict[int, str]:
    """Return, by the ``id`` of the line, why a line is no part of the text."""
    rows = {page.number: _rows(page) for page in pages if page.lines}
    body = body_size(line for page in pages for line in page.lines)
    found = _across(pages)
    for side in (1, -1):
        for page, row, why in _repeated(rows, side, body):
            del page
            found.update((id(line), why) for line in row)
    return found


def _rows(page: PageText) -> list[_Row]:
    """Return the lines of a page from top to bottom, those of one height together."""
    rows: list[_Row] = []
    for line in sorted((item for item in page.lines if item.way == page.way), key=lambda item: item.base):
        if rows and abs(rows[-1][0].base - line.base) < 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda item: item.left)
    return rows


def _key(row: Iterable[PageLine]) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text for line in row).casefold())


def _numeric(row: _Row) -> int | None:
    """Return the number that a row is, or -1 for one in Roman figures; None when it is none."""
    match = _NUMBER.match(" ".join(line.text for line in row))
    if match is None:
        return None
    return int(match["n"]) if match["n"].isdecimal() else -1


def _repeated(rows: dict[int, list[_Row]], side: int, body: float) -> list[tuple[int, _Row, str]]:
    """Return the rows at the top (side 1) or foot (-1) that repeat, peeled from the edge inwards."""
    places: _Places = defaultdict(list)
    offsets: dict[int, set[int]] = defaultdict(set)
    for number, own in rows.items():
        for row in own[::side][:_DEEPEST]:
            places[_key(row)].append((number, row[0].base, _numbers(row, number)))
            value = _numeric(row)
            if value is not None:
                offsets[value - number if value >= 0 else -1].add(number)
    found: list[tuple[int, _Row, str]] = []
    for number, own in rows.items():
        peeled: list[tuple[int, _Row, str]] = []
        for depth, row in enumerate(own[::side][:_DEEPEST]):
            why = _why(row, number, places, offsets, body) or (
                _alone(own, row, side, number) if not depth else ""
            )
            if not why:
                break
            peeled.append((number, row, why))
        if len(peeled) < _DEEPEST:
            # More rows than a running head has: one page is the copy of another.
            found += peeled
    return found + _in_band(rows, side, found)


def _why(row: _Row, number: int, places: _Places, offsets: dict[int, set[int]], body: float) -> str:
    value = _numeric(row)
    if value is not None:
        return NUMBER if len(offsets[value - number if value >= 0 else -1]) > 1 else ""
    key = _key(row)
    text = row[0].text
    if len(key) > _LONGEST or not any(ch.isalpha() for ch in key) or (text[0].islower() and text[-1] in ".,"):
        return ""
    own = _numbers(row, number)
    counted = row[0].size <= _LARGER * body
    for other, base, theirs in places[key]:
        if other == number or abs(base - row[0].base) > _SAME_PLACE:
            continue
        pairs = list(zip(own, theirs, strict=True))
        if all(a[0] == b[0] for a, b in pairs) or (counted and any(a[1] == b[1] for a, b in pairs)):
            return HEAD
    return ""


def _numbers(row: _Row, page: int) -> _Numbers:
    """Return the numbers in a row, each as it is and counted from the page: one of the two must agree."""
    found = re.findall(r"\d+", " ".join(line.text for line in row))
    ends = (int(n[-_DIGITS:]) for n in found)
    return tuple((n, n - page) for n in ends)


def _alone(own: list[_Row], row: _Row, side: int, number: int) -> str:
    """Tell the number of a page that has no others beside it by the room around it."""
    following = own[::side][1:3]
    if _numeric(row) != number or len(following) < 2:
        return ""
    apart = abs(following[0][0].base - row[0].base)
    usual = abs(following[1][0].base - following[0][0].base)
    return NUMBER if apart > 1.3 * usual else ""


def _in_band(
    rows: dict[int, list[_Row]], side: int, found: list[tuple[int, _Row, str]]
) -> list[tuple[int, _Row, str]]:
    """Return outermost rows that stand where other pages have their running heads: heads that change."""
    used: dict[int, int] = defaultdict(int)
    for _, row, _ in found:
        used[round(row[0].base)] += 1
    done = {id(row) for _, row, _ in found}
    more: list[tuple[int, _Row, str]] = []
    for number, own in rows.items():
        row = own[::side][0]
        base = round(row[0].base)
        same = used[base - 1] + used[base] + used[base + 1]
        if id(row) not in done and same >= _USED and len(_key(row)) < _LONGEST and len(own) > 1:
            more.append((number, row, NUMBER if _numeric(row) is not None else HEAD))
    return more


def _outside(page: PageText) -> list[PageLine]:
    """Return the numbers above or below all lines of a vertical page, which run with it as far as can be told."""
    found: list[PageLine] = []
    for line in page.lines:
        if line.way == page.way and _numeric([line]) is not None:
            others = [item for item in page.lines if item.way == page.way and item is not line]
            if others and (
                line.left >= max(o.right for o in others) - 1 or line.right <= min(o.left for o in others) + 1
            ):
                found.append(line)
    return found


def _across(pages: Sequence[PageText]) -> dict[int, str]:
    """Judge what is set in another direction than its page."""
    keys: dict[str, set[int]] = defaultdict(set)
    odd = [(page, line) for page in pages for line in page.lines if line.way != page.way]
    for page in pages:
        if page.way in {"down", "up"}:
            odd += [(page, line) for line in _outside(page)]
    for page, line in odd:
        keys[_key([line])].add(page.number)
    found: dict[int, str] = {}
    for _, line in odd:
        if _numeric([line]) is not None:
            found[id(line)] = NUMBER
        else:
            found[id(line)] = HEAD if len(keys[_key([line])]) > 1 else ACROSS
    return found
