"""What the entries of a source list tell besides: agency, day of access, the archived copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.citing import CslCiter
from briefer.domain.documents import Inlines, Run, plain_text
from briefer.domain.sources import Source
from briefer.services.ports import Cite, Told
from tests.unit.citing.test_citer import STYLE, article

DIGEST = "0123456789abcdef" * 4
ALL = Told(wire=True, accessed=True, archived=True)


def entry(
    citer: CslCiter, source: Source, told: Told = ALL, style: str = STYLE, language: str = "en"
) -> Inlines:
    (found,) = citer.cited([[Cite(source)]], style=style, language=language, told=told).entries
    return found.inlines


def full(**changes: object) -> Source:
    return article(**{"wire": "Harbour Press", "accessed": "2026-03-04", "sha256": DIGEST, **changes})


def test_agency_access_and_archived_copy_are_told_when_asked_for(citer: CslCiter) -> None:
    inlines = entry(citer, full())
    assert plain_text(inlines).endswith(
        f"&y=2. Agency text from Harbour Press. Accessed March 4, 2026. Archived copy: SHA-256 {DIGEST}."
    )
    assert Run(DIGEST, code=True) in inlines
    plain = plain_text(entry(citer, full(), Told()))
    assert plain_text(inlines).startswith(plain)
    assert plain.endswith("&y=2.")


def test_each_by_itself(citer: CslCiter) -> None:
    source = full()
    texts = [
        plain_text(entry(citer, source, Told(**{name: True}))) for name in ("wire", "accessed", "archived")
    ]
    words = ("Agency text", "Accessed", "Archived copy")
    assert [[word in text for word in words] for text in texts] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_they_follow_warnings_and_the_place_of_reproduction(citer: CslCiter) -> None:
    source = full(container="Asia Mirror", flags=("withdrawn",))
    assert ". Withdrawn. Reproduced on Asia Mirror. Agency text from" in plain_text(entry(citer, source))


def test_what_is_not_known_is_not_told(citer: CslCiter) -> None:
    source = full(wire=None, accessed=None, sha256=None)
    assert plain_text(entry(citer, source)) == plain_text(entry(citer, source, Told()))


def test_the_day_as_the_locale_writes_it(citer: CslCiter) -> None:
    told = Told(accessed=True)
    assert "Accessed 4 March 2026." in plain_text(entry(citer, full(), told, language="en-GB"))
    assert "Accessed spring." in plain_text(entry(citer, full(accessed="spring"), told))
    assert "Accessed March 2026." in plain_text(entry(citer, full(accessed="2026-03"), told))


def test_japanese(citer: CslCiter) -> None:
    text = plain_text(entry(citer, full(), language="ja"))
    assert text.endswith(f"配信：Harbour Press。2026年3月4日閲覧。保存した写しのSHA-256：{DIGEST}。")


@pytest.mark.parametrize(
    ("style", "told_by_style"),
    [("harvard", True), ("oscola", True), ("sist02", True), ("nlm", True), ("apa", False), (STYLE, False)],
)
def test_an_access_that_the_style_tells_is_not_told_twice(
    citer: CslCiter,
    style: str,
    told_by_style: bool,
) -> None:
    source = full(accessed="2027-10-21")
    without = plain_text(entry(citer, source, Told(), style))
    text = plain_text(entry(citer, source, Told(accessed=True), style))
    assert ("2027" in without) is told_by_style
    assert (text == without) is told_by_style
    assert text.count("2027") == 1


def test_an_agency_that_the_entry_names_is_not_named_again(citer: CslCiter) -> None:
    source = full(publisher="Harbour Press", container=None)
    assert "Agency text" not in plain_text(entry(citer, source))


def test_the_digest_says_nothing_in_notes(citer: CslCiter) -> None:
    found = citer.cited([[Cite(full())]], style=STYLE, language="en", told=ALL)
    assert "Archived" not in plain_text(found.citations[0])
    assert "Harbour Press" not in plain_text(found.citations[0])


def test_what_is_kept_is_made_anew_when_a_source_changes(citer: CslCiter) -> None:
    source = full()
    before = citer.cited([[Cite(source)], [Cite(source)]], style=STYLE, language="en", told=ALL)
    again = citer.cited([[Cite(source)], [Cite(source)]], style=STYLE, language="en", told=ALL)
    assert again == before
    # None of these is a variable of the style's: only what stands behind the citation tells them.
    changed = replace(
        source, flags=("withdrawn",), sha256="f" * 64, wire="Other Press", container="Asia Mirror"
    )
    after = citer.cited([[Cite(changed)], [Cite(changed)]], style=STYLE, language="en", told=ALL)
    assert all("(withdrawn)" in plain_text(note) for note in after.citations)
    assert "reproduced on Asia Mirror" in plain_text(after.citations[0])
    text = plain_text(after.entries[0].inlines)
    assert all(words in text for words in ("Withdrawn", "Other Press", "f" * 64, "Asia Mirror"))
    assert after.entries[0].source == changed
    plain = citer.cited([[Cite(changed)]], style=STYLE, language="en")
    assert "Other Press" not in plain_text(plain.entries[0].inlines)
