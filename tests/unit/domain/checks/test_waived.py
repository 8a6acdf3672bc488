"""What is let pass is let pass for its words: other words, or another marking, are asked about again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.domain.briefs import Block, BlockKind
from briefer.domain.editing import unwaive, waive
from briefer.domain.findings import Finding, Waiver, digest_of
from tests.unit.domain.checks.conftest import Bench
from tests.unit.factories import make_brief

LONG = (
    "The ministers of the two countries met at the port on Tuesday evening and agreed that the ban on parts"
)


def waiver_of(found: Finding) -> Waiver:
    return Waiver(found.check, found.message, "It may stay.", digest=found.digest)


def only(bench: Bench, check: str) -> Finding:
    (found,) = (f for f in bench.found() if f.check == check)
    return found


def again(bench: Bench, check: str, *blocks: str | Block, **section: str) -> Finding:
    """Return what is found where a brief has other words in the place of those that it had."""
    bench.sections.clear()
    bench.section(*blocks, **section)
    return only(bench, check)


@pytest.mark.parametrize(
    ("check", "frame"),
    [
        ("quote-altered", "They said “{}” there [@{own}]."),
        ("no-source", "{}, as 40 firms reported."),
        ("confidence-likelihood", "{} would likely end, in which there is high confidence."),
    ],
)
def test_words_beyond_those_that_a_message_shows_count(bench: Bench, check: str, frame: str) -> None:
    own = bench.excerpt()
    lifted, kept = (frame.replace("{}", f"{LONG} {end}").replace("{own}", own) for end in ("ends", "stays"))
    bench.section(f">{own}", lifted)
    passed = only(bench, check)
    other = again(bench, check, f">{own}", kept)
    if check != "confidence-likelihood":
        assert passed.message == other.message
    assert waiver_of(passed).covers(passed)
    assert not waiver_of(passed).covers(other)


def test_the_same_words_stay_covered_where_they_are_moved_to(bench: Bench) -> None:
    own = bench.excerpt()
    words = f"They said “{LONG} ends” there [@{own}]."
    bench.section(words)
    passed = only(bench, "quote-altered")
    bench.sections.clear()
    bench.section("Nothing here.")
    bench.section("We agree.\n\n" + words + " So we ask for more.")
    moved = only(bench, "quote-altered")
    assert moved.section != passed.section
    assert waiver_of(passed).covers(moved)


def test_what_the_source_says_counts_too(bench: Bench) -> None:
    first, second = bench.excerpt(), bench.excerpt(text="Another text of another source altogether.")
    bench.section(f"They said “{LONG}” there [@{first}].")
    passed = only(bench, "quote-altered")
    assert not waiver_of(passed).covers(again(bench, "quote-altered", f"They said “{LONG}” [@{second}]."))


def test_sources_of_one_title_are_not_one(bench: Bench) -> None:
    one, other = (bench.source(title="Briefing", flags=("withdrawn",)) for _ in range(2))
    bench.section(f">{bench.excerpt(one)}")
    passed = only(bench, "withdrawn")
    found = again(bench, "withdrawn", f">{bench.excerpt(other)}")
    assert found.message == passed.message
    assert not waiver_of(passed).covers(found)
    bench.section(f">{bench.excerpt(one)}")
    assert [f.check for f in bench.found()].count("withdrawn") == 2


def test_a_key_message_that_rests_on_one_source_is_waived_for_its_words(bench: Bench) -> None:
    own = bench.excerpt()
    port = "The port at the end of the long road to the sea"
    bench.section(f"{port} will open soon [@{own}].", kind="ask")
    passed = only(bench, "single-source")
    found = again(bench, "single-source", f"{port} will never open [@{own}].", kind="ask")
    assert found.message == passed.message
    assert not waiver_of(passed).covers(found)


def secret(text: str, marking: str = "uk/secret") -> Block:
    return Block("b", BlockKind.PROSE, text, marking=marking)


def low(bench: Bench, *blocks: Block, marking: str = "uk/official") -> Finding:
    bench.changes["marking"] = marking
    return again(bench, "marking-below", *blocks, f">{bench.excerpt()}")


def test_a_low_marking_is_waived_for_the_portions_that_are_above_it(bench: Bench) -> None:
    passed = waiver_of(low(bench, secret("The harbour is mined.")))
    same = low(bench, secret("The harbour is mined."))
    assert passed.message == same.message
    assert passed.covers(same)
    assert not passed.covers(low(bench, secret("The harbour is open.")))
    assert not passed.covers(low(bench, secret("The harbour is mined."), marking="none such"))
    assert passed.covers(
        low(bench, secret("The harbour is mined."), replace(secret("Fine.", "uk/official"), id="c"))
    )


@pytest.mark.parametrize("same", [True, False])
def test_the_quotations_in_a_section_count_for_its_marking(bench: Bench, same: bool) -> None:
    bench.changes["marking"] = "uk/official"
    one, other = bench.excerpt(), bench.excerpt(text="No convoy left.")
    bench.section(f">{one}", "And so on.", marking="uk/secret")
    passed = waiver_of(only(bench, "marking-below"))
    bench.sections.clear()
    bench.section(f">{one if same else other}", "And so on.", marking="uk/secret", heading="Heading 1")
    assert passed.covers(only(bench, "marking-below")) is same


def test_the_words_of_an_excerpt_count_for_its_marking(bench: Bench) -> None:
    bench.changes["marking"] = "uk/official"
    source = bench.source()
    one, other = (bench.excerpt(source, f"{n} convoys left.", marking="uk/secret") for n in ("No", "All"))
    passed = again(bench, "marking-below", f">{one}")
    found = again(bench, "marking-below", f">{other}")
    assert passed.message == found.message
    assert not waiver_of(passed).covers(found)


def test_a_waiver_of_older_making_holds_where_the_message_says_all(bench: Bench) -> None:
    bench.changes["marking"] = ""
    own = bench.excerpt()
    bench.section(f"They said “{LONG} ends” there [@{own}].")
    unmarked, altered = only(bench, "no-marking"), only(bench, "quote-altered")
    assert Waiver("no-marking", unmarked.message, "For the file").covers(unmarked)
    assert not Waiver("quote-altered", altered.message, "For the file").covers(altered)


def test_waivers_of_words_that_begin_alike_stand_side_by_side() -> None:
    one, other = (Waiver("no-source", "No source for: A", "r", digest=digest) for digest in ("1", "2"))
    older = Waiver("no-source", "No source for: A", "older")
    brief = waive(replace(make_brief(), waivers=(older,)), [one])
    assert brief.waivers == (one,)
    brief = waive(brief, [other])
    assert brief.waivers == (one, other)
    assert unwaive(brief, one).waivers == (other,)


def test_words_do_not_pass_from_one_text_into_the_next() -> None:
    assert digest_of() == ""
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert len(digest_of("\ud800")) == 32
