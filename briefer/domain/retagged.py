"""Which of many excerpts that are tagged together gained or lost which tag, as one entry of the record keeps it.

It stands among the entry's digests, because it says nothing to people: by ``added/TAG`` and ``removed/TAG`` the ids of
the excerpts, 16 bytes each, in base64. So a brief can be offered them, however many there are.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping

_ID = 16
ADDED, REMOVED = "added", "removed"


def kept(changes: Iterable[tuple[str, Collection[str], Collection[str]]]) -> dict[str, str]:
    """Return what an entry keeps of ``changes``: each the id of an excerpt (a UUID), its tags before, and after."""
    found: dict[str, bytearray] = {}
    for excerpt_id, before, after in changes:
        own = bytes.fromhex(excerpt_id.replace("-", ""))
        for way, tags in ((ADDED, set(after) - set(before)), (REMOVED, set(before) - set(after))):
            for tag in tags:
                found.setdefault(f"{way}/{tag}", bytearray()).extend(own)
    return {key: base64.b64encode(ids).decode("ascii") for key, ids in sorted(found.items())}


class Earlier:
    """The tags of excerpts, taken back change by change, the last change first."""

    def __init__(self, tags: Mapping[str, Iterable[str]]) -> None:
        """``tags`` are those that the excerpts bear now, by their ids."""
        self.tags = {excerpt_id: set(own) for excerpt_id, own in tags.items()}
        self._ids = {bytes.fromhex(i.replace("-", "")): i for i in self.tags}

    def one(self, excerpt_id: str, tags: Iterable[str]) -> None:
        """Take back a change of one excerpt, which bore ``tags`` before it."""
        if excerpt_id in self.tags:
            self.tags[excerpt_id] = set(tags)

    def many(self, entry: Mapping[str, str]) -> None:
        """Take back a change of many; what cannot be read in it is passed over."""
        for key, packed in entry.items():
            way, _, tag = key.partition("/")
            for excerpt_id in self._of(packed) if way in {ADDED, REMOVED} else ():
                if way == ADDED:
                    self.tags[excerpt_id].discard(tag)
                else:
                    self.tags[excerpt_id].add(tag)

    def _of(self, packed: str) -> Iterator[str]:
        try:
            ids = base64.b64decode(packed, validate=True)
        except (TypeError, ValueError):
            return
        for start in range(0, len(ids), _ID):
            excerpt_id = self._ids.get(ids[start : start + _ID])
            if excerpt_id is not None:
                yield excerpt_id
