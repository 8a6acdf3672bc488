"""Heat maps as pictures, for formats that cannot draw them themselves; the same bytes on every machine.

They are set in the face that typst carries, which has Latin, Greek and Cyrillic letters. Where a label has others,
the labels of its axis are replaced by numbers or letters, and a key in the document's own type tells what they
stand for: whatever fonts there are, no label becomes a row of boxes.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import typst

from briefer.assets import resources
from briefer.domain.characters import is_japanese, xml_safe
from briefer.domain.documents import HeatMap

_DRAWN = re.compile(
    "[\u0020-\u007e\u00a0-\u017f\u0386-\u03ce\u0400-\u045f\u1e00-\u1eff\u2010-\u2026\u2030-\u2037\u2039\u203a\u20ac]*"
)
_MOST_ROWS, _MOST_COLUMNS = 30, 24  # what a page holds at a size that can be read
_RESOLUTION = 200  # pixels an inch
_POINTS = 72
_SIZE = slice(16, 24)  # where a PNG file tells its width and height (ISO/IEC 15948, 11.2.2)


@dataclass(frozen=True)
class Picture:
    """A PNG file and its size in points."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """The pictures of one heat map, several where it is larger than a page, and the lines of its key."""

    pictures: tuple[Picture, ...]
    key: tuple[str, ...]


def drawn(heat_map: HeatMap, width: float, language: str) -> Drawing:
    """Return ``heat_map`` as pictures of ``width`` points; none where it has no cell."""
    rows, row_key = _labels(heat_map.rows, tuple(map(str, range(1, len(heat_map.rows) + 1))), language)
    letters = tuple(_letters(number) for number in range(1, len(heat_map.columns) + 1))
    columns, column_key = _labels(heat_map.columns, letters, language)
    if not rows or not columns:
        return Drawing((), ())
    most = max((count for row in heat_map.counts for count in row), default=0)
    pictures = (
        _picture(
            {
                "width": width,
                "rows": rows[top:bottom],
                "columns": columns[left:right],
                "counts": [row[left:right] for row in heat_map.counts[top:bottom]],
                "most": max(most, 1),
            }
        )
        for top, bottom in _pieces(len(rows), _MOST_ROWS)
        for left, right in _pieces(len(columns), _MOST_COLUMNS)
    )
    return Drawing(tuple(pictures), tuple(line for line in (column_key, row_key) if line))


def _labels(labels: Sequence[str], stand_ins: Sequence[str], language: str) -> tuple[tuple[str, ...], str]:
    """Return the labels to draw, and the line of the key where they are stand-ins."""
    clean = tuple(" ".join(xml_safe(label).split()) for label in labels)
    if all(_DRAWN.fullmatch(label) for label in clean):
        return clean, ""
    separator, between = ("：", "　") if is_japanese(language) else (": ", "; ")
    key = between.join(f"{s}{separator}{label}" for s, label in zip(stand_ins, clean, strict=True))
    return tuple(stand_ins), key


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _pieces(count: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of pieces of about one length, none longer than ``most``."""
    pieces = -(-count // most)
    for piece in range(pieces):
        yield count * piece // pieces, count * (piece + 1) // pieces


def _picture(data: dict[str, object]) -> Picture:
    folder = resources() / "templates"
    compiler = typst.Compiler(
        (folder / "heat_map.typ").read_bytes(),
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"map": json.dumps(data)},
        package_path=folder,
        package_cache_path=folder,
    )
    png = compiler.compile(format="png", ppi=_RESOLUTION)
    assert isinstance(png, bytes), "a picture without a target is returned as bytes"
    width, height = struct.unpack(">II", png[_SIZE])
    scale = _POINTS / _RESOLUTION
    return Picture(png, width * scale, height * scale)
