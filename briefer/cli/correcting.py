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
from briefer.domain.dates import UNDATED, Basis, Dating, edtf_of
from briefer.domain.excerpts import Anchoring, Excerpt, ExcerptKind
from briefer.domain.flags import Standing, restanding
from briefer.domain.kana import with_reading
from briefer.domain.sources import Source
from briefer.domain.spans import Span
from briefer.errors import UsageError
from briefer.services.desk import Desk
from briefer.services.lookups import excerpts_of
from briefer.services.recapture import Offer

DONE = 0
_LANGUAGE = re.compile(r"|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{1,4}){0,3}(?:-[0-9a-f]{1,12})?-?")
STANDS = "stands"
_PLAIN = (
    "title", "publisher", "container", "url", "wire", "rights", "kind", "genre", "language", "reliability"
)  # fmt: skip
_OF_EXCERPTS = ("speaker", "comment", "credibility", "translation", "official")
_OF_SOURCES = (
    *(name for name in _PLAIN if name != "kind"),
    "author", "reading", "date", "standing", "by", "article", "aside", "settle", "text", "accept",
)  # fmt: skip


def add_notes(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``correct`` that are of excerpts alone."""
    parser.add_argument("--speaker", metavar="S", help="who said an excerpt; empty for nobody")
    parser.add_argument("--comment", metavar="TEXT", help="the comment on an excerpt; empty for none")
    parser.add_argument(
        "--credibility",
        choices=list("123456"),
        help="an excerpt's, of the Admiralty code; 6: cannot be judged",
    )
    parser.add_argument(
        "--translation", metavar="TEXT", help="an excerpt's, beside its words; empty for none"
    )
    parser.add_argument(
        "--official", action=argparse.BooleanOptionalAction, help="whether that is an official translation"
    )


def correct(desk: Desk, arguments: argparse.Namespace) -> int:
    """Correct what is known of a source and which lines are its article, or what is said of an excerpt."""
    kind, found = desk.find.any_of(("source", "excerpt"), arguments.what)
    stray = [name for name in (_OF_SOURCES if kind == "excerpt" else _OF_EXCERPTS) if _given(arguments, name)]
    if stray:
        other = "source" if kind == "excerpt" else "excerpt"
        raise UsageError("correct-other", option=stray[0], kind=other, id=found)
    return (_correct_excerpt if kind == "excerpt" else _correct_source)(desk, found, arguments)


def _given(arguments: argparse.Namespace, name: str) -> bool:
    # `--no-official` and an empty text are given too; no repeatable option and no flag of sources is.
    value = getattr(arguments, name)
    return bool(value) if name in ("author", "article", "aside", "settle", "accept") else value is not None


def _correct_excerpt(desk: Desk, excerpt_id: str, arguments: argparse.Namespace) -> int:
    with desk.library.read() as work:
        (before,) = excerpts_of(work, [excerpt_id])
    changed = _annotated(before, arguments)
    if changed != before:
        desk.curate.annotate(changed)
    return _answered(arguments, excerpt_json(changed), f"{changed.id}  {changed.quote}")


def _answered(arguments: argparse.Namespace, as_json: object, line: str) -> int:
    if arguments.json:
        print_json(as_json)
    else:
        print(line)
    return DONE


def _annotated(excerpt: Excerpt, arguments: argparse.Namespace) -> Excerpt:
    names = ("speaker", "comment", "translation", "credibility")
    given = {name: value.strip() for name in names if (value := getattr(arguments, name)) is not None}
    if arguments.kind is not None:
        if arguments.kind not in list(ExcerptKind):
            raise UsageError("excerpt-kind", kind=arguments.kind)
        excerpt = replace(excerpt, kind=ExcerptKind(arguments.kind))
    if "speaker" in given:
        excerpt = replace(excerpt, speaker=given.pop("speaker") or None)
    excerpt = replace(excerpt, **given)
    if arguments.official and not excerpt.translation:
        raise UsageError("official-nothing")
    official = excerpt.translation_official if arguments.official is None else arguments.official
    return replace(excerpt, translation_official=bool(excerpt.translation) and official)


def _correct_source(desk: Desk, source_id: str, arguments: argparse.Namespace) -> int:
    if arguments.text is not None:
        desk.recapture.type_in(source_id, read_text(arguments.text))
    text = desk.collect.source(source_id).snapshot.text
    for lines, body in (*((n, True) for n in arguments.article), *((n, False) for n in arguments.aside)):
        desk.collect.turn(source_id, _span_of(text, lines), body=body)
    if arguments.settle:
        desk.collect.settle(source_id, Span(0, len(text)))
    before = desk.collect.source(source_id).source
    changed = _corrected(before, arguments, _newer(desk, arguments.by))
    if changed != before:
        desk.collect.change_source(changed)
    if arguments.accept:
        desk.importing.accept([source_id])
    view = desk.collect.source(source_id)
    return _answered(arguments, source_view_json(view), f"{view.source.id}  {view.source.title}")


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


def _newer(desk: Desk, by: str | None) -> str | None:
    """Return what superseded a source as documents name it: the title, where it is a source of the library."""
    if by is None or not _ID.fullmatch(by):
        return by
    return desk.collect.source(desk.find.one("source", by)).source.title


def _corrected(source: Source, arguments: argparse.Namespace, newer: str | None) -> Source:
    given = {name: value for name in _PLAIN if (value := getattr(arguments, name)) is not None}
    changed = replace(source, **given)
    _refuse_nonsense(changed, given)
    if arguments.author:
        changed = replace(changed, authors=tuple(arguments.author))
    if arguments.reading is not None:
        changed = with_reading(changed, arguments.reading.strip())
    if arguments.date is not None:
        changed = replace(changed, published=_dating(arguments.date))
    return replace(changed, flags=_flags(source.flags, arguments.standing, newer))


def _flags(flags: tuple[str, ...], wanted: str | None, by: str | None) -> tuple[str, ...]:
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
    return Dating(edtf_of(text), text, Basis.EXPLICIT)


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
