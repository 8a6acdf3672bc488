from __future__ import annotations

from dataclasses import replace

from briefer.domain.briefs import Block
from briefer.domain.excerpts import Excerpt
from briefer.domain.portions import portions
from briefer.domain.sources import Source
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_section,
    make_snapshot,
    make_source,
    prose,
    quotation,
)


def test_every_part_is_named_with_its_place_in_the_order_of_the_text() -> None:
    source = make_source(title="Report", marking="uk/o")
    excerpt = replace(
        make_excerpt(make_snapshot(source)), marking="uk/s", comment="Doubtful.", comment_marking="uk/t"
    )
    text, quoted = replace(prose("Text."), marking="uk/o"), quotation(excerpt.id)
    section = make_section(text, quoted, prose("Bare."), heading="Ports", marking="uk/s")
    brief = make_brief(sections=(section,), title_marking="uk/o")

    def cited(block: Block) -> list[tuple[Excerpt, Source]]:
        return [(excerpt, source)] if block.excerpt_id else []

    found = [(p.marking, p.what, p.block, p.section) for p in portions(brief, cited)]
    assert found == [
        ("uk/o", "the title", "", ""),
        ("uk/s", "the section “Ports”", "", section.id),
        ("uk/o", "a text under “Ports”", text.id, section.id),
        ("uk/s", "an excerpt of “Report”", quoted.id, section.id),
        ("uk/o", "the source “Report”", quoted.id, section.id),
        ("uk/t", "the comment on an excerpt of “Report”", quoted.id, section.id),
    ]


def test_an_excerpt_has_its_sources_marking_and_no_words_have_no_comment() -> None:
    source = make_source(title="Report", marking="uk/o")
    excerpt = replace(make_excerpt(make_snapshot(source)), comment_marking="uk/t")
    found = [p.what for p in portions(make_brief(quotation(excerpt.id)), lambda _: [(excerpt, source)])]
    assert found == ["an excerpt of “Report”"]
