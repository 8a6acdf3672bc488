"""The commands around forms, the next brief, and what changed: forms, offers, next, compare, uses."""

from __future__ import annotations

import argparse

from briefer.cli.files import read_text
from briefer.cli.output import day, print_json, say
from briefer.domain.briefs import Brief, Version
from briefer.domain.comparing import Altered, Comparison
from briefer.domain.dates import edtf_of, in_words
from briefer.domain.differences import Difference, DifferenceKind
from briefer.errors import InputError
from briefer.services.desk import Desk
from briefer.services.forms import Forms
from briefer.services.renewal import is_early

DONE = 0

_SIGNS = {DifferenceKind.ADDED: "+", DifferenceKind.REMOVED: "-", DifferenceKind.CHANGED: "~"}
_FRAMES = {DifferenceKind.ADDED: "{{+{}+}}", DifferenceKind.REMOVED: "[-{}-]", DifferenceKind.SAME: "{}"}
_HEAD = {"meeting_date": "date", "title_marking": "marking of the title", "numbering": "heading numbers"}


def forms(desk: Desk, arguments: argparse.Namespace) -> int:
    """List the forms, show one, keep one of the library's own, or remove it."""
    if arguments.show is not None:
        print(Forms.text(desk.forms.get(arguments.show)), end="")
        return DONE
    if arguments.add is not None:
        form = Forms.read(read_text(arguments.add), arguments.add.name)
        desk.forms.save(form)
        print(f"{form.id}  {form.name()}")
        return DONE
    if arguments.remove is not None:
        desk.forms.remove(arguments.remove)
        return DONE
    own = desk.forms.own()
    if arguments.json:
        print_json(
            [
                {
                    "id": form.id,
                    "name": form.name_en,
                    "own": form.id in own,
                    "variants": [variant.id for variant in form.variants],
                    "sections": [{"type": s.type, "heading": s.heading_en} for s in form.sections],
                }
                for form in desk.forms.all()
            ]
        )
        return DONE
    for form in desk.forms.all():
        variants = f"  [{', '.join(variant.id for variant in form.variants)}]" if form.variants else ""
        print(f"{form.id}  {form.name()}{variants}{'  (own)' if form.id in own else ''}")
    return DONE


def offers(desk: Desk, arguments: argparse.Namespace) -> int:
    """List the new excerpts that fit a brief, and take or decline them."""
    brief_id = desk.find.one("brief", arguments.brief)
    found = desk.renewal.offers(brief_id)
    if arguments.take or arguments.decline:
        desk.renewal.take(brief_id, found if arguments.take else ())
    if arguments.json:
        print_json(
            {
                "offers": [
                    {
                        "excerpt": offer.choice.hit.excerpt.id,
                        "section": offer.heading,
                        "because": [str(tag) for tag in offer.choice.because],
                        "quote": offer.choice.hit.excerpt.quote,
                    }
                    for offer in found
                ]
            }
        )
        return DONE
    for offer in found:
        hit = offer.choice.hit
        where = f"{hit.source.publisher or 'publisher not stated'} · {day(hit.source.published)}"
        print(f"{hit.excerpt.id}  {offer.heading}  {where}\n  {hit.excerpt.quote}")
    if not found:
        print("nothing new")
    return DONE


def following(desk: Desk, arguments: argparse.Namespace) -> int:
    """Make the next brief from one, and say what is new, stale and dropped."""
    former = desk.compose.brief(desk.find.one("brief", arguments.brief)).meeting_date
    meeting = arguments.date and edtf_of(arguments.date)
    clone, _change = desk.renewal.clone(desk.find.one("brief", arguments.brief), meeting)
    if is_early(meeting, former):
        say(f"briefer: that is before the last meeting, on {in_words(former or '')}.")
    told = desk.renewal.renewed(clone.id)
    assert told is not None, "a clone has an origin"
    if arguments.json:
        print_json(
            {
                "brief": clone.id,
                "new": [offer.choice.hit.excerpt.id for offer in told.new],
                "stale": [hit.excerpt.id for hit in told.stale],
                "reused": told.reused,
            }
        )
        return DONE
    print(clone.id)
    print(f"blocks reused: {told.reused}; new excerpts on offer: {len(told.new)}; stale: {len(told.stale)}")
    return DONE


def compare(desk: Desk, arguments: argparse.Namespace) -> int:
    """Tell what changed between two versions of a brief; without numbers, since the latest version."""
    brief_id = desk.find.one("brief", arguments.brief)
    versions = {version.number: version for version in desk.compose.versions(brief_id)}
    if not versions:
        raise InputError("no-versions", id=brief_id)
    first = _version(versions, arguments.since or max(versions))
    last: Version | Brief = (
        _version(versions, arguments.until) if arguments.until else desk.compose.brief(brief_id)
    )
    told = desk.renewal.compared(first, last)
    if arguments.json:
        print_json(told)
    else:
        _tell(told)
    return DONE


def uses(desk: Desk, arguments: argparse.Namespace) -> int:
    """List the briefs that use an excerpt or lean on a source."""
    kind, what = desk.find.any_of(("excerpt", "source"), arguments.what)
    found = desk.usage.of_excerpt(what) if kind == "excerpt" else desk.usage.of_source(what)
    if arguments.json:
        print_json(found)
        return DONE
    for use in found:
        versions = f"  (versions {', '.join(map(str, use.versions))})" if use.versions else ""
        print(f"{use.brief_id}  {use.title}: {'; '.join(use.headings) or 'no longer'}{versions}")
    if not found:
        print("used nowhere")
    return DONE


def _tell(told: Comparison) -> None:
    for altered in told.head:
        print(f"~ {_HEAD.get(altered.name, altered.name)}: {_from_to(altered)}")
    for section in told.sections:
        if section.kind is DifferenceKind.SAME:
            continue
        was = (
            f" (was {section.heading_before})" if section.heading_before not in {"", section.heading} else ""
        )
        print(f"{_SIGNS[section.kind]} {section.heading}{was}")
        for text in section.closed:
            print(f"    not for disclosure now: {text}")
        for text in section.opened:
            print(f"    may be used now: {text}")
        for altered in section.marked:
            what = f"marking of “{altered.name}”" if altered.name else "marking"
            print(f"    {what}: {_from_to(altered)}")
        if section.restyled:
            print("    the same words with other emphasis, links or shape")
        for paragraph in section.paragraphs:
            if paragraph.kind is not DifferenceKind.SAME:
                print(f"    {_SIGNS[paragraph.kind]} {_marked(paragraph)}")
    print(
        f"{told.words_added} words added, {told.words_removed} removed; excerpts: {len(told.added)} added, "
        f"{len(told.dropped)} dropped, {len(told.altered)} altered, {len(told.kept)} kept"
    )


def _from_to(altered: Altered) -> str:
    before, after = (value or "none" for value in (altered.before, altered.after))
    if altered.name == "numbering":
        before, after = (value or "as the form has it" for value in (altered.before, altered.after))
    return f"{_FRAMES[DifferenceKind.REMOVED].format(before)} {_FRAMES[DifferenceKind.ADDED].format(after)}"


def _marked(paragraph: Difference) -> str:
    """Return a changed paragraph with its words in marks: ``{+put in+}`` and ``[-taken out-]``."""
    if paragraph.kind is not DifferenceKind.CHANGED:
        return paragraph.pieces[0].text
    return "".join(_FRAMES[piece.kind].format(piece.text) for piece in paragraph.pieces)


def _version(versions: dict[int, Version], number: int) -> Version:
    if number not in versions:
        raise InputError("version-missing", number=number, known=", ".join(map(str, sorted(versions))))
    return versions[number]
