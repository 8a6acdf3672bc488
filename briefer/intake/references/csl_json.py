"""Lists of references as JSON: CSL-JSON, and what Zotero and Better BibTeX write of their items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from briefer.domain.sources import Capture
from briefer.errors import InputError
from briefer.intake.format import Format
from briefer.intake.references import records as references
from briefer.intake.references import zotero
from briefer.services.ports import Taken

_LIST, _RECORD = "application/json", "application/vnd.citationstyles.csl+json"
_ITEM = re.compile(rb'"(?:itemType|title|type|issued|creators)"\s*:')
_HEAD = 65_536
_NEEDED = frozenset({"title", "type", "itemType"})
"""Of these, every reference has one; other JSON has none."""


def unpack(taken: Taken) -> tuple[Taken, ...]:
    """Return the items of a list, or the one item that the file is."""
    return references.records(taken, _items(taken), _RECORD)


def read(taken: Taken) -> Capture:
    """Make a capture of one item. Raises InputError ``input-damaged``."""
    item = _decoded(taken)
    if not isinstance(item, Mapping):
        raise InputError("input-damaged", name=taken.name, detail="the item is no JSON object")
    if "itemType" in item:
        return references.capture_of(taken, zotero.csl_of_item(item), "Zotero")
    return references.capture_of(taken, item, "CSL-JSON")


def _items(taken: Taken) -> Iterator[tuple[str, str]]:
    whole = _decoded(taken)
    items = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        data = item.get("data", item) if isinstance(item, dict) else item
        if not isinstance(data, dict) or not data.keys() & _NEEDED:
            continue
        if data.get("itemType") in zotero.NO_REFERENCES:
            continue
        key = data.get("citationKey") or data.get("id") or data.get("key") or number
        yield str(key), msgspec.json.encode(data).decode()


def _decoded(taken: Taken) -> object:
    try:
        return msgspec.json.decode(references.text_of(taken))
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError("input-damaged", name=taken.name, detail="it is no whole JSON document") from error


def _is_list(taken: Taken) -> bool:
    head = taken.data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in {b"[", b"{"} and bool(_ITEM.search(head))


FORMAT = Format(
    name="list of references in JSON",
    media_types=(_LIST,),
    suffixes=(".json", ".csljson"),
    sniff=_is_list,
    unpack=unpack,
    limit_mb=60,
)
ITEM = Format(name="reference in JSON", media_types=(_RECORD,), suffixes=(), read=read)
