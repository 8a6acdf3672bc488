"""The record of a library: what was done, by whom and when, in a chain that shows where it was tampered with.

Each entry carries the hash of the one before it and its own: the SHA-256 of its canonical form. That is a JSON
object of all its fields but ``hash``, in UTF-8, its keys sorted by code point at every depth, without white space
between the tokens, and with nothing escaped but quotation marks, backslashes and the controls below U+0020; what
Python's ``json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))`` writes. There are no
fractions in it, whose writing would be ambiguous.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from briefer.domain.hashing import text_sha256
from briefer.domain.tags import Tag

Facts = Mapping[str, Any]
"""What an entry says besides its subject: strings, whole numbers, booleans, null, and lists and objects of them."""


class Act(StrEnum):
    """The kinds of entries."""

    STARTED = "started"
    UPGRADE = "upgrade"
    IMPORT = "import"
    EXCERPT = "excerpt"
    BRIEF = "brief"
    EDIT = "edit"
    MARKING = "marking"
    WAIVER = "waiver"
    EXPORT = "export"
    TRASH = "trash"
    RESTORE = "restore"
    DELETION = "deletion"
    BACKUP = "backup"
    ENCRYPTION = "encryption"


@dataclass(frozen=True)
class Subject:
    """What an entry is about: ``source``, ``excerpt``, ``brief``, ``term``, ``form``, ``search``, ``file`` or ``library``.

    ``label`` is what it was called at that time, for people; ``id`` is empty where it has none, or there are many.
    """

    kind: str
    id: str = ""
    label: str = ""


LIBRARY = Subject("library")
DIGESTS = "digests"
"""The fact that holds what things are compared with later (`domain.digests`), and says nothing to people."""


@dataclass(frozen=True)
class Entry:
    """One entry of the record. ``at`` is ISO time in UTC, ``what`` the facts as canonical JSON."""

    number: int
    at: str
    who: str
    kind: str
    subject: str
    id: str
    label: str
    what: str
    before: str
    hash: str

    @property
    def facts(self) -> dict[str, Any]:
        """What it says besides its subject, to people."""
        return {name: value for name, value in self._what.items() if name != DIGESTS}

    @property
    def digests(self) -> dict[str, str]:
        """What the things that it is about were when it was made (`domain.digests`); nothing where it does not say."""
        found = self._what.get(DIGESTS)
        return found if isinstance(found, dict) else {}

    @cached_property
    def _what(self) -> dict[str, Any]:
        found = json.loads(self.what)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many entries there are, and the hash of the last."""

    count: int = 0
    hash: str = ""


START = Head()


@dataclass(frozen=True)
class Draft:
    """What is to be recorded; number, place in the chain and hash are given to it when it is stored."""

    at: datetime
    who: str
    act: Act
    subject: Subject
    facts: Facts


@dataclass(frozen=True)
class Break:
    """The first entry of a chain that is not what was written, and why, in English."""

    number: int
    why: str


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(value: object) -> str:
    """Return the canonical JSON of a value."""
    written = _CANONICAL.encode(value)
    # Names of files may hold what is not text; such a place shows as «?».
    return written.encode("utf-8", "replace").decode("utf-8")


def written_time(at: datetime) -> str:
    """Return a time as entries have it: ISO in UTC, of one length, so that their order as text is that in time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def sealed(draft: Draft, head: Head) -> Entry:
    """Return the entry that follows ``head``."""
    subject = draft.subject
    fields = {
        "number": head.count + 1,
        "at": written_time(draft.at),
        "who": draft.who,
        "kind": draft.act.value,
        "subject": subject.kind,
        "id": subject.id,
        "label": subject.label,
        "what": dict(draft.facts),
        "before": head.hash,
    }
    # Fractions as text: their writing differs from language to language.
    fields = json.loads(canonical(fields), parse_float=str, parse_constant=str)
    what = canonical(fields["what"])
    return Entry(**{**fields, "what": what, "hash": _hash(fields)})


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as its line of the exported record has it: ``what`` is an object in it."""
    return {**msgspec.to_builtins(entry), "what": json.loads(entry.what)}


def _as_stored(name: str) -> str:
    return name.replace("_", " ")


def _as_it_is(_name: str, text: str) -> str:
    return text


@dataclass(frozen=True)
class Wording:
    """How facts are put to people: ``name`` of the name of a fact, ``text`` of its name and what it says."""

    name: Callable[[str], str] = _as_stored
    text: Callable[[str, str], str] = _as_it_is


PLAIN = Wording()
"""The names of the domain, in English."""


def told(facts: Facts, wording: Wording = PLAIN) -> Iterator[tuple[str, str]]:
    """Yield the facts for people: the name of each and what it says, a change as «former → new»."""
    for name, value in facts.items():
        if isinstance(value, dict) and value.keys() == {"from", "to"}:
            former, new = (_shown(value[end], name, wording) for end in ("from", "to"))
            yield wording.name(name), f"{former} → {new}"
        else:
            yield wording.name(name), _shown(value, name, wording)


def head_after(entry: Entry) -> Head:
    """Return the end of a chain whose last entry is this."""
    return Head(entry.number, entry.hash)


def first_break(entries: Iterable[Entry], head: Head, last: Head = START) -> Break | None:
    """Return where a chain, given in order, is not what was written; None where all of it holds.

    ``head`` is what the library has noted of the end, which tells when the last entries were cut off; ``last`` is the end of
    what stands before the entries, and is taken on trust.
    """
    for entry in entries:
        why = _fault(entry, last)
        if why:
            return Break(last.count + 1, why)
        last = head_after(entry)
    if last.count < head.count:
        return Break(last.count + 1, f"the record ends here, and had {head.count} entries")
    if last != head:
        return Break(head.count or 1, "the end of the record is not the one that was noted")
    return None


def changed(before: object, after: object, names: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the fields that differ between two values, each with what it was ``from`` and ``to``."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return {name: {"from": _plain(old), "to": _plain(new)} for name, old, new in pairs if old != new}


def _fault(entry: Entry, last: Head) -> str:
    if entry.number != last.count + 1:
        return f"the next entry is number {entry.number}"
    if entry.before != last.hash:
        return "it does not follow from the entry before it"
    try:
        facts = json.loads(entry.what)
    except (ValueError, RecursionError):
        return "it cannot be read"
    fields = {**msgspec.to_builtins(entry), "what": facts}
    del fields["hash"]
    if canonical(facts) != entry.what or _hash(fields) != entry.hash:
        return "its words are not those that were written"
    return ""


def _shown(value: object, of: str, wording: Wording) -> str:
    """Return a value in one line; nothing, and what says nothing, as a dash."""
    if isinstance(value, dict):
        parts = [
            f"{wording.name(name)} {_shown(one, of if name in {'from', 'to'} else name, wording)}"
            for name, one in value.items()
            if one not in (None, "", [])
        ]
        return ", ".join(parts) or "–"
    if isinstance(value, list):
        return "; ".join(_shown(one, of, wording) for one in value) or "–"
    if isinstance(value, bool):
        return wording.text(of, "yes" if value else "no")
    return "–" if value in (None, "") else wording.text(of, " ".join(str(value).split()))


def _hash(fields: Mapping[str, Any]) -> str:
    return text_sha256(canonical(fields))


def _plain(value: object) -> object:
    """Return a value of the domain as JSON has it, a tag as it is written."""
    if isinstance(value, Tag):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return msgspec.to_builtins(value)
