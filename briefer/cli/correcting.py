"""The commands that mend what intake made: correct, carry, vocabulary."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefer.atomic import write_bytes
from briefer.cli.files import read_text
from briefer.cli.output import excerpt_json, print_json, say, source_view_json
from briefer.domain.csl import TYPES
from briefer.domain.dates import UNDATED, Basis, Dating, is_edtf
from briefer.domain.excerpts import Anchoring
from briefer.domain.flags import Standing, restanding
from briefer.domain.kana import with_reading
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.errors import UsageError
from briefer.services.desk import Desk
from briefer.services.recapture import Offer

DONE = 0
_LANGUAGE = re.compile(r"|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
STANDS = "stands"
_PLAIN = (
    "title", "publisher", "container", "url", "wire", "rights", "kind", "genre", "language", "reliability"
)  # fmt: skip


def correct(desk: Desk, arguments: argparse.Namespace) -> int:
    """Correct what is known of a source and which lines are the article; accept it."""
    source_id = desk.find.one("source", arguments.source)
    if arguments.text is not None:
        desk.recapture.type_in(source_id, read_text(arguments.text))
    text = desk.collect.source(source_id).snapshot.text
    for lines, body in (*((n, True) for n in arguments.article), *((n, False) for n in arguments.aside)):
        desk.collect.turn(source_id, _span_of(text, lines), body=body)
    if arguments.settle:
        desk.collect.settle(source_id, Span(0, len(text)))
    before = desk.collect.source(source_id).source
    changed = _corrected(before, arguments)
    if changed != before:
        desk.collect.change_source(changed)
    if arguments.accept:
        desk.importing.accept([source_id])
    view = desk.collect.source(source_id)
    if arguments.json:
        print_json(source_view_json(view))
    else:
        print(f"{view.source.id}  {view.source.title}")
    return DONE


def carry(desk: Desk, arguments: argparse.Namespace) -> int:
    """Carry the excerpts that stand on older captures of a source to its latest one.

    Words that were found again only roughly are other words: they are carried when that is asked for.
    """
    offers = desk.recapture.offers(desk.find.one("source", arguments.source))
    chosen = [offer for offer in offers if _is_carried(offer, fuzzy=arguments.fuzzy)]
    if not arguments.dry_run:
        desk.recapture.carry(chosen)
    if arguments.json:
        rows = [
            {
                "excerpt": excerpt_json(offer.excerpt),
                "method": offer.place.method if offer.place else None,
                "likeness": offer.place.likeness if offer.place else 0.0,
                "quote": offer.quote,
                "carried": offer in chosen and not arguments.dry_run,
            }
            for offer in offers
        ]
        print_json(rows)
        return DONE
    if not offers:
        say("nothing to carry: all excerpts stand on the latest capture")
    for offer in offers:
        method = offer.place.method if offer.place else "not found"
        kept = "" if offer in chosen else " (stays on its capture)"
        print(f"{method}{kept}: {offer.excerpt.id}  {offer.excerpt.quote}")
        if offer.place and offer.quote != offer.excerpt.quote:
            print(f"    now: {offer.quote}")
    return DONE


def _is_carried(offer: Offer, *, fuzzy: bool) -> bool:
    return offer.place is not None and (fuzzy or offer.place.method is not Anchoring.FUZZY)


def vocabulary(desk: Desk, arguments: argparse.Namespace) -> int:
    """Write the vocabulary as a table, or take the terms of a table in."""
    if arguments.table_in is not None:
        change = desk.terms.import_table(read_text(arguments.table_in))
        print(f"{len(change.ids)} term(s) taken in")
    elif arguments.table_out is not None:
        write_bytes(arguments.table_out, desk.terms.table().encode("utf-8-sig"))
    else:
        sys.stdout.write(desk.terms.table())
    return DONE


def _corrected(source: Source, arguments: argparse.Namespace) -> Source:
    given = {name: value for name in _PLAIN if (value := getattr(arguments, name)) is not None}
    changed = replace(source, **given)
    _refuse_nonsense(changed, given)
    if arguments.author:
        changed = replace(changed, authors=tuple(arguments.author))
    if arguments.reading is not None:
        changed = with_reading(changed, arguments.reading.strip())
    if arguments.date is not None:
        changed = replace(changed, published=_dating(arguments.date))
    return replace(changed, flags=_flags(source.flags, arguments))


def _flags(flags: tuple[str, ...], arguments: argparse.Namespace) -> tuple[str, ...]:
    wanted, by = arguments.standing, arguments.by
    if by is not None and wanted != Standing.SUPERSEDED:
        raise UsageError("standing-by")
    if wanted is None:
        return flags
    return restanding(flags, Standing.STANDS if wanted == STANDS else Standing(wanted), by or "")


def _refuse_nonsense(changed: Source, given: Mapping[str, str]) -> None:
    if not changed.title.strip():
        raise UsageError("title-empty")
    if "kind" in given and changed.kind not in TYPES:
        raise UsageError("kind-unknown", kind=changed.kind)
    if "language" in given and not _LANGUAGE.fullmatch(changed.language):
        raise UsageError("language-form", text=changed.language)
    if changed.url and "url" in given and not changed.url.startswith(("https://", "http://")):
        raise UsageError("url-form", text=changed.url)


def _dating(text: str) -> Dating:
    if not text:
        return UNDATED
    if not is_edtf(text):
        raise UsageError("date-form", text=text)
    return Dating(text, text, Basis.EXPLICIT)


def _span_of(text: str, lines: str) -> Span:
    """Return the span of lines ``12`` or ``12-14``, counted from 1 as ``source --json`` does."""
    first, _, last = lines.partition("-")
    starts = list(_starts(text))
    numbers = [int(n) if n.isdecimal() else 0 for n in (first, last or first)]
    if not 1 <= numbers[0] <= numbers[1] <= len(starts):
        raise UsageError("lines-form", text=lines, count=len(starts))
    end = starts[numbers[1]] - 1 if numbers[1] < len(starts) else len(text)
    return Span(starts[numbers[0] - 1], end)


def _starts(text: str) -> Iterator[int]:
    at = 0
    for line in text.split("\n"):
        yield at
        at += len(line) + 1
