"""Zip archives: their readable members, each to be read for itself. Nothing is written anywhere."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePath

from briefer.errors import InputError
from briefer.intake.encoding import decode
from briefer.intake.files import beside_page
from briefer.intake.format import Format
from briefer.intake.formats import folder_suffixes
from briefer.intake.office.packages import Package
from briefer.packages import MOST_UNPACKED_MB, is_zip
from briefer.services.ports import Taken

_UTF_8_NAME = 0x800
_SEPARATOR = re.compile(r"[\\/]+")
_NO_PLACE = frozenset({"", ".", ".."})

_Place = tuple[str, ...]
"""The folders of a member inside the archive, and its own name."""


def _unpack(taken: Taken) -> Iterator[Taken | InputError]:
    package = Package(taken)
    places = _places(taken.name, package.infos)
    names = _by_folder(places)
    members = sorted(
        (place, number)
        for number, (place, info) in enumerate(zip(places, package.infos, strict=True))
        if _wanted(place, info, names)
    )
    if not members:
        detail = "the archive holds no file of a format that can be read"
        raise InputError("input-unreadable", name=taken.name, detail=detail)
    for place, number in members:
        info = package.infos[number]
        name = "/".join((taken.name, *place))
        try:
            data = package.read(info)
        except InputError as error:
            yield InputError(error.code, **{**error.data, "name": name})
        else:
            yield replace(taken, name=name, data=data, modified=_modified(info, taken), media_type="")


def _places(name: str, infos: Sequence[zipfile.ZipInfo]) -> list[_Place]:
    """Return where each member lies; nothing of it leads out of the archive."""
    decoded = _names(name, infos)
    return [tuple(p for p in _SEPARATOR.split(n) if p not in _NO_PLACE) for n in decoded]


def _names(name: str, infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the members' names. Old programs wrote them in the code page of their country, and say not which."""
    old = [i for i, info in enumerate(infos) if not info.flag_bits & _UTF_8_NAME]
    names = [info.filename for info in infos]
    raw = b"\n".join(names[i].encode("cp437", "replace") for i in old)
    if raw.isascii():
        return names
    try:
        lines = decode(name, raw)[0].split("\n")
    except InputError:
        return names
    if len(lines) == len(old):
        for i, line in zip(old, lines, strict=True):
            names[i] = line
    return names


def _by_folder(places: Sequence[_Place]) -> dict[_Place, set[str]]:
    found: dict[_Place, set[str]] = {}
    for place in places:
        found.setdefault(place[:-1], set()).add("".join(place[-1:]).lower())
    return found


def _wanted(place: _Place, info: zipfile.ZipInfo, names: Mapping[_Place, set[str]]) -> bool:
    if not place or stat.S_ISLNK(info.external_attr >> 16):
        return False
    if any(part.startswith((".", "__MACOSX")) for part in place):
        return False
    if any(beside_page(part, names.get(place[:depth], ())) for depth, part in enumerate(place[:-1])):
        return False
    return PurePath(place[-1]).suffix.lower() in folder_suffixes()


def _modified(info: zipfile.ZipInfo, taken: Taken) -> datetime:
    try:
        # The time on the clock of whoever packed it; the nearest guess is that it was the same as here.
        return datetime(*info.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return taken.modified


def _is_nameless_zip(taken: Taken) -> bool:
    return is_zip(taken.data) and not PurePath(taken.name).suffix


FORMAT = Format(
    name="zip archive",
    media_types=("application/zip", "application/x-zip-compressed"),
    suffixes=(".zip",),
    sniff=_is_nameless_zip,
    unpack=_unpack,
    limit_mb=MOST_UNPACKED_MB,
)
