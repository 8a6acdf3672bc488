"""What stands behind an entry of the source list that its style has no words for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefer.citing.items import CitedSource
from briefer.citing.wording import access, agency, archived, clean, reproduced
from briefer.domain.characters import by_script, is_japanese
from briefer.domain.documents import Inlines, Run, plain_text
from briefer.domain.flags import told
from briefer.services.ports import Told

_STOPS: Final = tuple(".。!?！？")


def with_told(entry: Inlines, source: CitedSource, wanted: Told, language: str, *, accessed: bool) -> Inlines:
    """Return an entry and, in sentences of their own, warnings, where it was reproduced, and what is ``wanted``.

    ``language`` is the tag of the locale. ``accessed`` is whether the entry tells the day of access already.
    The digest is given whole, as code: a shortened one could not be compared with what the usual tools print.
    """
    stop = "。" if is_japanese(language) else "."
    found: list[Run] = []
    text = plain_text(entry).rstrip()
    for words, digest in _sentences(text, source, wanted, language, accessed=accessed):
        before = "" if text.endswith(_STOPS) else stop
        blank = "" if (text + before).endswith("。") else " "
        found.append(Run(f"{before}{blank}{words[:1].upper()}{words[1:]}"))
        if digest:
            found.append(Run(digest, code=True))
        text = digest or words
    if not found:
        return entry
    return by_script((*entry, *found, Run(stop)), language)


def _sentences(
    text: str, source: CitedSource, wanted: Told, language: str, *, accessed: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is to be told, without full stops, and the digest that follows its words."""
    of = source.source
    plain = [told(of.flags, language), reproduced(source.container, language)]
    if wanted.wire and (wire := clean(of.wire)) and wire.casefold() not in text.casefold():
        plain.append(agency(wire, language))
    if wanted.accessed and of.accessed and not accessed:
        plain.append(access(of.accessed, language))
    yield from ((words, "") for words in plain if words)
    if wanted.archived and of.sha256:
        yield archived(language), of.sha256
