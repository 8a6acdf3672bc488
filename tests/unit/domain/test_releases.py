"""What may be released of a brief at a ceiling, and what of it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from briefer.domain.briefs import Block, Brief
from briefer.domain.excerpts import Excerpt
from briefer.domain.findings import Waiver
from briefer.domain.markings import MarkingLevel, MarkingScheme
from briefer.domain.releases import Release, by_section, released
from briefer.domain.repeats import read
from briefer.domain.sources import Source
from briefer.errors import UsageError
from briefer.markup import MarkdownMarkup
from tests.unit.factories import (
    make_brief,
    make_excerpt,
    make_section,
    make_snapshot,
    make_source,
    prose,
    quotation,
)

UK = MarkingScheme(
    "uk",
    "UK",
    (MarkingLevel("o", "OFFICIAL", 1), MarkingLevel("s", "SECRET", 2), MarkingLevel("t", "TOP", 3)),
)
TLP = MarkingScheme("tlp", "TLP", (MarkingLevel("red", "TLP:RED", 1),))


@dataclass
class Desk:
    """Excerpts and sources by id."""

    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    captures: dict[str, str] = field(default_factory=dict)

    def excerpt(self, words: str, marking: str | None = None, **changes: Any) -> str:
        source = make_source(
            title=changes.pop("title", f"Report of {words}"), marking=changes.pop("source", None)
        )
        source = replace(source, **changes.pop("facts", {}))
        self.captures[source.id] = text = changes.pop("text", words)
        snapshot = make_snapshot(source, text)
        made = make_excerpt(snapshot, words, marking=marking, **changes)
        self.sources[source.id], self.excerpts[made.id] = source, made
        return made.id

    def release(self, brief: Brief, ceiling: str = "uk/o") -> Release:
        return released(
            brief,
            self.excerpts,
            self.sources,
            ceiling,
            (UK, TLP),
            title="Meeting brief",
            read=lambda markdown: read(MarkdownMarkup().blocks(markdown)),
            captures=self.captures,
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def texts(release: Release) -> list[str]:
    return [block.excerpt_id or block.markdown for _, block in release.brief.blocks()]


def told(release: Release) -> list[str]:
    return [portion.what for portion in release.left_out]


def test_excerpts_above_the_ceiling_are_left_out_with_their_sources(desk: Desk) -> None:
    low = desk.excerpt("Ports agree on spare parts for cranes.", "uk/o")
    high = desk.excerpt("The gearboxes come from one factory.", "uk/s")
    of_source = desk.excerpt("The factory has no other owner.", source="uk/t")
    told_lower = desk.excerpt("Its owner is a widow of eighty.", "uk/o", source="uk/s")
    other = desk.excerpt("She has no children who would inherit.", "TLP:RED")
    brief = make_brief(*map(quotation, (low, high, of_source, told_lower, other)), marking="uk/t")
    found = desk.release(brief)
    assert texts(found) == [low]
    assert (found.brief.marking, list(found.excerpts)) == ("uk/o", [low])
    assert [source.title for source in found.sources.values()] == [
        "Report of Ports agree on spare parts for cranes."
    ]
    assert told(found) == ["a quotation under “Background”"] * 4
    assert len(texts(desk.release(brief, "uk/s"))) == 3


def test_text_without_a_marking_goes_with_what_it_cites(desk: Desk) -> None:
    low, high = (
        desk.excerpt("Ports agree on spare parts.", "uk/o"),
        desk.excerpt("One factory makes them.", "uk/s"),
    )
    brief = make_brief(
        prose(f"Nothing is marked here [@{low}]."),
        prose(f"The parts come from one place [@{high}]."),
        replace(prose(f"Judged to be fine [see @{low}; @{high}, p. 3] and so on [@{high}]."), marking="uk/o"),
        replace(prose("Not fine."), marking="uk/s"),
    )
    found = desk.release(brief)
    assert texts(found) == [f"Nothing is marked here [@{low}].", f"Judged to be fine [see @{low}] and so on."]
    assert told(found) == [
        "a text under “Background”",
        "a citation in a text under “Background”",
        "a text under “Background”",
    ]
    assert [portion.what for portion in found.unmarked] == ["the title", "a text under “Background”"]


@pytest.mark.parametrize(
    "text",
    [
        "It is said that “one FACTORY makes the gearboxes” there.",
        "See the Report on the  gearboxes for more.",
        "部品は一社だけが製造している。",
        "The minister doubts that they can.",
    ],
)
def test_words_of_what_is_left_out_do_not_stay_in_other_texts(desk: Desk, text: str) -> None:
    desk.excerpt(
        "One factory makes the gearboxes",
        "uk/s",
        title="Report on the gearboxes",
        translation="部品は一社だけが製造している",
        comment="The minister doubts that they can",
    )
    block = replace(prose(text), marking="uk/o")
    assert texts(desk.release(make_brief(block))) == []
    quoting = desk.excerpt(text, "uk/o", title="Another")
    assert texts(desk.release(make_brief(quotation(quoting)))) == []
    heading = make_brief(sections=(make_section(prose("Fine."), heading=text),))
    assert desk.release(heading).brief.sections == ()
    assert desk.release(make_brief(title=text)).brief.title == "Meeting brief"
    commented = desk.excerpt("Ports agree on something else.", "uk/o", comment=text)
    assert desk.release(make_brief(quotation(commented))).excerpts[commented].comment == ""


def test_an_excerpt_with_a_marking_that_fits_goes_only_for_the_whole(desk: Desk) -> None:
    words = "The spare gearboxes are stored in a quarry near Salem"
    desk.excerpt(words, "uk/s", title="Where they are")
    part = "Spare gearboxes are stored in a quarry, he said."
    marked = desk.excerpt(part, "uk/o", title="One")
    unmarked = desk.excerpt(f"He: {part}", title="Two")
    whole = desk.excerpt(f"He said: {words}.", "uk/o", title="Three")
    text = "So spare gearboxes are stored in a quarry; near Salem, all of it."
    found = desk.release(make_brief(*map(quotation, (marked, unmarked, whole)), prose(text)))
    assert texts(found) == [marked]
    assert [portion.repeats for portion in found.left_out] == ["Where they are"] * 3
    commented = desk.excerpt("Ships come and go.", "uk/o", comment=words)
    found = desk.release(make_brief(quotation(commented)))
    assert [portion.repeats for portion in found.left_out] == ["Where they are"]


def test_words_of_marked_titles_and_texts_do_not_stay_elsewhere(desk: Desk) -> None:
    text = "Our own plan is to buy a quarry of our own"
    sections = (
        make_section(prose("Fine."), heading="First", marking="uk/s"),
        make_section(prose(text), heading="Deeper", level=2),
        make_section(
            prose(f"We say: *{text.upper()}*"), prose("See Plans for a Quarry in Wales"), heading="Last"
        ),
    )
    brief = make_brief(sections=sections, title="Plans for a quarry in Wales", title_marking="uk/s")
    found = desk.release(brief)
    assert texts(found) == []
    assert [p.repeats for p in found.left_out if p.repeats] == [
        "a text under “Deeper”",
        "Plans for a quarry in Wales",
    ]


def test_words_of_a_source_that_stays_give_nothing_away(desk: Desk) -> None:
    high, low = (
        desk.excerpt("One factory makes them.", "uk/s"),
        desk.excerpt("The ports agree on it.", "uk/o"),
    )
    owner = desk.excerpts[low].source_id
    desk.excerpts[high] = replace(desk.excerpts[high], source_id=owner)
    text = f"{desk.sources[owner].title}, as it says"
    assert texts(desk.release(make_brief(prose(text), quotation(low)))) == [text, low]


def test_a_section_goes_with_all_that_is_under_it(desk: Desk) -> None:
    sections = (
        make_section(prose("One."), heading="First"),
        make_section(prose("Two."), prose(" "), heading="Second", marking="uk/s"),
        make_section(prose("Three."), heading="Deeper", level=2),
        make_section(prose("Four."), heading="Last", marking="uk/o"),
    )
    found = desk.release(make_brief(sections=sections))
    assert [section.heading for section in found.brief.sections] == ["First", "Last"]
    assert by_section(make_brief(sections=sections), found.left_out) == (("Second", 2), ("Deeper", 2))


def test_the_head_of_a_brief_can_be_above_the_ceiling(desk: Desk) -> None:
    brief = make_brief(
        prose("Text."),
        title="On the gearboxes",
        audience="Minister",
        author="A. Author",
        meeting_date="2026-03-01",
    )
    found = desk.release(replace(brief, title_marking="uk/s")).brief
    assert (found.title, found.audience, found.author, found.meeting_date) == ("Meeting brief", "", "", None)
    kept = desk.release(replace(brief, title_marking="uk/o"))
    assert (kept.brief.title, kept.brief.audience) == ("On the gearboxes", "Minister")
    assert [portion.what for portion in kept.unmarked] == ["a text under “Background”"]
    assert by_section(brief, desk.release(replace(brief, title_marking="uk/s")).left_out) == (("", 1),)


def test_comments_have_markings_of_their_own(desk: Desk) -> None:
    commented = desk.excerpt("Ports agree on parts.", "uk/o", comment="Doubtful.", comment_marking="uk/s")
    cited = desk.excerpt("Cranes are late again.", "uk/o", comment="Ask.", comment_marking="uk/s")
    fine = desk.excerpt("Nothing is to be done.", "uk/o", comment="Good.")
    found = desk.release(make_brief(quotation(commented), prose(f"So it is [@{cited}]."), quotation(fine)))
    assert [found.excerpts[i].comment for i in (commented, cited, fine)] == ["", "", "Good."]
    assert told(found) == [
        "the comment on an excerpt of “Report of Ports agree on parts.”",
        "the comment on an excerpt of “Report of Cranes are late again.”",
    ]


def test_what_is_missing_stays_missing_and_waivers_stay_at_home(desk: Desk) -> None:
    gone = Block("1", quotation("none").kind, excerpt_id="none")
    brief = make_brief(gone, prose(""), waivers=(Waiver("stale", "Old.", "It may stay."),))
    found = desk.release(brief)
    assert [block.id for _, block in found.brief.blocks()] == ["1", brief.sections[0].blocks[1].id]
    assert found.brief.waivers == ()
    assert found.left_out == ()


def test_a_source_that_is_missing_may_be_anything(desk: Desk) -> None:
    lone = desk.excerpt("Ports agree on spare parts.", "uk/o")
    desk.sources.clear()
    assert texts(desk.release(make_brief(quotation(lone)))) == []


def test_a_ceiling_is_a_level(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no level"):
        desk.release(make_brief(prose("Text.")), "uk/none")


def test_what_superseded_a_source_is_not_named_where_it_is_left_out(desk: Desk) -> None:
    secret = desk.excerpt("The depots are half empty.", source="uk/s", title="Depots")
    newer = desk.excerpt("The wharves are quite full.", "uk/o", title="Wharves")
    kept = [
        desk.excerpt(
            f"Paper {n} counts the cranes.", "uk/o", facts={"flags": ("AI-written", f"superseded by {by}")}
        )
        for n, by in enumerate(("Depots", "Wharves", desk.excerpts[secret].source_id))
    ]
    section = make_section(*(quotation(i) for i in (secret, newer, *kept)), marking="uk/o")
    release = desk.release(make_brief(sections=(section,)))
    flags = [release.sources[desk.excerpts[i].source_id].flags for i in kept]
    assert flags == [
        ("AI-written", "superseded"),
        ("AI-written", "superseded by Wharves"),
        ("AI-written", "superseded"),
    ]
    told_of = "what the source “Report of Paper {} counts the cranes.” was superseded by"
    assert [what for what in told(release) if "superseded" in what] == [told_of.format(0), told_of.format(2)]


def test_no_sentence_of_a_capture_above_the_ceiling_stays(desk: Desk) -> None:
    public = "The ministers met in the old town hall on Monday morning."
    unquoted = "Nobody has told the unions about the third closure yet."
    high = desk.excerpt(
        "The gearboxes come from one factory.",
        source="uk/s",
        text=f"The gearboxes come from one factory. {unquoted} {public}",
    )
    low = desk.excerpt("Ports agree on parts.", "uk/o", text=f"Ports agree on parts. {public}")
    section = make_section(quotation(high), quotation(low), prose(unquoted), prose(public))
    assert texts(desk.release(make_brief(sections=(section,)))) == [low, public]


@pytest.mark.parametrize(
    "words",
    [
        "Said Okafor, Ada.",
        "Said OKAFOR Ada.",
        "Said A. Okafor.",
        "See [it](https://doi.org/10.5555/port.7).",
        "doi:10.5555/port.7",
    ],
)
def test_authors_with_the_family_name_first_and_a_doi_give_a_source_away(desk: Desk, words: str) -> None:
    facts = {"authors": ("Ada Okafor",), "extra": {"DOI": "10.5555/port.7"}}
    high = desk.excerpt("The gearboxes come from one factory.", source="uk/s", facts=facts)
    section = make_section(
        quotation(high), prose(words), prose("Okafor is common; 10.5555/port.8 is another.")
    )
    assert texts(desk.release(make_brief(sections=(section,)))) == [
        "Okafor is common; 10.5555/port.8 is another."
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The gear\u200bboxes for all the cra\u200bnes come from one factory.",
        "The\u200bgearboxes\u200bfor\u200ball\u200bthe\u200bcranes come.",
    ],
)
def test_blanks_without_width_hide_nothing(desk: Desk, words: str) -> None:
    high = desk.excerpt("The gearboxes for all the cranes come from one factory.", "uk/s")
    assert texts(desk.release(make_brief(quotation(high), prose(words)))) == []
