"""The command ``mark``: the marking of a brief or a part of it, of an excerpt or its comment, of a source."""

from __future__ import annotations

import argparse
from dataclasses import replace

from briefer.domain.briefs import Brief
from briefer.domain.editing import mark as mark_part
from briefer.domain.markings import check_marking
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.lookups import excerpts_of

DONE = 0
_NONE = "none"


def add_mark(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``mark``."""
    parser.add_argument("what", metavar="BRIEF|EXCERPT|SOURCE")
    parser.add_argument("marking", metavar="MARKING", help="scheme/level, another text, or 'none'")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--title", action="store_true", help="of the brief's title, day, audience and author")
    part.add_argument("--section", metavar="S", help="of one of its sections, by heading or id")
    part.add_argument("--block", metavar="ID", help="of one of its texts")
    part.add_argument("--comment", action="store_true", help="of the comment on the excerpt")
    parser.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help="why a brief may bear less than it must, or a source or excerpt less than it did",
    )


def mark(desk: Desk, arguments: argparse.Namespace) -> int:
    """Mark something."""
    marking = "" if arguments.marking == _NONE else arguments.marking
    check_marking(marking, desk.markings)
    kind, found = desk.find.any_of(("brief", "excerpt", "source"), arguments.what)
    if kind == "source":
        source = desk.collect.source(found).source
        desk.collect.change_source(replace(source, marking=marking or None), arguments.reason)
    elif kind == "excerpt":
        with desk.library.read() as work:
            (excerpt,) = excerpts_of(work, [found])
        changed = (
            replace(excerpt, comment_marking=marking)
            if arguments.comment
            else replace(excerpt, marking=marking or None)
        )
        desk.curate.annotate(changed, arguments.reason)
    elif arguments.title:
        desk.compose.edit(found, "Change marking", lambda brief: replace(brief, title_marking=marking))
    elif arguments.section or arguments.block:
        part = arguments.block or _section(desk.compose.brief(found), arguments.section)
        _known(desk.compose.brief(found), part)
        desk.compose.edit(found, "Change marking", lambda brief: mark_part(brief, part, marking))
    else:
        desk.review.mark(found, marking, arguments.reason, desk.record.who)
    print(f"{found}  {marking or _NONE}")
    return DONE


def _section(brief: Brief, wanted: str) -> str:
    return next((section.id for section in brief.sections if section.heading == wanted), wanted)


def _known(brief: Brief, part: str) -> None:
    ids = {section.id for section in brief.sections} | {block.id for _, block in brief.blocks()}
    if part not in ids:
        raise InputError("not-found", kind="section or text", id=part, listing="check --json")
