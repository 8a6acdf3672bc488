"""The commands around finding and briefs: search, compose, briefs, check, verify."""

from __future__ import annotations

import argparse
from dataclasses import asdict, fields
from time import perf_counter
from typing import Any

from briefer.cli.output import day, hit_json, print_json, say
from briefer.domain.checks import RULES
from briefer.domain.dates import edtf_of, in_words
from briefer.domain.findings import Finding, Level
from briefer.domain.highlights import snippet
from briefer.domain.markings import check_marking
from briefer.domain.queries import words_in
from briefer.domain.results import Sort
from briefer.domain.tags import parse_tag
from briefer.errors import InputError
from briefer.services.compose import NewBrief, scope_query
from briefer.services.desk import Desk
from briefer.services.query_language import parse_query

DONE, RED = 0, 1


def search(desk: Desk, arguments: argparse.Namespace) -> int:
    """Find excerpts."""
    started = perf_counter()
    query = parse_query(arguments.query)
    page = desk.find.excerpts(query, limit=arguments.limit, sort=Sort(arguments.sort))
    facets = desk.find.facets(query) if arguments.facets else None
    took_ms = round((perf_counter() - started) * 1000, 1)
    words = words_in(query)
    hints = desk.find.hints(arguments.query, in_vain=not page.total)
    if page.scanned:
        say(
            "briefer: the search index is damaged, so the text itself was searched; `briefer doctor --repair` mends it."
        )
    if arguments.json:
        hits = [hit_json(hit, snippet(hit.excerpt.quote, words)) for hit in page.hits]
        answer: dict[str, object] = {"total": page.total, "took_ms": took_ms, "excerpts": hits}
        if facets:
            answer["facets"] = facets
        if hints:
            answer["hints"] = hints
        print_json(answer)
        return DONE
    for hint in hints:
        say(f"briefer: at character {hint.column}: {hint.detail}.")
    print(f"{page.total} excerpts" + ("" if page.sources is None else f" in {page.sources} sources"))
    for hit in page.hits:
        where = f"{hit.source.publisher or 'publisher not stated'} · {day(hit.source.published)}"
        print(f"\n{hit.excerpt.id}  {where}  {' '.join(str(t) for t in hit.excerpt.tags)}")
        print(f"  {snippet(hit.excerpt.quote, words)}\n  {hit.why}")
    if facets:
        for facet in fields(facets):
            counts: dict[str, int] = getattr(facets, facet.name)
            listed = (
                f"{key or 'not stated'} {count}" for key, count in sorted(counts.items(), key=_most_first)
            )
            print(f"\n{facet.name}: " + ", ".join(listed))
    return DONE


def _most_first(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]


def compose(desk: Desk, arguments: argparse.Namespace) -> int:
    """Make a new brief, filled by its form's rule."""
    subjects = tuple(parse_tag(tag) for tag in arguments.subjects)
    check_marking(arguments.marking or "", desk.markings)
    wanted = NewBrief(
        form=arguments.form,
        subjects=subjects,
        title=arguments.title,
        meeting_date=arguments.date and edtf_of(arguments.date),
        audience=arguments.audience,
        language=arguments.lang,
        marking=arguments.marking,
        variant=arguments.variant,
        since=arguments.since and edtf_of(arguments.since),
        until=arguments.until and edtf_of(arguments.until),
    )
    brief, _change = desk.compose.create(wanted)
    if not brief.excerpt_ids():
        _say_why_empty(desk, wanted)
    if arguments.json:
        sections = [
            {
                "heading": section.heading,
                "type": section.type,
                "blocks": len(section.blocks),
                "excerpts": [b.excerpt_id for b in section.blocks if b.excerpt_id],
            }
            for section in brief.sections
        ]
        print_json({"brief": brief.id, "sections": sections})
        return DONE
    print(brief.id)
    for section in brief.sections:
        count = sum(1 for block in section.blocks if block.excerpt_id)
        print(f"{'  ' * section.level}{section.heading} ({count} excerpt{'' if count == 1 else 's'})")
    return DONE


def _say_why_empty(desk: Desk, wanted: NewBrief) -> None:
    """Say why a new brief holds no excerpt, as the window does beside the plan."""
    names = ", ".join(map(str, wanted.subjects))
    if desk.find.excerpts(scope_query(wanted.subjects), limit=1).total == 0:
        tags = " ".join(f"--tag {tag.name}" for tag in wanted.subjects)
        say(
            f"briefer: no excerpt bears {names}, so the sections are empty. Mark some with "
            f"`briefer excerpt`, or apply what is suggested with `briefer confirm LIBRARY {tags}`."
        )
    elif outside := desk.compose.outside_period(wanted):
        since, until = (in_words(day) if day else "" for day in (wanted.since, wanted.until))
        period = " ".join(filter(None, (since and f"since {since}", until and f"until {until}")))
        fit = "1 other excerpt fits" if outside == 1 else f"{outside} other excerpts fit"
        say(f"briefer: nothing on {names} was published {period}; {fit}.")


def briefs(desk: Desk, arguments: argparse.Namespace) -> int:
    """List the briefs, latest change first."""
    found = desk.compose.briefs()
    if arguments.json:
        print_json(found)
        return DONE
    for brief in found:
        print(f"{brief.id}  {brief.form}  {brief.title}  ({brief.excerpts} excerpts, {brief.words} words)")
    return DONE


def _finding_json(finding: Finding) -> dict[str, Any]:
    """Return what is told of a finding; which words it stands in, and is known again by, is Briefer's own affair."""
    return {name: value for name, value in asdict(finding).items() if name not in {"digest", "words"}}


def check(desk: Desk, arguments: argparse.Namespace) -> int:
    """Look for what should be mended before a brief leaves; let the findings of one check pass."""
    brief_id = desk.find.one("brief", arguments.brief)
    if arguments.mend:
        desk.review.mend(brief_id, arguments.mend)
    if arguments.waive:
        passing = [f for f in desk.review.check(brief_id) if f.check == arguments.waive]
        if not passing:
            raise InputError("waiver-none", check=arguments.waive)
        desk.review.waive(brief_id, passing, arguments.reason)
    told = desk.review.reviewed(brief_id)
    if arguments.json:
        waived = [
            {**_finding_json(finding), "reason": waiver.reason, "who": waiver.who}
            for finding, waiver in told.waived
        ]
        findings = [_finding_json(finding) for finding in told.findings]
        print_json({"findings": findings} | ({"waived": waived} if waived else {}))
    else:
        for finding in told.findings:
            print(f"{finding.level}: {finding.message}\n    {RULES[finding.check].why}")
        for finding, waiver in told.waived:
            print(f"let pass: {finding.message} ({', '.join(filter(None, (waiver.reason, waiver.who)))})")
        if not told.findings:
            print("nothing found")
    return RED if any(f.level is Level.RED for f in told.findings) else DONE
