"""The commands that fill a library: import, sources, source, excerpt, tag, confirm."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from briefer.cli.output import day, excerpt_json, print_json, progress_bar, say, source_json, source_view_json
from briefer.domain.excerpts import Annotation, ExcerptKind
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.collect import ImportResult, ImportStatus
from briefer.services.curate import known_tag
from briefer.services.desk import Desk

DONE, INPUT_REFUSED = 0, 3


def import_files(desk: Desk, arguments: argparse.Namespace) -> int:
    """Take files and folders in; .jsonl files are the bulk form."""
    bulk = [p for p in arguments.paths if p.suffix.lower() == ".jsonl"]
    with progress_bar("Importing") as progress:
        report = desk.collect.import_paths([p for p in arguments.paths if p not in bulk], progress)
    results = list(report.results)
    rows: list[dict[str, object]] = [_import_row(desk, result, whole=arguments.json) for result in results]
    refused = len(report.refused)
    for result in results:
        line = f"{result.status}: {result.file}"
        if result.status is ImportStatus.REFUSED:
            say(f"briefer: {result.reason}")
        elif not arguments.json:
            detail = f"“{result.source.title}”" if result.source else ""
            print(f"{line}  {result.reason or detail}")
    for path in bulk:
        row, problems = _import_bulk(desk, path, as_json=arguments.json)
        rows.append(row)
        refused += problems
    if arguments.json:
        print_json(rows)
    return INPUT_REFUSED if refused else DONE


def _import_row(desk: Desk, result: ImportResult, *, whole: bool) -> dict[str, object]:
    row: dict[str, object] = {"file": result.file, "status": result.status, "reason": result.reason or None}
    if result.source and whole:
        row["source"] = source_view_json(desk.collect.source(result.source.id))
    return row


def _import_bulk(desk: Desk, path: Path, *, as_json: bool) -> tuple[dict[str, object], int]:
    try:
        with path.open("rb") as file, progress_bar("Lines") as progress:
            report = desk.exchange.import_lines(path.name, file, progress)
    except OSError as error:
        code = "input-missing" if isinstance(error, FileNotFoundError) else "input-unreadable"
        refusal = InputError(code, name=path, detail=error.strerror)
        say(f"briefer: {refusal}")
        return {"file": str(path), "status": ImportStatus.REFUSED, "reason": str(refusal)}, 1
    for problem in report.refused:
        say(f"briefer: {problem}")
    if not as_json:
        print(
            f"imported: {path}  {len(report.sources)} sources, {report.excerpts} excerpts; "
            f"{report.duplicates} lines were there already"
        )
    status = ImportStatus.DUPLICATE if report.duplicates and not report.sources else ImportStatus.IMPORTED
    if report.refused and not report.sources and not report.duplicates:
        status = ImportStatus.REFUSED
    reason = str(report.refused[0]) if report.refused else None
    row = {"file": str(path), "status": status, "reason": reason, "sources": len(report.sources)}
    return {**row, "excerpts": report.excerpts, "duplicates": report.duplicates}, len(report.refused)


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
    view = desk.collect.source(desk.find.one("source", arguments.source))
    if arguments.json:
        print_json(source_view_json(view))
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


def excerpt(desk: Desk, arguments: argparse.Namespace) -> int:
    """Make an excerpt of a quotation or of whole paragraphs."""
    source_id = desk.find.one("source", arguments.source)
    annotation = Annotation(ExcerptKind(arguments.kind), arguments.speaker, arguments.comment)
    tags = [parse_tag(tag) for tag in arguments.tag]
    if arguments.quote is not None:
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
    ids = [desk.find.one("excerpt", start) for start in arguments.excerpts]
    desk.curate.tag(ids, [parse_tag(t) for t in arguments.add], [parse_tag(t) for t in arguments.remove])
    print(f"{len(ids)} excerpt(s) tagged")
    return DONE


def confirm(desk: Desk, arguments: argparse.Namespace) -> int:
    """Apply suggestions: all of them in the sources given, or of the paragraphs where a tag is suggested."""
    vocabulary = desk.curate.vocabulary()
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
