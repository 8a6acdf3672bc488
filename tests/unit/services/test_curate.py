from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.excerpts import Annotation, ExcerptKind
from briefer.domain.sources import SegmentKind, Source
from briefer.domain.spans import Span
from briefer.domain.tags import Tag, TagKind, parse_tag
from briefer.errors import InputError, UsageError
from briefer.services.desk import Desk


def tags(*texts: str) -> list[Tag]:
    return [parse_tag(text) for text in texts]


def test_a_quotation_becomes_an_exact_span(desk: Desk, port: Source) -> None:
    annotation = Annotation(ExcerptKind.FACT, "Asha Menon", "for the reply", "2")
    excerpt, change = desk.curate.mark_quote(
        port.id,
        "“We cannot wait\n eight months for a gearbox,”",
        annotation,
        tags("partner:in", "free:ports"),
    )
    text = desk.collect.source(port.id).snapshot.text
    assert text[excerpt.span.start : excerpt.span.end] == "“We cannot wait eight months for a gearbox,”"
    assert (excerpt.kind, excerpt.speaker, excerpt.comment, excerpt.credibility) == (
        ExcerptKind.FACT, "Asha Menon", "for the reply", "2",
    )  # fmt: skip
    assert [str(t) for t in excerpt.tags] == ["free:ports", "partner:IN"]
    assert change.inverse
    back = change.inverse()
    assert desk.find.counts().excerpts == 0
    assert back.inverse
    back.inverse()
    assert desk.collect.source(port.id).excerpts == (excerpt,)


def test_a_selection_is_trimmed_and_numbered(desk: Desk, port: Source) -> None:
    snapshot = desk.collect.source(port.id).snapshot
    start = snapshot.text.index(" The semiconductor") if " The semiconductor" in snapshot.text else 0
    start = snapshot.text.index("\nThe semiconductor")
    excerpt, _ = desk.curate.mark(port.id, Span(start, start + len("\nThe semiconductor shortage ")))
    assert excerpt.quote == "The semiconductor shortage"
    assert excerpt.paragraph == 3


def test_a_selection_that_cuts_words_takes_them_whole(desk: Desk, port: Source) -> None:
    text = desk.collect.source(port.id).snapshot.text
    start = text.index("semiconductor shortage")
    marked, _ = desk.curate.mark(port.id, Span(start + 4, start + len("semiconductor sho")))
    assert marked.quote == "semiconductor shortage"
    quoted, _ = desk.curate.mark_quote(port.id, "conductor shor")
    assert quoted.quote == marked.quote
    assert text[quoted.span.start : quoted.span.end] == quoted.quote


def test_furniture_and_inventions_are_not_quoted(desk: Desk, port: Source) -> None:
    with pytest.raises(InputError, match="not part of the article"):
        desk.curate.mark_quote(port.id, "Harbour strike ends after two days")
    with pytest.raises(InputError, match="does not stand in the article"):
        desk.curate.mark_quote(port.id, "We can wait eight months")
    with pytest.raises(InputError, match="does not stand in the article"):
        desk.curate.mark_quote(port.id, "  ")
    text = desk.collect.source(port.id).snapshot.text
    with pytest.raises(InputError, match="the parts around it"):
        desk.curate.mark(port.id, Span(text.index("the operators said"), len(text)))
    assert desk.find.counts().excerpts == 0


def test_paragraphs_by_number(desk: Desk, port: Source) -> None:
    span = desk.curate.paragraphs_span(port.id, 1, 2)
    excerpt, _ = desk.curate.mark(port.id, span)
    assert excerpt.quote.startswith("Port operators in India agreed")
    assert excerpt.quote.endswith("who heads the port of Navapur.")
    for first, last in ((9, 9), (1, 9)):
        with pytest.raises(InputError, match="has no paragraph"):
            desk.curate.paragraphs_span(port.id, first, last)
    with pytest.raises(UsageError, match="run backwards"):
        desk.curate.paragraphs_span(port.id, 2, 1)


def test_tags_are_added_and_removed_in_any_role(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "gearbox")
    change = desk.curate.tag([excerpt.id], tags("partner:CN/source-of-risk", "risk:cyber"))
    desk.curate.tag([excerpt.id], remove=tags("partner:CN"))
    assert [str(t) for t in desk.collect.source(port.id).excerpts[0].tags] == ["risk:cyber"]
    assert change.inverse
    back = change.inverse()
    assert desk.collect.source(port.id).excerpts[0].tags == ()
    assert back.inverse
    back.inverse()
    assert len(desk.collect.source(port.id).excerpts[0].tags) == 2


def test_a_role_is_removed_alone(desk: Desk, port: Source) -> None:
    both = tags("partner:CN/source-of-risk", "partner:CN/venue")
    excerpt, _ = desk.curate.mark_quote(port.id, "gearbox", tags=both)
    desk.curate.tag([excerpt.id], remove=tags("partner:CN/venue"))
    assert [str(t) for t in desk.collect.source(port.id).excerpts[0].tags] == ["partner:CN/source-of-risk"]


def test_tags_outside_the_vocabulary_are_refused(desk: Desk, port: Source) -> None:
    with pytest.raises(UsageError, match="vocabulary has no risk boredom"):
        desk.curate.mark_quote(port.id, "gearbox", tags=tags("risk:boredom"))
    assert desk.find.counts().excerpts == 0


def test_an_excerpt_can_be_annotated_but_its_words_cannot_be_changed(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "gearbox")
    forged = replace(excerpt, comment="check", quote="engine", span=Span(0, 4), paragraph=9)
    change = desk.curate.annotate(forged)
    assert desk.collect.source(port.id).excerpts == (replace(excerpt, comment="check"),)
    assert change.inverse
    change.inverse()
    assert desk.collect.source(port.id).excerpts == (excerpt,)


def test_confirming_makes_an_excerpt_of_the_paragraph_or_tags_the_one_there(desk: Desk, port: Source) -> None:
    existing, _ = desk.curate.mark_quote(port.id, "supply chain for sensors")
    suggestions = desk.collect.source(port.id).suggestions
    change = desk.curate.confirm(port.id, suggestions)
    after = desk.collect.source(port.id)
    tagged = next(e for e in after.excerpts if e.id == existing.id)
    assert tagged.tagged(TagKind.RISK, "supply-chain")
    whole = next(e for e in after.excerpts if e.paragraph == 1)
    first = after.snapshot.reading.paragraph(1)
    assert first is not None
    assert whole.quote == after.snapshot.quote(first.span)
    assert change.inverse
    back = change.inverse()
    assert desk.collect.source(port.id).excerpts == (existing,)
    assert back.inverse
    again = back.inverse()
    assert desk.collect.source(port.id).excerpts == after.excerpts
    assert again.inverse


def test_a_tag_goes_only_to_words_that_bear_it(desk: Desk, port: Source) -> None:
    apart, _ = desk.curate.mark_quote(port.id, "The semiconductor shortage has made matters worse")
    view = desk.collect.source(port.id)
    about_chain = [
        s for s in view.suggestions if s.paragraph == apart.paragraph and "supply chain" in s.because
    ]
    assert about_chain
    chain = [replace(s, because=("supply chain",)) for s in about_chain]
    desk.curate.confirm(port.id, chain)
    first, second = sorted(desk.collect.source(port.id).excerpts, key=lambda e: len(e.quote))
    assert first == apart
    assert second.tagged(TagKind.RISK, "supply-chain")
    assert "supply chain" in second.quote


def test_nothing_that_is_furniture_is_ever_suggested(desk: Desk, port: Source) -> None:
    view = desk.collect.source(port.id)
    body = {s.number for s in view.snapshot.reading.body() if s.kind is SegmentKind.PARAGRAPH}
    assert {s.paragraph for s in view.suggestions} <= body


def test_excerpts_are_removed_and_unknown_ones_named(desk: Desk, port: Source) -> None:
    excerpt, _ = desk.curate.mark_quote(port.id, "gearbox")
    desk.curate.remove_excerpts([excerpt.id])
    with pytest.raises(InputError, match="no excerpt"):
        desk.curate.remove_excerpts([excerpt.id])
