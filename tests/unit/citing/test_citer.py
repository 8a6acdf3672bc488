from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefer.citing import CslCiter
from briefer.domain.dates import Basis, Dating
from briefer.domain.documents import Inlines, Run, plain_text
from briefer.domain.sources import Source
from briefer.errors import InputError, UsageError
from briefer.services.ports import Cite
from tests.unit.factories import make_source

STYLE = "chicago-notes"


def article(**changes: Any) -> Source:
    return make_source(**{"language": "en", "url": "https://example.org/a?x=1&y=2", **changes})


def cited(citer: CslCiter, source: Source, style: str = STYLE, language: str = "en", **more: str) -> str:
    found = citer.cited([[Cite(source, **more)]], style=style, language=language)
    return plain_text(found.citations[0])


def entry(citer: CslCiter, source: Source, style: str = STYLE, language: str = "en") -> str:
    (found,) = citer.cited([], [source], style=style, language=language).entries
    assert found.source == source
    return plain_text(found.inlines)


def runs(inlines: Inlines) -> list[Run]:
    return [i for i in inlines if isinstance(i, Run)]


def test_a_note_in_full(citer: CslCiter) -> None:
    assert cited(citer, article(), locator="3", label="paragraph") == (
        "Anna Müller and Ken Sato, “Germany Widens Its Chip Export Controls,” Example Times, December 17, 2025, "
        "para. 3, https://example.org/a?x=1&y=2."
    )


def test_formats_and_links_become_runs(citer: CslCiter) -> None:
    (note,) = citer.cited([[Cite(article())]], style=STYLE, language="en").citations
    assert Run("Example Times", italic=True) in note
    address = "https://example.org/a?x=1&y=2"
    assert Run(address, link=address) in note


def test_later_notes_are_short(citer: CslCiter) -> None:
    source = article()
    first, second = citer.cited([[Cite(source)], [Cite(source, "5")]], style=STYLE, language="en").citations
    assert len(plain_text(first)) > 100
    assert plain_text(second) == "Müller and Sato, “Germany Widens Its Chip Export Controls,” 5."


def test_prefixes_begin_a_note_with_a_capital(citer: CslCiter) -> None:
    other = article(title="Ports agree", authors=())
    cites = [Cite(article(), prefix="see"), Cite(other, prefix="but compare", suffix="with reservations")]
    (note,) = citer.cited([cites], style=STYLE, language="en").citations
    text = plain_text(note)
    assert text.startswith("See Anna Müller")
    assert "; but compare “Ports Agree,”" in text or "; but compare Ports Agree," in text
    assert text.endswith(", with reservations.")
    (in_text,) = citer.cited([cites[:1]], style="apa", language="en").citations
    assert plain_text(in_text) == "(see Müller & Sato, 2025)"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_style_formats_every_kind(citer: CslCiter, language: str) -> None:
    kinds = ("article-newspaper", "report", "webpage", "broadcast", "treaty", "personal_communication", "odd")
    sources = [article(kind=kind, title=f"Title of a {kind}") for kind in kinds]
    clusters = [[Cite(source, "2", "paragraph")] for source in sources]
    for style in (known.name for known in citer.styles()):
        found = citer.cited(clusters, style=style, language=language)
        assert all(map(plain_text, found.citations)), style
        assert len(found.entries) == len(kinds), style
        texts = " ".join(map(plain_text, (*found.citations, *(e.inlines for e in found.entries))))
        assert "NO_PRINTED_FORM" not in texts, style
        assert "STYLE ERROR" not in texts, style


def test_what_is_not_known_is_not_made_up(citer: CslCiter) -> None:
    bare = Source(id="s", title="Bare", created_at=article().created_at, authors=(" ",))
    assert cited(citer, bare) == "“Bare,” n.d."
    assert cited(citer, bare, "apa") == "(Bare, n.d.)"
    assert cited(citer, bare, "oscola") == "‘Bare’."


@pytest.mark.parametrize(
    ("style", "form"),
    [(STYLE, "[December 17, 2025?]"), ("ieee", "[Dec. 17, 2025]"), ("oscola", "[17 December 2025]")],
)
def test_a_date_that_is_not_stated_is_marked(citer: CslCiter, style: str, form: str) -> None:
    source = article(published=None)
    source = replace(source, published=Dating("2025-12-17", None, Basis.INFERRED))
    assert form in entry(citer, source, style)
    assert form not in entry(citer, article(), style)


def test_where_it_was_reproduced_is_said_once(citer: CslCiter) -> None:
    source = article(container="Asia Mirror")
    found = citer.cited([[Cite(source)], [Cite(source)]], style=STYLE, language="en")
    first, second = map(plain_text, found.citations)
    assert "Example Times" in first
    assert first.endswith(", reproduced on Asia Mirror.")
    assert "Asia Mirror" not in second
    assert plain_text(found.entries[0].inlines).endswith(" Reproduced on Asia Mirror.")
    japanese = entry(citer, source, language="ja")
    assert japanese.endswith("Asia Mirrorに転載。")
    nameless = entry(citer, article(container="Asia Mirror", publisher=None))
    assert nameless.count("Asia Mirror") == 1
    journal = article(kind="article-journal", container="Journal of Ports", publisher="A Press")
    assert "eproduced" not in entry(citer, journal)
    assert "Journal of Ports" in entry(citer, journal)


def test_warnings_stand_in_each_note_and_in_the_list(citer: CslCiter) -> None:
    source = article(flags=("withdrawn", "AI written", "seen", "superseded by: Second paper"))
    found = citer.cited([[Cite(source)], [Cite(source)]], style=STYLE, language="en")
    words = "withdrawn; AI-written; superseded by Second paper"
    assert all(plain_text(note).endswith(f" ({words}).") for note in found.citations)
    assert plain_text(found.entries[0].inlines).endswith(f" W{words[1:]}.")
    assert "（撤回済み、AIによる執筆、Second paperに改訂）" in cited(citer, source, language="ja")
    assert entry(citer, article(flags=("superseded",))).endswith(" Superseded.")


def test_a_corporate_author_is_not_named_twice(citer: CslCiter) -> None:
    report = article(kind="report", authors=("Ministry of Ports",), publisher="Ministry of Ports")
    assert entry(citer, report, "apa").count("Ministry of Ports") == 1


def test_what_users_write_stays_text(citer: CslCiter) -> None:
    source = article(
        title='=cmd|"/c calc" & <script>x</script>\x00\ud800\n海',
        authors=("</r><x>",),
        publisher="<!-- y -->",
        url='https://example.org/"><b>',
    )
    for style in ("apa", STYLE, "ama"):
        text = entry(citer, source, style)
        assert "=cmd|" in text
        assert "<x>" in text
        assert "\x00" not in text


def test_readings_sort(citer: CslCiter) -> None:
    one = article(authors=("一宮",), title="題", language="ja", extra={"custom": {"reading": "わ"}})
    two = article(authors=("龍田",), title="題", language="ja", extra={"custom": {"reading": "あ"}})
    untitled = article(authors=(), publisher=None, title="一覧", language="ja", extra={"reading": "さ"})
    found = citer.cited([], [one, two, untitled], style=STYLE, language="ja").entries
    assert [plain_text(e.inlines).lstrip("「")[:2] for e in found] == ["龍田", "一覧", "一宮"]


def test_japanese_stretches_are_marked_in_english(citer: CslCiter) -> None:
    (note,) = citer.cited([[Cite(article(title="港の話"))]], style=STYLE, language="en").citations
    assert any(run.language == "ja" and "港の話" in run.text for run in runs(note))


def test_a_changed_source_is_formatted_as_it_is_now(citer: CslCiter) -> None:
    source = article()
    assert "Germany Widens" in cited(citer, source)
    assert "Spain Widens" in cited(citer, replace(source, title="Spain widens"))


def test_empty_citations_keep_their_place(citer: CslCiter) -> None:
    found = citer.cited([[], [Cite(article())], []], style=STYLE, language="en").citations
    assert [bool(text) for text in found] == [False, True, False]


def test_an_unknown_style_is_told(citer: CslCiter) -> None:
    with pytest.raises(UsageError, match="choose one of: chicago-notes"):
        citer.cited([], style="tabloid", language="en")


def test_a_style_that_throws_is_told_and_leaves_the_citer_whole(citer: CslCiter, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csl"
    bad.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info/>'
        '<citation><layout><names variable="author"><name form="odd" and="neither"/><label form="x"/></names>'
        '<date variable="issued" form="none"/><text term="unknown-term"/></layout></citation>'
        '<bibliography><layout><choose><if position="sometime" is-numeric="x"/></choose></layout></bibliography>'
        "</style>",
        "utf-8",
    )
    with pytest.raises(InputError, match="cannot be used as a citation style"):
        citer.cited([[Cite(article())]], style=str(bad), language="en")
    assert cited(citer, article())


def test_it_may_be_used_from_several_threads_and_after_closing() -> None:
    citer = CslCiter()
    source = article()
    try:
        with ThreadPoolExecutor(4) as pool:
            texts = set(pool.map(lambda _: cited(citer, source, "ieee"), range(12)))
        assert texts == {"[1]"}
        citer.close()
        citer.close()
        for style in ("ieee", "ama", "oscola", "apa", "mla", "ieee"):
            assert cited(citer, source, style)
        assert len(citer._engines) == 4
    finally:
        citer.close()


def test_without_the_processor_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.assets.resources", lambda: tmp_path)
    with pytest.raises(InputError, match="build or install Briefer anew"):
        CslCiter().cited([], style=STYLE, language="en")


@pytest.mark.parametrize("style", [STYLE, "apa", "ieee"])
def test_a_kept_document_reads_as_one_formatted_from_cold(citer: CslCiter, style: str) -> None:
    sources = [
        article(title=f"Title {n % 5}", authors=(("Asha Menon", "Ken Sato")[n % 2],)) for n in range(12)
    ]
    clusters = [[Cite(sources[n * 7 % 12], str(n), prefix="see" if n % 3 else "")] for n in range(30)]
    steps = [clusters, [*clusters[:9], [Cite(sources[3], "99")], *clusters[9:]], clusters[1:], clusters[::-1]]
    for step in steps:
        fresh = CslCiter()
        try:
            wanted = fresh.cited(step, sources, style=style, language="en")
        finally:
            fresh.close()
        assert citer.cited(step, sources, style=style, language="en") == wanted
