from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.citations import (
    CITATION,
    between_citations,
    cited_ids,
    parse_citation,
    place_in,
    without_citations,
)
from briefer.domain.documents import Citation, CitedExcerpt

ID = "0198f3a2-7c1e-7b44-9d3a-5e6f7a8b9c0d"


@pytest.mark.parametrize(
    ("inside", "cited"),
    [
        ("@abcd1234", [CitedExcerpt("abcd1234")]),
        (f"@{ID}", [CitedExcerpt(ID)]),
        ("see @abcd1234, p. 3", [CitedExcerpt("abcd1234", "see", "p. 3")]),
        ("@abcd1234 p. 3", [CitedExcerpt("abcd1234", "", "p. 3")]),
        ("  see\n also @abcd ,\tp. 3 ", [CitedExcerpt("abcd", "see also", "p. 3")]),
        ("see @abcd, p. 3; @efgh", [CitedExcerpt("abcd", "see", "p. 3"), CitedExcerpt("efgh")]),
        ("参照@abcd、第3段落", None),
        ("参照 @abcd、第3段落", [CitedExcerpt("abcd", "参照", "、第3段落")]),
    ],
)
def test_what_a_citation_says(inside: str, cited: list[CitedExcerpt] | None) -> None:
    assert parse_citation(inside) == (Citation(tuple(cited)) if cited else None)


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "see p. 3",
        "@abc",
        f"@{ID}0",
        "@ab_d",
        "office@example",
        "@abcd @efgh",
        "@abcd;",
        "@abcd; see p. 3",
    ],
)
def test_what_is_no_citation(inside: str) -> None:
    assert parse_citation(inside) is None


@pytest.mark.parametrize(
    ("markdown", "ids"),
    [
        ("One [@abcd] and [see @efgh; @ijkl, p. 2].", ("abcd", "efgh", "ijkl")),
        ("Twice [@abcd] [@abcd]", ("abcd", "abcd")),
        ("[outer [@abcd]]", ("abcd",)),
        (r"An escaped \[@abcd]", ()),
        ("[office@example.org] and @abcd alone", ()),
        ("[@abcd; nothing]", ()),
        ("", ()),
    ],
)
def test_ids_are_found_in_order(markdown: str, ids: tuple[str, ...]) -> None:
    assert cited_ids(markdown) == ids


words = st.lists(st.text("abcxyzäé語.3", min_size=1, max_size=6), max_size=3).map(" ".join)
excerpt_ids = st.uuids().map(str) | st.text(string.ascii_letters + string.digits, min_size=4, max_size=12)
cited_excerpts = st.builds(CitedExcerpt, excerpt_ids, words, words)


def written(cited: CitedExcerpt) -> str:
    suffix = f", {cited.suffix}" if cited.suffix else ""
    return f"{cited.prefix} @{cited.excerpt_id}{suffix}".strip()


@given(st.lists(cited_excerpts, min_size=1, max_size=4), words, words)
def test_what_is_written_is_read_back(cited: list[CitedExcerpt], before: str, after: str) -> None:
    markdown = f"{before}[{'; '.join(map(written, cited))}]{after}"
    match = CITATION.search(markdown)
    assert match is not None
    assert parse_citation(match[1]) == Citation(tuple(cited))
    assert cited_ids(markdown) == tuple(c.excerpt_id for c in cited)


@given(st.text("[]@;,\\ abcd1"))
def test_only_ids_that_stand_there_are_found(markdown: str) -> None:
    for excerpt_id in cited_ids(markdown):
        assert f"@{excerpt_id}" in markdown


@pytest.mark.parametrize(
    ("suffix", "found"),
    [
        ("p. 3", ("page", "3", "")),
        ("pp. 3-4, emphasis added", ("page", "3-4", "emphasis added")),
        ("page iv", ("page", "iv", "")),
        ("para. 12", ("paragraph", "12", "")),
        ("paras 3, 5 and elsewhere", ("paragraph", "3, 5", "and elsewhere")),
        ("§ 4.2", ("section", "4.2", "")),
        ("sec. 7", ("section", "7", "")),
        ("ch. 2", ("chapter", "2", "")),
        ("、第3段落", ("paragraph", "3", "")),
        ("12頁、強調は筆者", ("page", "12", "強調は筆者")),
        ("第2章", ("chapter", "2", "")),
        ("", ("", "", "")),
        ("passim", ("", "", "passim")),
        ("emphasis added, p. 3", ("", "", "emphasis added, p. 3")),
        ("section heads differ", ("", "", "section heads differ")),
        ("pages are missing", ("", "", "pages are missing")),
    ],
)
def test_the_place_in_a_suffix(suffix: str, found: tuple[str, str, str]) -> None:
    assert place_in(suffix) == found


@pytest.mark.parametrize(
    ("between", "one"),
    [
        ("", True),
        (" ", True),
        (", ", True),
        ("; ", True),
        ("、", True),
        ("\n", True),
        (",\n", True),
        ("\n\n", False),
        (",,", False),
        (". ", False),
        (" and ", False),
    ],
)
def test_citations_with_no_more_than_a_comma_between_are_one(between: str, one: bool) -> None:
    assert between_citations(between) is one


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ports [@aaaa] [@bbbb].", "Ports [@bbbb]."),
        ("Ports [@bbbb], [@aaaa].", "Ports [@bbbb]."),
        ("Ports [@aaaa], [@bbbb]; [@cccc], [@aaaa] and ships [@aaaa].", "Ports [@bbbb]; [@cccc] and ships."),
        ("Ports [@bbbb][@aaaa; @cccc][@aaaa].", "Ports [@bbbb][@cccc]."),
        ("港[@aaaa]、[@bbbb]。", "港[@bbbb]。"),
        ("Ports [@aaaa], [@aaaa], ships.", "Ports, ships."),
        ("- Ports [@aaaa]\n- Ships [@aaaa] [@bbbb]", "- Ports\n- Ships [@bbbb]"),
        ("| Ports [@aaaa] | Ships [@bbbb], [@aaaa] |", "| Ports | Ships [@bbbb] |"),
        ("[@bbbb] [@bbbb; nothing] [@aaaa]", "[@bbbb] [@bbbb; nothing]"),
        ("[@bbbb],  [@cccc]", "[@bbbb],  [@cccc]"),
    ],
)
def test_what_parted_a_citation_that_is_left_out_goes_with_it(text: str, left: str) -> None:
    assert without_citations(text, "aaaa".__eq__) == left
