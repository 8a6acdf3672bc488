"""The source list of a document: as the style orders it, or by what kind of source it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Brief
from briefer.domain.documents import Document, Heading, Paragraph, ParagraphStyle, plain_text
from briefer.domain.exporting import ExportOptions, SourceOrder
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.services.compose import NewBrief
from briefer.services.desk import Desk

BY_TYPE = ExportOptions(source_order=SourceOrder.TYPE)


@pytest.fixture
def brief(desk: Desk, port: Source, cable: Source) -> Brief:
    tags = [parse_tag("partner:IN"), parse_tag("risk:supply-chain")]
    desk.curate.mark_quote(port.id, "We cannot wait eight months for a gearbox", tags=tags)
    desk.curate.mark_quote(cable.id, "攻撃は偶然ではない", tags=tags)
    desk.collect.change_source(replace(cable, kind="document", genre="Press release", accessed="2026-02-20"))
    return desk.compose.create(NewBrief("country-brief", (parse_tag("partner:IN"),)))[0]


def listed(document: Document) -> list[str]:
    """Return the headings below «Sources» and the first characters of the entries."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            lines = [] if block.level == 1 else [*lines, plain_text(block.inlines)]
        elif isinstance(block, Paragraph) and block.style is ParagraphStyle.SOURCE:
            lines.append(plain_text(block.inlines).lstrip("“‘")[:8])
    return lines


def test_as_the_style_orders_it(desk: Desk, brief: Brief) -> None:
    assert listed(desk.publish.document(brief.id)) == ["Port Ope", "独政府、海底ケー"]


def test_by_type_under_headings(desk: Desk, brief: Brief) -> None:
    document = desk.publish.document(brief.id, BY_TYPE)
    assert listed(document) == ["Primary sources", "独政府、海底ケー", "Press", "Port Ope"]
    anchors = [b.anchor for b in document.blocks if isinstance(b, Paragraph | Heading)]
    assert len(set(anchors)) == len(anchors)
    levels = [b.level for b in document.blocks if isinstance(b, Heading)][-3:]
    assert levels == [1, 2, 2]


def test_by_type_in_japanese_and_at_the_end_of_styles_in_the_text(desk: Desk, brief: Brief) -> None:
    options = replace(BY_TYPE, language="ja", style="apa")
    headings = [line for line in listed(desk.publish.document(brief.id, options)) if len(line) < 6]
    assert headings == ["一次資料", "報道"]


def test_the_options_reach_the_entries(desk: Desk, brief: Brief) -> None:
    options = ExportOptions(accessed=True, archived=True)
    texts = [
        plain_text(block.inlines)
        for block in desk.publish.document(brief.id, options).blocks
        if isinstance(block, Paragraph) and block.style is ParagraphStyle.SOURCE
    ]
    assert all("Archived copy: SHA-256 " in text for text in texts)
    assert ["Accessed 20 February 2026." in text for text in texts] == [False, True]
