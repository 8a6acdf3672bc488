"""The commands that fill a library: import, sources, source, excerpt, tag, confirm."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from briefer.atomic import write_bytes
from briefer.cli.output import day, excerpt_json, print_json, progress_bar, say, source_json, source_view_json
from briefer.domain.excerpts import Annotation, ExcerptKind
from briefer.domain.tags import known_tag, parse_tag
from briefer.errors import InputError, UsageError
from briefer.services.collect import SourceView
from briefer.services.desk import Desk
from briefer.services.import_results import ImportResult, ImportStatus

DONE, INPUT_REFUSED = 0, 3
_NAMED = 5


def import_files(desk: Desk, arguments: argparse.Namespace) -> int:
    """Take files, folders and archives in; what is locked asks for its password where somebody can answer."""
    with progress_bar("Importing") as progress:
        report = desk.importing.import_paths(arguments.paths, progress)
    results = [final for result in report.results for final in _unlocked(desk, result)]
    for result in results:
        if result.status is ImportStatus.REFUSED:
            if result.error is not report.stopped:
                say(f"briefer: {result.reason}")
        elif not arguments.json:
            detail = f"“{result.source.title}”" if result.source else ""
            print(f"{result.status}: {result.file}  {_bulk_line(result) or result.reason or detail}")
        for problem in result.bulk.refused if result.bulk else ():
            say(f"briefer: {problem}")
    if report.left_out:
        names = ", ".join(Path(name).name for name in report.left_out[:_NAMED])
        more = ", …" if len(report.left_out) > _NAMED else ""
        say(
            f"briefer: {len(report.left_out)} file(s) of folders were left out ({names}{more}); name them to take them in."
        )
    if arguments.json:
        print_json([_import_row(desk, result) for result in results])
    if report.stopped:
        left = sum(result.error is report.stopped for result in results)
        say(f"briefer: {left} file(s) were not taken in; run the import again afterwards.")
        raise report.stopped
    refused = any(r.status is ImportStatus.REFUSED or (r.bulk and r.bulk.refused) for r in results)
    return INPUT_REFUSED if refused else DONE


def _unlocked(desk: Desk, result: ImportResult) -> tuple[ImportResult, ...]:
    """Ask for the password of a locked file, until it opens or nothing is answered."""
    while result.locked and sys.stdin.isatty() and sys.stderr.isatty():
        password = getpass.getpass(f"{result.reason}\nPassword (empty to skip): ", sys.stderr)
        if not password:
            break
        opened = desk.importing.import_taken([replace(result.locked, password=password)]).results
        if not opened or not opened[0].locked:
            return tuple(replace(r, file=result.file) for r in opened)
        result = replace(opened[0], file=result.file)
    return (result,)


def _bulk_line(result: ImportResult) -> str:
    if result.bulk is None:
        return ""
    counts = result.bulk
    return (
        f"{counts.sources} sources, {counts.excerpts} excerpts; {counts.duplicates} lines were there already"
    )


def _import_row(desk: Desk, result: ImportResult) -> dict[str, object]:
    row: dict[str, object] = {"file": result.file, "status": result.status, "reason": result.reason or None}
    if result.source:
        # The capture that this file is: a later file of the same import may have brought a newer one.
        row["source"] = source_view_json(desk.collect.source(result.source.id, result.source.snapshot_id))
    if result.bulk:
        row["sources"] = result.bulk.sources
        row["excerpts"] = result.bulk.excerpts
        row["duplicates"] = result.bulk.duplicates
    return row


def sources(desk: Desk, arguments: argparse.Namespace) -> int:
    """List the sources, latest import first."""
    found = desk.collect.sources()
    if arguments.json:
        print_json([source_json(source) for source in found])
        return DONE
    for source in found:
        print(
            f"{source.id}  {day(source.published):<12}  {source.title}  ({source.publisher or 'publisher not stated'})"
        )
    return DONE


def source(desk: Desk, arguments: argparse.Namespace) -> int:
    """Show one source with its text, paragraph by paragraph, and the suggested tags."""
    view = _view(desk, arguments.source, arguments.capture)
    if arguments.original is not None:
        if arguments.original.exists():
            raise InputError("file-exists", name=arguments.original.name)
        write_bytes(arguments.original, desk.collect.original(view.source.id, view.snapshot.id))
    if arguments.json:
        print_json(source_view_json(view))
    if arguments.json or arguments.original is not None:
        return DONE
    known = view.source
    print(known.title)
    print(f"{known.publisher or 'publisher not stated'} · {day(known.published)} · {known.id}\n")
    by_paragraph: dict[int, list[str]] = {}
    for suggestion in view.suggestions:
        by_paragraph.setdefault(suggestion.paragraph, []).append(str(suggestion.tag))
    for segment in view.snapshot.reading.body():
        print(f"[{segment.number}] {view.snapshot.quote(segment.span)}")
        if segment.number in by_paragraph:
            print(f"    suggested: {', '.join(by_paragraph[segment.number])}")
    hidden = sum(1 for s in view.snapshot.reading.segments if s.number is None)
    print(f"\n{hidden} pieces of furniture, captions and other articles are hidden.")
    return DONE


def _view(desk: Desk, start: str, capture: int | None) -> SourceView:
    view = desk.collect.source(desk.find.one("source", start))
    if capture is None:
        return view
    if not 1 <= capture <= len(view.snapshots):
        raise UsageError("capture-form", n=capture, count=len(view.snapshots))
    return desk.collect.source(view.source.id, view.snapshots[capture - 1].id)


def excerpt(desk: Desk, arguments: argparse.Namespace) -> int:
    """Make an excerpt of a quotation or of whole paragraphs."""
    source_id = desk.find.one("source", arguments.source)
    annotation = Annotation(ExcerptKind(arguments.kind), arguments.speaker, arguments.comment)
    tags = [parse_tag(tag) for tag in arguments.tag]
    if arguments.quote is not None:
        if arguments.to is not None:
            raise UsageError("excerpt-to")
        made, _change = desk.curate.mark_quote(source_id, arguments.quote, annotation, tags)
    else:
        span = desk.curate.paragraphs_span(source_id, arguments.paragraph, arguments.to)
        made, _change = desk.curate.mark(source_id, span, annotation, tags)
    if arguments.json:
        print_json(excerpt_json(made))
    else:
        print(made.id)
    return DONE


def tag(desk: Desk, arguments: argparse.Namespace) -> int:
    """Add and remove tags."""
    if not (arguments.add or arguments.remove):
        raise UsageError("tag-nothing")
    ids = [desk.find.one("excerpt", start) for start in arguments.excerpts]
    desk.curate.tag(ids, [parse_tag(t) for t in arguments.add], [parse_tag(t) for t in arguments.remove])
    print(f"{len(ids)} excerpt(s) tagged")
    return DONE


def confirm(desk: Desk, arguments: argparse.Namespace) -> int:
    """Apply suggestions: all of them in the sources given, or of the paragraphs where a tag is suggested."""
    vocabulary = desk.terms.vocabulary()
    wanted = {known_tag(parse_tag(tag), vocabulary).name for tag in arguments.tag}
    ids: Iterable[str] = [desk.find.one("source", start) for start in arguments.sources]
    before = desk.find.counts().excerpts
    tags = 0
    for source_id in ids or [known.id for known in desk.collect.sources()]:
        suggestions = desk.collect.source(source_id).suggestions
        paragraphs = {s.paragraph for s in suggestions if not wanted or s.tag.name in wanted}
        chosen = [s for s in suggestions if s.paragraph in paragraphs]
        if chosen:
            desk.curate.confirm(source_id, chosen)
        tags += len(chosen)
    made = desk.find.counts().excerpts - before
    if arguments.json:
        print_json({"tags": tags, "excerpts": made})
    else:
        print(f"{tags} suggested tags confirmed; {made} new excerpts")
    return DONE
