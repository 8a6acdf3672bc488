"""Five real articles, as intake reads them and a person completes them, in the styles that briefs use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefer.citing import CslCiter
from briefer.domain.documents import Run, plain_text
from briefer.domain.sources import Source
from briefer.intake import Intake
from briefer.services.ports import Cite, Cited, Taken

ARTICLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "articles"
STYLES = ("chicago-notes", "oscola", "apa", "sist02", "ieee", "tokyo-law")
WHEN = datetime(2026, 1, 5, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the five articles are not at hand (../shared)")


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    files = sorted(ARTICLES.glob("*.txt"))
    found = []
    for outcome in Intake().read([Taken(file.name, file.read_bytes(), WHEN) for file in files]):
        capture = outcome.capture
        assert capture
        source = Source(
            id=outcome.taken.name,
            title=capture.title,
            created_at=WHEN,
            kind=capture.kind,
            authors=capture.authors,
            publisher=capture.publisher,
            container=capture.container,
            published=capture.published,
            event=capture.event,
            language=capture.language,
        )
        found.append(source)
    # What the text does not state, a person enters.
    return [replace(found[0], publisher="Japan News"), *found[1:]]


def cited(citer: CslCiter, sources: list[Source], style: str, language: str = "en") -> Cited:
    return citer.cited([[Cite(s, "3", "paragraph")] for s in sources], style=style, language=language)


def test_the_citations_that_practice_wants(citer: CslCiter, sources: list[Source]) -> None:
    paper = sources[1]
    clusters = [[Cite(sources[0])], [Cite(paper, suffix="Promotion, item 4")]]
    first, second = citer.cited(clusters, style="chicago-notes", language="en").citations
    assert plain_text(first) == f"“{sources[0].title},” Japan News, December 17, 2025."
    assert Run("Japan News", italic=True) in first
    title = paper.title.replace("'", "’")
    # The style gives a report's year where the practice page gives its day: styles win.
    assert plain_text(second) == f"Nakasone Peace Institute, {title} (2025), Promotion, item 4."
    assert any(isinstance(run, Run) and run.italic and run.text == title for run in second)


@pytest.mark.parametrize("language", ["en-GB", "en-US", "ja"])
@pytest.mark.parametrize("style", STYLES)
def test_each_style_in_each_language(
    citer: CslCiter, sources: list[Source], style: str, language: str
) -> None:
    found = cited(citer, sources, style, language)
    texts = [plain_text(text) for text in found.citations]
    listed = [plain_text(entry.inlines) for entry in found.entries]
    assert all("3" in text for text in texts)
    assert {entry.source.id for entry in found.entries} == {source.id for source in sources}
    for text in (*texts, *listed):
        assert "13 hours ago" not in text
        assert not any(mark in text for mark in ("None", "undefined", "<", "..", ",,", "NO_PRINTED"))
    titles = {source.title.casefold().replace("'", "’") for source in sources}
    assert sum(title in entry.casefold() for title in titles for entry in listed) == len(sources)


@pytest.mark.parametrize(
    ("style", "dated", "undated"),
    [
        ("chicago-notes", "December 17, 2025, para. 3.", ",” n.d., para. 3."),
        ("oscola", "’ Japan News (17 December 2025) para 3.", "’ para 3."),
        ("apa", ",” 2025, para. 3)", ", n.d., para. 3)"),
        ("sist02", "(1, para. 3)", "(3, para. 3)"),
        ("ieee", "[1, Para. 3]", "[3, Para. 3]"),
        ("tokyo-law", "」 Japan News (2025)。 para. 3。", "」。 para. 3。"),
    ],
)
def test_dated_and_undated(
    citer: CslCiter, sources: list[Source], style: str, dated: str, undated: str
) -> None:
    texts = [plain_text(text) for text in cited(citer, sources, style).citations]
    assert texts[0].endswith(dated)
    assert texts[2].endswith(undated)


def test_the_article_that_was_reproduced_says_where(citer: CslCiter, sources: list[Source]) -> None:
    (source,) = (source for source in sources if source.container)
    found = citer.cited([[Cite(source)]], style="chicago-notes", language="en")
    note, entry = plain_text(found.citations[0]), plain_text(found.entries[0].inlines)
    assert note.endswith(f",” {source.publisher}, n.d., reproduced on {source.container}.")
    assert entry.endswith(f" n.d. Reproduced on {source.container}.")
