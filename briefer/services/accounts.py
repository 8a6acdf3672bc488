"""The account of a document, gathered from what somebody let pass in the brief and from the library's record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PureWindowsPath

from briefer.domain.accounts import Account, Passed, Sent
from briefer.domain.briefs import Brief
from briefer.domain.exporting import ExportOptions, Lanes
from briefer.domain.findings import Finding
from briefer.domain.record import Act, Entry
from briefer.services.leaving import Cleared
from briefer.services.review import Reviewed


def account_of(
    brief: Brief,
    reviewed: Reviewed,
    entries: Sequence[Entry],
    options: ExportOptions,
    let: Sequence[Finding] = (),
    cleared: Cleared | None = None,
) -> Account:
    """Return what a document may tell of how it came to leave.

    ``brief`` and ``reviewed`` are of what leaves, ``entries`` those of the record about the whole brief, the first first;
    ``let`` are the red findings that ``cleared`` lets leave now.
    """
    headings = {section.id: section.heading for section in brief.sections}
    now: tuple[Passed, ...] = ()
    if cleared is not None:
        now = tuple(
            Passed(f.check, headings.get(f.section, ""), f.message, cleared.reason, cleared.who) for f in let
        )
    if options.ceiling or options.lanes is not Lanes.BOTH:
        return Account(let=now, whole=False)
    waived = (
        Passed(f.check, headings.get(f.section, ""), f.message, w.reason, w.who, w.at)
        for f, w in reviewed.waived
    )
    exports = _exports(entries)
    # What left again for the same reason is told once, as of the first time.
    former: dict[Passed, Passed] = {}
    for passed in (passed for entry in exports for passed in _let(entry)):
        former.setdefault(replace(passed, at=""), passed)
    return Account(tuple(waived), (*former.values(), *now), tuple(map(_sent, exports)))


def _exports(entries: Sequence[Entry]) -> list[Entry]:
    """Return the exports whose file took its place."""
    found: list[Entry] = []
    for entry in (e for e in entries if e.kind == Act.EXPORT):
        if entry.facts.get("written", True):
            found.append(entry)
        elif found and found[-1].facts["file"] == entry.facts["file"]:
            found.pop()
    return found


def _let(entry: Entry) -> Iterator[Passed]:
    facts = entry.facts
    for one in facts.get("let_leave", ()):
        place = one.get("section", "")
        yield Passed(one["check"], place, one["message"], facts["reason"], facts["let_by"], entry.at)


def _sent(entry: Entry) -> Sent:
    facts = entry.facts
    # Its folder says something about somebody's computer only. A name for Windows knows both kinds of slashes.
    name = PureWindowsPath(facts["file"]).name
    return Sent(facts["version"], entry.at, entry.who, name, facts["sha256"])
