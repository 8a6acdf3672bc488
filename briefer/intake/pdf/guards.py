"""What PDFium must not be given: drawings that call themselves, on which it spends all memory there is.

Only what stands in the file uncompressed is looked at; the streams of drawings always do. Whatever else a
file may do to a reader is held by the limits of the worker process.
"""

from __future__ import annotations

import re

from briefer.errors import InputError
from briefer.services.ports import Taken

# PDFium takes any number for that of a generation.
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s+\d{1,40}\s+obj\b")
_END = re.compile(rb"\bstream\b|\bendobj\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,8})\s+-?\d{1,40}\s+R")
_DRAWINGS = re.compile(rb"/XObject\s*(?:<<(?P<inside>.*?)>>|(?P<there>\d{1,8})\s+-?\d{1,40}\s+R)", re.DOTALL)
_REFERENCE = re.compile(rb"/([^\s/<>()\[\]]{1,127})\s+(\d{1,8})\s+-?\d{1,40}\s+R\b")
_DRAWN = re.compile(rb"/([^\s/<>()\[\]]{1,127})\s+Do\b")
_LONGEST = 65_536


def refuse_endless(taken: Taken) -> None:
    """Refuse a file with a drawing (form XObject) that draws itself, at once or by way of others.

    Raises:
        InputError: ``input-unsafe``.
    """
    if not _FORM.search(taken.data):
        return
    objects = _objects(taken.data)
    named = {number: _named(head, objects) for number, (head, _) in objects.items()}
    forms = {number for number, (head, _) in objects.items() if _FORM.search(head)}
    anywhere: dict[bytes, set[int]] = {}
    for names in named.values():
        for name, number in names.items():
            anywhere.setdefault(name, set()).add(number)
    calls = {number: set(named[number].values()) for number in forms}
    for number in forms:
        # A name that a drawing's own resources lack is looked up in those of the page.
        for name in set(_DRAWN.findall(objects[number][1])) - named[number].keys():
            calls[number] |= anywhere.get(name, set())
    if _endless(calls):
        raise InputError("input-unsafe", name=taken.name, detail="a drawing in it calls itself without end")


def _objects(data: bytes) -> dict[int, tuple[bytes, bytes]]:
    """Return the objects by number: each as far as its stream, and the beginning of its stream."""
    found: dict[int, tuple[bytes, bytes]] = {}
    for match in _OBJECT.finditer(data):
        end = _END.search(data, match.end(), match.end() + _LONGEST)
        last = end.start() if end else match.end() + _LONGEST
        streams = end is not None and end[0] == b"stream"
        rest = data[last : last + _LONGEST].partition(b"endstream")[0] if streams else b""
        found[int(match[1])] = data[match.end() : last], rest
    return found


def _named(head: bytes, objects: dict[int, tuple[bytes, bytes]]) -> dict[bytes, int]:
    """Return the drawings that the resources of an object name."""
    resources = _RESOURCES.search(head)
    if resources:
        head, _ = objects.get(int(resources[1]), (b"", b""))
    found: dict[bytes, int] = {}
    for match in _DRAWINGS.finditer(head):
        inside = match["inside"]
        if inside is None:
            inside, _ = objects.get(int(match["there"]), (b"", b""))
        found |= {name: int(number) for name, number in _REFERENCE.findall(inside)}
    return found


def _endless(calls: dict[int, set[int]]) -> bool:
    """Whether a call leads back to where it began; found by taking away what calls nothing more."""
    waiting = {number: {c for c in called if c in calls} for number, called in calls.items()}
    callers: dict[int, list[int]] = {}
    for number, called in waiting.items():
        for other in called:
            callers.setdefault(other, []).append(number)
    ready = [number for number, called in waiting.items() if not called]
    done = 0
    while ready:
        number = ready.pop()
        done += 1
        for caller in callers.get(number, ()):
            waiting[caller].discard(number)
            if not waiting[caller]:
                ready.append(caller)
    return done < len(waiting)
