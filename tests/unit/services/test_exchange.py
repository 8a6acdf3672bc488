from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from briefer.domain.dates import Basis
from briefer.domain.results import Corroboration
from briefer.services.desk import Desk

TEXT = "Ministers met in Lund.\n\nThey agreed on a list of ports.\n\n「港湾」を重視する。"


def line(number: int = 1, **more: object) -> bytes:
    csl = {
        "type": "report",
        "title": f"Report {number}",
        "author": [{"given": "Ann", "family": "Lee"}, {"literal": "Port Council"}],
        "publisher": "Harbour Press",
        "container-title": "Port Review",
        "issued": {"date-parts": [[2025, 3]]},
        "language": "en-GB",
        "volume": "7",
    }
    value = {
        "csl": csl,
        "text": TEXT,
        "excerpts": [{"quote": "a list of ports", "tags": ["partner:SE", "risk:cyber"], "comment": "c"}],
    }
    return json.dumps({**value, **more}).encode()


def test_lines_come_in_with_their_excerpts_and_no_twice(desk: Desk) -> None:
    seen: list[tuple[int, int, str]] = []
    report = desk.exchange.import_lines("x.jsonl", [line(1), b"", line(2)], lambda *a: seen.append(a))
    assert (report.sources, report.excerpts, report.duplicates, report.refused) == (2, 2, 0, ())
    assert seen == [(3, 0, "x.jsonl")]
    again = desk.exchange.import_lines("x.jsonl", [line(1), line(2), line(3)])
    assert (again.sources, again.duplicates) == (1, 2)
    assert len(again.change.ids) == 1
    hit = desk.find.excerpts("ports partner:SE").hits[0]
    assert hit.excerpt.paragraph == 2
    assert hit.source.authors == ("Ann Lee", "Port Council")
    assert hit.source.extra == {"volume": "7"}
    assert (hit.source.published.value, hit.source.published.basis) == ("2025-03", Basis.EXPLICIT)
    assert (hit.source.publisher, hit.source.container) == ("Harbour Press", "Port Review")


@pytest.mark.parametrize(
    "bad",
    [
        b"{not json",
        b'{"csl": {}}',
        rb'{"csl": {"title": "half a character: \ud83d"}, "text": "One."}',
        b"[" * 100_000,
        line(1, excerpts=[{"quote": "not in the text"}]),
        line(1, excerpts=[{"quote": "ports", "tags": ["country:SE"]}]),
        line(1, excerpts=[{"quote": "ports", "tags": ["risk:unknown"]}]),
        line(1, excerpts=[{"quote": "ports", "kind": "rumour"}]),
    ],
)
def test_a_bad_line_is_told_by_number_and_the_others_go_on(desk: Desk, bad: bytes) -> None:
    report = desk.exchange.import_lines("x.jsonl", [line(1), bad, line(2)])
    assert report.sources == 2
    (problem,) = report.refused
    assert str(problem).startswith("x.jsonl, line 2: ")
    assert "\n" not in str(problem)


def test_an_interrupted_import_is_taken_up_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.services.exchange.LINES_PER_TRANSACTION", 2)

    def interrupted() -> list[bytes]:
        raise OSError

    def lines() -> object:
        yield from map(line, range(1, 6))
        interrupted()

    with pytest.raises(OSError):  # noqa: PT011
        desk.exchange.import_lines("x.jsonl", lines())  # type: ignore[arg-type]
    assert desk.find.counts().sources == 2
    report = desk.exchange.import_lines("x.jsonl", [line(n) for n in range(1, 6)])
    assert (report.sources, report.duplicates) == (3, 2)
    assert desk.find.counts().sources == 5


def test_copies_of_one_text_are_several_outlets_of_one_origin(desk: Desk) -> None:
    story = (
        "Ministers agreed on Tuesday to hold spare parts for cranes in common, after a year in which deliveries were "
        "late.\n\nA list of ports that take part is to follow before the summer, and so is an office in Lund that "
        "keeps the parts and lends them out for eight months at the most."
    )
    other = (
        f"{TEXT} Nothing else was said on that day in the harbour, where the ships lay still for want of wind. "
        * 2
    )

    def told(publisher: str, text: str, quote: str) -> bytes:
        csl = {"type": "article-newspaper", "title": f"{publisher} writes", "publisher": publisher}
        return line(csl=csl, text=text, excerpts=[{"quote": quote}])

    ports, office = "A list of ports that take part is to follow", "an office in Lund that keeps the parts"
    lines = [
        told("Courier", story, ports),
        told("Globe", f"LUND - {story}", ports),
        told("Post", f"{story} Our staff helped.", office),
        told("Times", other, "Ministers met in Lund."),
    ]
    desk.exchange.import_lines("x.jsonl", lines)
    of = {hit.source.publisher: hit for hit in desk.find.excerpts("").hits}
    for publisher in ("Courier", "Globe", "Post"):
        assert desk.find.corroboration([of[publisher].excerpt.id]) == Corroboration(3, 1)
    assert desk.find.corroboration([of["Times"].excerpt.id]) == Corroboration(1, 1)
    assert desk.find.corroboration([hit.excerpt.id for hit in of.values()]) == Corroboration(4, 2)
    change = desk.collect.part(of["Globe"].source.id)
    assert desk.find.corroboration([of["Globe"].excerpt.id]) == Corroboration(1, 1)
    assert desk.find.corroboration([of["Post"].excerpt.id]) == Corroboration(2, 1)
    assert change.inverse
    change.inverse()
    assert desk.find.corroboration([of["Post"].excerpt.id]) == Corroboration(3, 1)
    desk.collect.part(of["Globe"].source.id)
    desk.collect.join([of["Courier"].source.id, of["Globe"].source.id])
    assert desk.find.corroboration([of["Post"].excerpt.id]) == Corroboration(3, 1)


def test_one_that_is_stopped_keeps_what_is_stored(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.services.exchange.LINES_PER_TRANSACTION", 2)
    asked = iter([False, False, True])
    report = desk.exchange.import_lines("x.jsonl", map(line, range(9)), cancelled=lambda: next(asked))
    assert report.sources == desk.find.counts().sources == 2


def test_the_same_line_twice_in_a_file_comes_in_once(desk: Desk) -> None:
    report = desk.exchange.import_lines("x.jsonl", [line(1), line(2), line(1)])
    assert (report.sources, report.excerpts, report.duplicates) == (2, 2, 1)
    assert desk.review.doctor() == ()


def test_a_file_tells_how_far_it_is_and_can_be_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("briefer.services.exchange.LINES_PER_TRANSACTION", 2)
    file = tmp_path / "many.jsonl"
    file.write_bytes(b"\n".join(map(line, range(10, 20))))
    seen: list[tuple[int, int]] = []
    desk.importing.import_paths([file], lambda done, of, _name: seen.append((done, of)))
    assert [done for done, _ in seen] == [0, 2, 4, 6, 8, 10, 1]
    assert all(of in {10, 11} for _, of in seen[1:-1])
    file.write_bytes(b"\n".join(map(line, range(20, 40))))
    seen.clear()
    desk.importing.import_paths([file], lambda *a: seen.append(a[:2]), lambda: len(seen) > 1)
    assert desk.find.counts().sources == 12


def test_of_very_many_sources_no_ids_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.services.exchange._MOST_TOLD", 3)
    assert len(desk.exchange.import_lines("x.jsonl", map(line, range(3))).change.ids) == 3
    assert desk.exchange.import_lines("x.jsonl", map(line, range(7))).change.ids == ()


def test_a_mark_of_the_order_of_bytes_is_no_part_of_the_first_line(desk: Desk) -> None:
    assert desk.exchange.import_lines("x.jsonl", [BOM_UTF8 + line(1), line(2)]).sources == 2
    again = desk.exchange.import_lines("x.jsonl", [line(1), BOM_UTF8 + line(3)])
    assert (again.sources, again.duplicates, again.refused_count) == (0, 1, 1)


@pytest.mark.parametrize(
    ("excerpt", "told"),
    [
        (
            {"quote": "not in the text"},
            "the quotation does not stand in the article; copy it exactly from the text, and import the file again.",
        ),
        (
            {"quote": "ports", "tags": ["nonsense"]},
            (
                "the tag nonsense is not understood; write it as partner:DE, risk:supply-chain or free:word, "
                "and import the file again."
            ),
        ),
        (
            {"quote": "ports", "kind": "rumour"},
            "Invalid enum value 'rumour' - at `$.excerpts[0].kind`; correct that line, and import the file again.",
        ),
    ],
)
def test_a_bad_line_is_told_in_one_sentence_with_one_advice(
    desk: Desk, excerpt: dict[str, object], told: str
) -> None:
    (problem,) = desk.exchange.import_lines("x.jsonl", [line(1, excerpts=[excerpt])]).refused
    assert str(problem) == f"x.jsonl, line 1: {told}"


def test_of_many_bad_lines_the_first_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefer.services.exchange._MOST_TOLD", 3)
    report = desk.exchange.import_lines("x.jsonl", [b"{"] * 8)
    assert ([e.data["line"] for e in report.refused], report.refused_count) == ([1, 2, 3], 8)


def test_many_are_sorted_into_sets_as_one_by_one(desk: Desk) -> None:
    """More than are sorted in at once, in portions whose sets were made before and after the frequent words."""
    lines = [
        line(
            n, excerpts=[{"quote": q, "tags": ["risk:cyber"]} for q in ("a list of ports", "「港湾」を")] * 2
        )
        for n in range(700)
    ]
    desk.exchange.import_lines("x.jsonl", lines[:300])
    desk.exchange.import_lines("x.jsonl", lines)
    assert desk.find.excerpts("ports risk:cyber").total == 1400
    assert desk.find.excerpts("港湾").total == 1400
    assert desk.review.doctor() == ()


def test_bulk_lines_can_be_exported_and_pass_the_doctor(desk: Desk, tmp_path: Path) -> None:
    desk.exchange.import_lines("x.jsonl", [line(1)])
    assert desk.review.doctor() == ()
