from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefer.domain import likeness as likenesses
from briefer.domain.bookmarks import bookmark_name
from briefer.domain.findings import Level
from briefer.domain.hashing import text_sha256
from briefer.domain.likeness import Likeness, distance, likeness, normal, ratio, window
from briefer.domain.manifests import CitationRecord, Manifest, QuotationRecord
from briefer.domain.returned import Returned, ReturnedDocument, ReturnedNote
from briefer.domain.returned_citations import citation_rows, marking_rows
from briefer.domain.returned_quotations import Body, quotation_rows
from briefer.domain.verification import Row, Shape, Subject, Verdict, Verification, warned

PARTS = "We hold spare parts for cranes in common."
FISH = "The harbour fed its fishermen first."


@pytest.mark.parametrize(
    ("recorded", "found", "verdict"),
    [
        ("“It’s so,” she said.", "“It’s so,” she said.", Verdict.EXACT),
        ("“It’s so,” she said.", '"It\'s so," she  said.', Verdict.NORMALISED),
        ("ＡＩ と ｶﾞｽ", "AI と ガス", Verdict.NORMALISED),
        ("日本 経済", "日本経済", Verdict.NORMALISED),
        ("co\u2011op\u00ad", "co-op", Verdict.NORMALISED),
        ("cafe\u0301", "café", Verdict.NORMALISED),
        ("It is so.", "It is not so.", Verdict.ALTERED),
        ("It is – so.", "It is - so.", Verdict.ALTERED),
        ("It is so.", " ", Verdict.MISSING),
    ],
)
def test_how_texts_stand_to_one_another(recorded: str, found: str, verdict: Verdict) -> None:
    assert likeness(recorded, found).verdict is verdict


def test_what_was_altered_is_counted_without_what_does_not_count() -> None:
    like = likeness("“It is so,” she said.", '"It is not so," she said.')
    assert like.changed == len("not ")
    assert [(piece.kind.value, piece.text) for piece in like.pieces if piece.kind != "same"] == [
        ("added", "not ")
    ]


def test_texts_that_are_too_long_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (distance("abcdef", "abxdef"), ratio("abc", "abc"), window("abc", "xxabcxx", 50)) == (
        2,
        100,
        "abc",
    )
    monkeypatch.setattr(likenesses, "_MOST", 10)
    assert (distance("abcdef", "abxdef"), ratio("abcdef", "abcdef"), window("abc", "xxabcxx", 50)) == (
        2,
        0,
        "",
    )
    assert distance("aaaaaa", "aaaa") == 2


def test_windows_of_nothing_and_of_less() -> None:
    assert window("", "abc", 50) == window("abc", "", 50) == window("abcdef", "xyz", 50) == ""
    assert window("abcdef", "abcde", 50) == "abcde"


def quotation(anchor: str, shown: str, **changes: object) -> QuotationRecord:
    record = QuotationRecord(anchor, f"e{anchor}", "s1", "00", 0, 9, shown, text_sha256(shown), section="h1")
    return replace(record, **changes)  # type: ignore[arg-type]


def paragraph(text: str, anchor: str = "", **changes: object) -> Returned:
    names = (bookmark_name(anchor),) if anchor else ()
    return replace(Returned(text, text, names), **changes)  # type: ignore[arg-type]


HEADING = paragraph("Points", "h1", heading=True)


def told(records: Sequence[QuotationRecord], *paragraphs: Returned) -> list[Row]:
    return list(quotation_rows(records, Body((HEADING, *paragraphs))))


def test_one_of_two_equal_quotations_is_missing() -> None:
    records = [quotation("a", PARTS), quotation("b", PARTS)]
    rows = told(records, paragraph(PARTS, "b"))
    assert [(row.id, row.verdict) for row in rows] == [("a", Verdict.MISSING), ("b", Verdict.EXACT)]
    rows = told(records, paragraph(PARTS), paragraph(PARTS))
    assert [(row.verdict, row.moved) for row in rows] == [(Verdict.EXACT, False)] * 2


def test_a_bookmark_that_slipped_to_another_text_is_not_trusted() -> None:
    both = paragraph("Quite other words of the next paragraph.", "a")
    rows = told([quotation("a", PARTS)], both, paragraph(f"{PARTS[:-1]} now."))
    assert (rows[0].verdict, rows[0].found) == (Verdict.ALTERED, f"{PARTS[:-1]} now.")
    assert told([quotation("a", PARTS)], both)[0].verdict is Verdict.MISSING
    assert told([quotation("a", PARTS)])[0].place == "Points"


def test_a_file_without_paragraphs() -> None:
    (row,) = quotation_rows([quotation("a", PARTS)], Body(()))
    assert (row.verdict, row.place) == (Verdict.MISSING, "")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"(S) {PARTS} — Ann", Verdict.EXACT),
        (f"(S)\u00a0{PARTS} — Ann", Verdict.NORMALISED),
        (f"(U) {PARTS} — Ann", Verdict.AROUND),
        (f"(S) {PARTS} — Bob", Verdict.AROUND),
        (PARTS, Verdict.AROUND),
        (f"(S) {PARTS.replace('hold', 'sell')} — Ann", Verdict.ALTERED),
    ],
)
def test_words_around_a_quotation(text: str, verdict: Verdict) -> None:
    record = quotation("a", PARTS, lead="(S) ", tail=" — Ann")
    assert told([record], paragraph(text, "a"))[0].verdict is verdict


@pytest.mark.parametrize("text", [f"Never: {PARTS}", f"{PARTS} Never."])
def test_words_put_to_a_quotation_that_stood_alone_alter_it(text: str) -> None:
    assert told([quotation("a", PARTS)], paragraph(text, "a"))[0].verdict is Verdict.ALTERED


def test_a_quotation_without_its_speaker_inside_other_words() -> None:
    record = quotation("a", PARTS, tail=" — Ann")
    (row,) = told([record], paragraph(f"Ann said: {PARTS} So much."))
    assert (row.verdict, row.shape) == (Verdict.ALTERED, Shape.JOINED)


def test_a_split_and_altered_quotation() -> None:
    first, second = PARTS[:20], PARTS[20:].replace("cranes", "trains")
    rows = told([quotation("a", PARTS)], paragraph(first, "a"), paragraph(second), paragraph("More.", "b"))
    assert (rows[0].verdict, rows[0].shape, rows[0].level) == (Verdict.ALTERED, Shape.SPLIT, Level.RED)


def test_tracked_changes() -> None:
    struck = paragraph("", "a", before=PARTS)
    (row,) = told([quotation("a", PARTS)], struck)
    assert (row.verdict, row.tracked) == (Verdict.MISSING, True)
    (row,) = told([quotation("a", PARTS)], paragraph("", before=PARTS))
    assert row.tracked
    (row,) = told([quotation("a", PARTS)], paragraph(f"{PARTS} Never.", "a"))
    assert not row.tracked


def test_moved_quotations_are_the_fewest_that_explain_the_order() -> None:
    texts = [
        f"Number {n}: {word} is what they said." for n, word in enumerate(("one", "two", "three", "four"))
    ]
    records = [quotation(f"q{n}", text) for n, text in enumerate(texts)]
    paragraphs = [paragraph(text, f"q{n}") for n, text in enumerate(texts)]
    rows = told(records, paragraphs[3], *paragraphs[:3])
    assert [row.moved for row in rows] == [False, False, False, True]
    assert rows[3].level is Level.AMBER
    other = paragraph("Other", "h2", heading=True)
    rows = told(records[:2], paragraphs[0], other, paragraphs[1])
    assert [(row.moved, row.place) for row in rows] == [(False, "Points"), (True, "Other")]


def test_a_record_that_disagrees_with_its_digest() -> None:
    record = quotation("a", PARTS, digest=text_sha256(FISH))
    assert told([record], paragraph(PARTS, "a"))[0].verdict is Verdict.RECORD
    assert told([replace(record, edited=True)], paragraph(PARTS, "a"))[0].verdict is Verdict.EXACT


MANIFEST = Manifest("b", 1, "f", "s", "en-GB", "T", marking="OFFICIAL-SENSITIVE")


def noted(
    records: Sequence[CitationRecord], paragraphs: Sequence[Returned], *notes: ReturnedNote | str
) -> list[Row]:
    found = tuple(ReturnedNote(note, note) if isinstance(note, str) else note for note in notes)
    document = ReturnedDocument(replace(MANIFEST, citations=tuple(records)), (HEADING, *paragraphs), found)
    return list(citation_rows(document, Body(document.paragraphs)))


def note(number: int, text: str, anchor: str = "a", own: str = "") -> CitationRecord:
    return CitationRecord(own or f"c{number}", number, (f"e{number}",), text, anchor)


def test_equal_notes_stay_with_their_blocks() -> None:
    records = [note(1, "Ibid.", "a"), note(2, "Ibid.", "b"), note(3, "Ibid.", "c")]
    paragraphs = [paragraph("x", "a"), paragraph("y", "b", notes=(1,)), paragraph("z", "c", notes=(2,))]
    rows = noted(records, paragraphs, "Ibid.", "Ibid.")
    assert [row.verdict for row in rows] == [Verdict.MISSING, Verdict.EXACT, Verdict.EXACT]
    assert rows[0].place == "note 1, Points"


def test_notes_are_found_by_id_by_words_and_by_likeness() -> None:
    records = [note(1, "Berg, “Ports.”"), note(2, "Sato, Cables, 3."), note(3, "Ito, Chips, 2025.", "gone")]
    paragraphs = [paragraph("x", "a", notes=(1, 2)), paragraph("y", notes=(3,))]
    by_id = ReturnedNote("Entirely rewritten by hand", "", ("c1",))
    rows = noted(records, paragraphs, "Sato, Cables, 4.", "Ito, Chips, 2026.", by_id)
    assert [row.verdict for row in rows] == [Verdict.ALTERED] * 3
    assert [row.found for row in rows] == [
        "Entirely rewritten by hand",
        "Sato, Cables, 4.",
        "Ito, Chips, 2026.",
    ]
    assert [row.place for row in rows] == ["note 1, Points", "note 2, Points", "note 3"]


def test_a_note_that_was_struck_out() -> None:
    (row,) = noted(
        [note(1, "Berg, Ports.")], [paragraph("x", "a", notes=(1,))], ReturnedNote("", "Berg, Ports.")
    )
    assert (row.verdict, row.tracked) == (Verdict.MISSING, True)


def test_a_note_that_cites_twice_is_one_note() -> None:
    records = [note(1, "Berg; Sato.", own="x"), note(1, "Berg; Sato.", own="y")]
    rows = noted(records, [paragraph("x", "a", notes=(1,))], "Berg; Sato.")
    assert [(row.id, row.verdict) for row in rows] == [("x", Verdict.EXACT), ("y", Verdict.EXACT)]


def in_text(text: str, anchor: str = "a") -> CitationRecord:
    return CitationRecord(f"c{anchor}", 0, ("e1",), text, anchor)


def test_each_citation_in_the_text_is_one_occurrence() -> None:
    records = [in_text("(Berg, 2025)", "a"), in_text("(Berg, 2025)", "b"), in_text("(“Sato”)", "b")]
    rows = noted(records, [paragraph("Bare.", "a"), paragraph('Parts (Berg, 2025) and ("Sato").', "b")])
    assert [row.verdict for row in rows] == [Verdict.MISSING, Verdict.EXACT, Verdict.NORMALISED]
    rows = noted(records[:1], [paragraph("Parts (Berg, 2024).", "a")])
    assert (rows[0].verdict, rows[0].found, rows[0].changed) == (Verdict.ALTERED, "(Berg, 2024)", 2)
    rows = noted(records[:1], [paragraph("Now here (Berg, 2025).")])
    assert rows[0].verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ([["OFFICIAL-SENSITIVE"], ["OFFICIAL-SENSITIVE", "Talks\t9 March"]], Verdict.EXACT),
        ([["DRAFT · OFFICIAL-SENSITIVE"]], Verdict.EXACT),
        ([["OFFICIAL-SENSITIVE"], ["OFFICIAL SENSITIVE"]], Verdict.ALTERED),
        ([["OFFICIAL"]], Verdict.ALTERED),
        ([["OFFICIAL-SENSITIVE"], ["Talks"]], Verdict.MISSING),
        ([["OFFICIAL\u2011SENSITIVE"]], Verdict.NORMALISED),
        ([], Verdict.MISSING),
    ],
)
def test_the_marking_of_headers_is_as_good_as_the_worst(headers: list[list[str]], verdict: Verdict) -> None:
    manifest = replace(MANIFEST, marked=("header", "elsewhere"))
    document = ReturnedDocument(manifest, (), headers=tuple(tuple(lines) for lines in headers))
    assert [(row.id, row.verdict) for row in marking_rows(document)] == [("header", verdict)]


def test_the_marking_in_the_text_stands_at_the_beginning() -> None:
    manifest = replace(MANIFEST, marked=("text",))
    lines = [paragraph("Talks"), paragraph("OFFICIAL-SENSITIVE")]
    late = [paragraph(f"Line {n}.") for n in range(12)]
    for paragraphs, verdict in ((lines, Verdict.EXACT), ([*late, *lines], Verdict.MISSING)):
        (row,) = marking_rows(ReturnedDocument(manifest, tuple(paragraphs)))
        assert row.verdict is verdict


@pytest.mark.parametrize(
    ("row", "level"),
    [
        (Row(Subject.QUOTATION, Verdict.EXACT, "a"), None),
        (Row(Subject.QUOTATION, Verdict.EXACT, "a", shape=Shape.SPLIT), Level.AMBER),
        (Row(Subject.QUOTATION, Verdict.ALTERED, "a", moved=True), Level.RED),
        (Row(Subject.EXCERPT, Verdict.CHANGED, "a"), Level.RED),
        (Row(Subject.SOURCE, Verdict.CHANGED, "a"), Level.AMBER),
        (Row(Subject.SOURCE, Verdict.SUPERSEDED, "a"), Level.AMBER),
        (Row(Subject.SOURCE, Verdict.WITHDRAWN, "a"), Level.RED),
    ],
)
def test_levels(row: Row, level: Level | None) -> None:
    assert row.level is level
    assert Verification("f", MANIFEST, (row,)).ok is (level is not Level.RED)


def test_flags_that_warn() -> None:
    assert warned(["duplicate?", " Withdrawn "]) == (Verdict.WITHDRAWN,)
    assert warned(["superseded by No. 4", "withdrawn"]) == (Verdict.WITHDRAWN, Verdict.SUPERSEDED)
    assert warned([]) == ()


def test_normal_texts_and_found_ones() -> None:
    assert normal("  “a”\u3000b ") == '"a" b'
    assert likeness("a", "a") == Likeness(Verdict.EXACT, "a")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (f"{PARTS} {FISH}", (Verdict.EXACT, Verdict.EXACT)),
        (f"{PARTS}\u00a0{FISH.replace(' ', '  ')}", (Verdict.EXACT, Verdict.NORMALISED)),
        (f"{PARTS} {FISH.replace('first', 'last')}", (Verdict.EXACT, Verdict.ALTERED)),
    ],
)
def test_quotations_joined_in_one_paragraph(text: str, verdicts: tuple[Verdict, Verdict]) -> None:
    joined = Returned(text, text, (bookmark_name("a"), bookmark_name("b")))
    rows = told([quotation("a", PARTS), quotation("b", FISH)], joined)
    assert tuple(row.verdict for row in rows) == verdicts
    assert {row.shape for row in rows} == {Shape.JOINED}
    assert not any(row.moved for row in rows)


def test_quotations_joined_without_their_bookmarks() -> None:
    rows = told([quotation("a", PARTS), quotation("b", FISH)], paragraph(f"{PARTS} {FISH}"))
    assert [(row.verdict, row.shape) for row in rows] == [(Verdict.EXACT, Shape.JOINED)] * 2
