"""The hidden bookmarks by which a Word file that comes back is matched with its brief."""

from __future__ import annotations

import re

from briefer.domain.hashing import text_sha256

PREFIX = "_b_"
_LONGEST = 40  # Word cuts longer names off
_FOREIGN = re.compile(r"[^0-9A-Za-z_]")


def bookmark_name(anchor: str) -> str:
    """Return the name of the bookmark of an anchor: ``_b_`` and its letters and digits.

    Names that begin with ``_`` are not listed by Word; it allows letters, digits and ``_``, at most 40. A
    UUID loses its hyphens, so that it fits with the number of a following block (``_b_0198…_2``). What is too long,
    or loses more than hyphens, is told apart by a digest of the anchor.
    """
    head, mark, number = anchor.rpartition("-")
    if mark and number.isdecimal() and len(head) >= 36:
        name = f"{PREFIX}{_FOREIGN.sub('', head)}_{number}"
    else:
        name = PREFIX + _FOREIGN.sub("", anchor)
    if len(name) <= _LONGEST and name != PREFIX and not _FOREIGN.search(anchor.replace("-", "")):
        return name
    return f"{name[: _LONGEST - 9]}_{text_sha256(anchor)[:8]}"
