"""The command ``export`` and its choices."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from briefer.cli.templating import add_template, warn
from briefer.domain.documents import HeadingNumbering
from briefer.domain.exporting import Annex, ExportOptions, Lanes, Live, NotesAt, SourceOrder
from briefer.domain.form_parts import usual_options
from briefer.domain.releases import by_section
from briefer.services.desk import Desk
from briefer.services.leaving import Cleared
from briefer.services.publish import Departed

DONE, FOUND = 0, 1


def add_export(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``export``; those about layout only count where the format has it."""
    parser.add_argument("brief", metavar="BRIEF", help="a brief's id, or its beginning")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument(
        "--style",
        metavar="CSL",
        help="apa, ieee, oscola, chicago-author-date … or the path of a .csl file; default: the form's",
    )
    parser.add_argument("--lang", choices=["en", "en-GB", "en-US", "ja"], help="default: the brief's")
    parser.add_argument("--notes", choices=list(NotesAt), default=NotesAt.FOOT, type=NotesAt)
    sources = parser.add_argument_group("citations and sources")
    sources.add_argument(
        "--live",
        choices=list(Live),
        default=Live.NONE,
        type=Live,
        help="citations that Zotero's plug-in, or Word's References tab, can take over",
    )
    sources.add_argument(
        "--sources",
        choices=list(SourceOrder),
        default=SourceOrder.STYLE,
        type=SourceOrder,
        help="order of the source list: as the style wants, or primary, press and analysis apart",
    )
    sources.add_argument("--wire", action="store_true", help="name the agency that a text came from")
    sources.add_argument("--accessed", action="store_true", help="tell when each source was accessed")
    sources.add_argument("--archived", action="store_true", help="give the SHA-256 of each kept copy")
    sources.add_argument(
        "--originals", action="store_true", help="give the full text of shortened quotations in notes"
    )
    parser.add_argument(
        "--lane",
        choices=[lanes for lanes in Lanes if lanes is not Lanes.BOTH],
        default=Lanes.BOTH,
        type=Lanes,
        help="only what may be used, or only what is not for disclosure; default: both, apart",
    )
    layout = parser.add_argument_group("layout")
    layout.add_argument("--contents", action="store_true", help="put a table of contents in front")
    layout.add_argument(
        "--numbering", choices=list(HeadingNumbering), type=HeadingNumbering, help="default: the brief's"
    )
    layout.add_argument("--numbered", action="store_true", help="number the paragraphs")
    layout.add_argument(
        "--annex",
        action="append",
        default=[],
        choices=list(Annex),
        type=Annex,
        help="add what is cited by risk and partner, or a description of the sources",
    )
    layout.add_argument(
        "--template", type=Path, metavar="FILE", help="a Word file of the house whose look the .docx takes"
    )
    add_template(layout)
    marks = parser.add_argument_group("markings")
    marks.add_argument("--portions", action="store_true", help="mark each quotation with its own marking")
    marks.add_argument("--draft", action="store_true", help="mark the document as a draft")
    marks.add_argument("--copy", default="", metavar="N", help="the number of this copy, e.g. '2 of 5'")
    marks.add_argument(
        "--handling", action="append", default=[], metavar="TEXT", help="a handling instruction"
    )
    marks.add_argument(
        "--ceiling",
        default="",
        metavar="SCHEME/LEVEL",
        help="a releasable version, without what is marked above that level",
    )
    parser.add_argument(
        "--comments", action="store_true", help="print the comments on quoted excerpts below them"
    )
    parser.add_argument(
        "--let-pass",
        default="",
        metavar="REASON",
        help="export in spite of red findings; the record says why",
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who lets them pass; default: the user")


def options_of(arguments: argparse.Namespace, usual: ExportOptions) -> ExportOptions:
    """Return the choices that were made, over the ``usual`` ones of the brief."""
    return ExportOptions(
        style=arguments.style or usual.style,
        language=arguments.lang,
        notes=arguments.notes,
        live=arguments.live,
        source_order=arguments.sources,
        wire=arguments.wire,
        accessed=arguments.accessed,
        archived=arguments.archived,
        originals=arguments.originals,
        contents=arguments.contents,
        numbering=arguments.numbering or usual.numbering,
        numbered=arguments.numbered,
        portions=arguments.portions,
        annexes=tuple(dict.fromkeys(arguments.annex)),
        draft=arguments.draft,
        copy=arguments.copy,
        handling=tuple(arguments.handling),
        template=arguments.template,
        template_styles=tuple(arguments.template_style),
        lanes=arguments.lane,
        ceiling=arguments.ceiling,
        comments=arguments.comments,
    )


def export(desk: Desk, arguments: argparse.Namespace) -> int:
    """Write a brief to a file."""
    brief = desk.find.one("brief", arguments.brief)
    wanted = desk.compose.brief(brief)
    options = options_of(arguments, usual_options(wanted, desk.forms.find(wanted.form)))
    reason = arguments.let_pass.strip()
    cleared = Cleared(arguments.by.strip() or desk.record.who, reason) if reason else None
    departed = desk.publish.export(brief, arguments.out, options, cleared)
    if options.ceiling:
        _tell_release(departed)
    if options.template is not None and arguments.out.suffix.lower() == ".docx":
        warn(desk.templates.look(options.template, options.template_styles))
    version = departed.version.number
    print(f"{arguments.out}  (version {version})" if version else arguments.out)
    if not departed.recorded:
        print(
            "the library can only be read: no version was kept, and its record does not tell of this export",
            file=sys.stderr,
        )
    for finding in departed.let:
        print(f"let pass: {finding.message}", file=sys.stderr)
    return FOUND if departed.let else DONE


def _tell_release(departed: Departed) -> None:
    """Say on standard error what was left out by section, and how much bears no marking."""
    brief, leaving = departed.version.brief, departed.leaving
    for heading, count in by_section(brief, leaving.left_out):
        print(f"left out: {count} in {heading or 'the head of the brief'}", file=sys.stderr)
    for portion in leaving.left_out:
        if portion.repeats:
            why = f"repeats “{portion.words}” of “{portion.repeats}”"
            print(f"left out: {portion.what} ({why})", file=sys.stderr)
    if not leaving.left_out:
        print("left out: nothing", file=sys.stderr)
    for heading, count in by_section(brief, leaving.unmarked):
        where = heading or "the head of the brief"
        print(f"bears no marking, and stays: {count} in {where}", file=sys.stderr)
