"""Digests by which the record tells what somebody has changed outside Briefer.

An entry of the record has, under ``digests``, the state of each thing that it is about as it was stored with it: by
``kind/id`` the first half of a SHA-256. That of a bulk import has one value for the texts of all captures of its
transaction, and one for the states of its sources, readings and excerpts. What
storing keeps up by itself (times, numbers of paragraphs, which capture is the latest) is in no state, and neither are
tags, of which thousands are changed at once (`storage.retagged` tells of these).
"""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from briefer.domain.briefs import Block, Brief, Section, Version
from briefer.domain.excerpts import Excerpt
from briefer.domain.forms import Form
from briefer.domain.hashing import text_sha256
from briefer.domain.record import DIGESTS, Facts, canonical
from briefer.domain.sources import Reading, Snapshot, Source
from briefer.domain.tags import Tag, Term

_BULK = "captures"
BULK_IDS = "captures/"
"""How the ids of the entries of bulk imports begin."""
_STATES = "states"
_LAST = "last"
_FOUND = "found_altered"
_OF_SOURCE = (
    "title", "kind", "authors", "publisher", "container", "published", "event", "accessed", "url", "language",
    "reliability", "marking", "flags", "extra", "genre", "wire", "rights", "story",
)  # fmt: skip
_OF_EXCERPT = (
    "snapshot_id", "span", "quote", "kind", "speaker", "comment", "credibility", "marking", "translation",
    "translation_official", "comment_marking", "anchored", "page",
)  # fmt: skip
_OF_BRIEF = (
    "form", "title", "meeting_date", "audience", "author", "language", "variant", "subjects", "marking",
    "title_marking", "waivers", "numbering",
)  # fmt: skip
OF_CAPTURE = ("sha256", "file_name", "media_type", "captured_at", "captured_by", "tool", "unreadable")
CAPTURE = "capture"
"""The kind of the state of what is said of a capture, its original's digest first; none of this ever changes."""
ALTERED = "altered"
"""The state of what something else was found to have changed, where it cannot be told what it was: nothing has it."""
_HALF = 16
_SEALED = text_sha256(" ".join(f.name for of in (Section, Block, Tag) for f in fields(of)))[:8]
_PLAIN = frozenset({str, int, bool})
_FLAT = frozenset({Excerpt, Snapshot})
_PLAIN_JSON = msgspec.json.Encoder(order="sorted")

Thing = Source | Snapshot | Excerpt | Brief | Version | Term | Form
"""What has a state. A snapshot's is its reading: its text never changes, and has a digest of its own."""


def key_of(thing: Thing) -> str:
    """Return by what a thing is known in the record: ``kind/id``."""
    if isinstance(thing, Term):
        return f"term/{thing.kind}:{thing.key}"
    return f"{_KINDS[type(thing)]}/{thing.id}"


def capture_key(snapshot: Snapshot) -> str:
    """Return by what the state of what is said of a capture is known in the record."""
    return f"{CAPTURE}/{snapshot.id}"


def state_of_capture(captured: object) -> str:
    """Return the state of what is said of a capture, given it or whatever has the fields ``OF_CAPTURE``."""
    return _digest({name: str(getattr(captured, name)) for name in OF_CAPTURE})


def with_captures(facts: Facts, *snapshots: Snapshot) -> Facts:
    """Return the facts of an entry with the states of what is said of captures."""
    states = {capture_key(one): state_of_capture(one) for one in snapshots}
    return {**facts, DIGESTS: {**facts.get(DIGESTS, {}), **states}}


def state_of(thing: Thing) -> str:
    """Return the digest of what matters of a thing: 32 hex digits.

    What is as usual is left out of it, so that a state outlives new fields.
    """
    value = _VALUES[type(thing)](thing)
    return _plain_digest(value) if type(thing) in _FLAT else _digest(value)


def with_states(facts: Facts, *things: Thing) -> Facts:
    """Return the facts of an entry with the states that the things have after it."""
    return {
        **facts,
        DIGESTS: {**facts.get(DIGESTS, {}), **{key_of(thing): state_of(thing) for thing in things}},
    }


def found_altered(thing: Thing) -> Facts:
    """Return the facts of an entry that tells that something else has changed a thing: none is as it has it."""
    return {_FOUND: True, DIGESTS: {key_of(thing): ALTERED}}


def unanswered(facts: Facts, altered: Collection[str]) -> Facts:
    """Return the facts of an entry about things of which some, given by their keys, were altered before by something else.

    It says so, and has no state of these: the one that they had before that goes on to count until a person confirms
    what they are now, because who edits one thing of them has not looked at the others.
    """
    states = facts.get(DIGESTS, {})
    kept = {key: state for key, state in states.items() if key not in altered}
    return facts if len(kept) == len(states) else {**facts, _FOUND: True, DIGESTS: kept}


class Arrived(NamedTuple):
    """A source that comes in with many others: ids, which ascend in this order, its text, and :func:`bulk_states`."""

    source_id: str
    snapshot_id: str
    excerpt_ids: tuple[str, ...]
    text: str
    states: tuple[str, ...]


def bulk_id(first: str) -> str:
    """Return the id of the entry of what comes in together, of which this is the first id; empty where there is none.

    Ids sort by time: a thing came in with the last entry whose id is not greater than what this gives for its own.
    """
    return f"{BULK_IDS}{first}" if first else ""


def bulk_states(
    source: Source, reading: Reading, excerpts: Iterable[Mapping[str, object]]
) -> tuple[str, ...]:
    """Return the states of a source, its reading and its excerpts, none of which has ids yet.

    Of an excerpt the fields are given that may be otherwise than usual, its span as ``start`` and ``end``.
    """
    return state_of(source), state_of_reading(reading), *map(_arriving, excerpts)


def _arriving(fields_: Mapping[str, object]) -> str:
    # To make an excerpt of them, and to look at all its fields, takes several times as long.
    return _plain_digest({name: own for name, own in fields_.items() if own != _USUAL_OF_EXCERPT[name]})


def of_bulk(arrived: Sequence[Arrived]) -> Facts:
    """Return what is recorded of sources that come in together, in the order of their ids."""
    if not arrived:
        return {}
    texts = b"".join(_of_capture(one.snapshot_id, one.text) for one in arrived)
    states = b"".join(sorted(digest for one in arrived for digest in _brought(one)))
    packed = {_BULK: texts, _STATES: states}
    last = (arrived[-1].snapshot_id, *arrived[-1].excerpt_ids)[-1]
    return {DIGESTS: {**{k: base64.b64encode(v).decode("ascii") for k, v in packed.items()}, _LAST: last}}


def has_states(digests: Mapping[str, str]) -> bool:
    """Whether the entry of a bulk import tells more of what came in than its texts."""
    return _STATES in digests


def _brought(one: Arrived) -> Iterator[bytes]:
    source, reading, *excerpts = one.states
    yield brought("source", one.source_id, source)
    yield brought("reading", one.snapshot_id, reading)
    for id_, state in zip(one.excerpt_ids, excerpts, strict=True):
        yield brought("excerpt", f"{id_}/{one.snapshot_id}", state)


def brought(kind: str, id_: str, state: str) -> bytes:
    """Return the digest of what came in bulk as the entry of the import has it."""
    return _half(f"{kind}/{id_}\n{state}".encode())


def as_brought(thing: Source | Snapshot | Excerpt) -> bytes:
    """Return the same of a thing as it is now; that of an excerpt is made of its state without its capture's id."""
    if isinstance(thing, Excerpt):
        state = _plain_digest(_VALUES[Excerpt](thing) | {"snapshot_id": ""})
        return brought("excerpt", f"{thing.id}/{thing.snapshot_id}", state)
    kind, _, id_ = key_of(thing).partition("/")
    return brought(kind, id_, state_of(thing))


@dataclass(frozen=True)
class Batch:
    """What came in with one transaction of a bulk import, as its entry has it; ids from ``first`` to ``last``.

    ``states`` are :func:`brought`, sorted, one behind the other; empty where it is of a Briefer that knew none.
    """

    first: str
    last: str
    digests: frozenset[bytes]
    states: bytes = b""

    @property
    def count(self) -> int:
        """How many things have a state."""
        return len(self.states) // _HALF

    def covers(self, id_: str) -> bool:
        """Whether a thing of that id came in with them."""
        return self.first <= id_ <= self.last

    def brought(self, digest: bytes) -> bool:
        """Whether a thing came in that had this :func:`as_brought`."""
        states = self.states
        at = bisect_left(range(self.count), digest, key=lambda n: states[n * _HALF : (n + 1) * _HALF])
        return states[at * _HALF : (at + 1) * _HALF] == digest

    def has(self, snapshot_id: str, text: str) -> bool:
        """Whether that capture came in with that text."""
        return _of_capture(snapshot_id, text) in self.digests


def batch_of(entry_id: str, digests: Mapping[str, str]) -> Batch | None:
    """Return the captures of the entry of a bulk import; None where it has none, or what cannot be read."""
    first = entry_id.removeprefix(BULK_IDS)
    if not first or _BULK not in digests:
        return None
    try:
        whole = base64.b64decode(digests[_BULK], validate=True)
        states = base64.b64decode(digests.get(_STATES, ""), validate=True)
    except (TypeError, ValueError):
        return None
    parts = frozenset(whole[start : start + _HALF] for start in range(0, len(whole), _HALF))
    return Batch(first, digests.get(_LAST, first), parts, states)


def _of_capture(snapshot_id: str, text: str) -> bytes:
    return _half(f"{snapshot_id}\n{text}".encode("utf-8", "surrogatepass"))


def _half(data: bytes) -> bytes:
    return sha256(data).digest()[:_HALF]


def state_of_reading(reading: Reading) -> str:
    """Return the state of a snapshot, of which only the reading counts."""
    return _plain_digest(_reading(reading))


def seal_of(brief: Brief) -> str:
    """Return the digest of what a brief says now, after that of how it was made: sections and blocks, with all their fields.

    Typing is stored at every pause, so it takes no longer than a millisecond; seals of another making say nothing.
    """
    return f"{_SEALED} {_half(msgspec.json.encode(brief.sections)).hex()}"


def is_broken(seal: str, brief: Brief) -> bool | None:
    """Whether a brief says something else than it did when it was sealed; None where that cannot be told."""
    return seal != seal_of(brief) if seal.startswith(f"{_SEALED} ") else None


def _digest(value: object) -> str:
    return text_sha256(canonical(value))[: 2 * _HALF]


def _plain_digest(value: object) -> str:
    """Return the same of a value in which there are no numbers but whole ones: it is written in a fraction of the time."""
    try:
        return text_sha256(_PLAIN_JSON.encode(value).decode())[: 2 * _HALF]
    except UnicodeEncodeError:  # of half a character, which the canonical way replaces
        return _digest(value)


def _reading(reading: Reading) -> object:
    segments = [[s.span.start, s.span.end, s.kind.value, s.number] for s in reading.segments]
    return [segments, [[e.span.start, e.span.end] for e in reading.embedded]]


def _of(names: Collection[str]) -> Callable[[Any], object]:
    wanted = frozenset(names)
    return lambda thing: _fields(thing, wanted)


def _bare(value: object) -> object:
    """Return a value as JSON has it, without the fields that are as usual."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Tag):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _bare(one) for name, one in value.items()}
    if isinstance(value, (tuple, list, frozenset)):
        return [_bare(one) for one in value]
    return value


def _fields(value: Any, wanted: frozenset[str] | None = None) -> dict[str, object]:
    found = {}
    for name, usual in _usual(value.__class__, wanted):
        own = getattr(value, name)
        if own is not usual and own != usual:
            found[name] = _bare(own)
    return found


@cache  # each check of a brief looks at some hundred things
def _usual(of: type, wanted: frozenset[str] | None) -> tuple[tuple[str, object], ...]:
    """Return the fields that are wanted of a dataclass, each with its value where nobody has given it one."""
    return tuple((f.name, _default(f)) for f in fields(of) if wanted is None or f.name in wanted)


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


_KINDS: dict[type, str] = {
    Source: "source",
    Snapshot: "reading",
    Excerpt: "excerpt",
    Brief: "brief",
    Version: "version",
    Form: "form",
}
_VALUES: dict[type, Callable[[Any], Any]] = {
    Source: _of(_OF_SOURCE),
    Snapshot: lambda snapshot: _reading(snapshot.reading),
    Excerpt: _of(_OF_EXCERPT),
    Brief: _of(_OF_BRIEF),
    Version: lambda version: {"number": version.number, "name": version.name, "brief": _bare(version.brief)},
    Term: _bare,
    Form: _bare,
}
_USUAL_OF_EXCERPT = dict(_usual(Excerpt, frozenset(_OF_EXCERPT)))
