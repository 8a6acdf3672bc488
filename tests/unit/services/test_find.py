from __future__ import annotations

import pytest

from briefer.domain.queries import Field, Match
from briefer.domain.results import Sort
from briefer.domain.sources import Source
from briefer.domain.tags import parse_tag
from briefer.errors import InputError, UsageError
from briefer.services.desk import Desk


@pytest.fixture
def tagged(desk: Desk, port: Source, cable: Source) -> Desk:
    desk.curate.mark_quote(port.id, "gearbox", tags=[parse_tag("partner:IN"), parse_tag("risk:supply-chain")])
    desk.curate.mark_quote(
        cable.id, "サプライチェーンの要だ", tags=[parse_tag("partner:DE"), parse_tag("risk:supply-chain")]
    )
    return desk


def test_pages_follow_one_another_and_agree_with_the_ids(tagged: Desk) -> None:
    first = tagged.find.excerpts("risk:supply-chain", limit=1)
    second = tagged.find.excerpts("risk:supply-chain", limit=1, offset=1)
    assert (first.total, first.sources) == (2, 2)
    assert first.hits[0].source.published.value == "2026-03-03"
    ids = tagged.find.excerpt_ids("risk:supply-chain")
    assert ids == (first.hits[0].excerpt.id, second.hits[0].excerpt.id)
    assert set(tagged.find.excerpt_ids("", Sort.BEST)) == set(ids)


def test_a_query_may_be_a_tree(tagged: Desk) -> None:
    assert tagged.find.excerpts(Match(Field.PARTNER, "IN")).total == 1


def test_counts_follow_the_query(tagged: Desk) -> None:
    assert tagged.find.facets("").partner == {"IN": 1, "DE": 1}
    assert tagged.find.facets("gearbox").partner == {"IN": 1}
    cells = {(c.partner, c.risk): (c.count, c.newest) for c in tagged.find.coverage("partner:DE")}
    assert cells == {("DE", "supply-chain"): (1, "2026-02-14")}
    assert {c.partner for c in tagged.find.coverage()} == {"DE", "IN"}


def test_sources_are_found_by_words_of_the_article_that_nobody_marked(tagged: Desk, cable: Source) -> None:
    (hit,) = tagged.find.sources("北海")
    assert (hit.source.id, hit.excerpts) == (cable.id, 1)
    assert len(tagged.find.sources("")) == 2
    assert tagged.find.sources("Harbour strike") == ()


def test_ids_may_be_shortened_while_they_are_clear(tagged: Desk, port: Source, cable: Source) -> None:
    assert tagged.find.one("source", port.id) == port.id
    common = next(port.id[:n] for n in range(36, 0, -1) if cable.id.startswith(port.id[:n]))
    assert tagged.find.one("source", port.id[: len(common) + 1]) == port.id
    with pytest.raises(InputError, match="fits more than one"):
        tagged.find.one("source", common)
    with pytest.raises(InputError, match="list them with `briefer search`"):
        tagged.find.one("excerpt", "ffff")


def test_a_malformed_query_is_refused_everywhere(desk: Desk) -> None:
    for ask in (desk.find.excerpts, desk.find.facets, desk.find.sources, desk.find.coverage):
        with pytest.raises(UsageError, match="not understood at character"):
            ask("after:soon")
