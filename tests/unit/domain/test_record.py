"""The chain of the record: what it is sealed with, and that every kind of tampering shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from briefer.domain.dates import Basis, Dating
from briefer.domain.record import (
    LIBRARY,
    START,
    Act,
    Draft,
    Entry,
    Head,
    Subject,
    as_json,
    changed,
    first_break,
    head_after,
    sealed,
    told,
)
from briefer.domain.tags import parse_tag
from tests.unit.factories import make_source

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def draft(number: int = 1, **facts: object) -> Draft:
    subject = Subject("source", f"id-{number}", f"Ports “agree” 港 {number}")
    return Draft(NOW + timedelta(minutes=number), "Asha Menon", Act.EDIT, subject, facts)


def chain(length: int) -> tuple[list[Entry], Head]:
    entries, head = [], START
    for number in range(length):
        entries.append(sealed(draft(number, title={"from": "a", "to": number}), head))
        head = head_after(entries[-1])
    return entries, head


def test_an_entry_bears_the_hash_of_its_canonical_form() -> None:
    entry = sealed(draft(pages=3, names=["b", "ä"], open=None), Head(6, "beef"))
    written = (
        '{"at":"2026-03-03T09:31:00.000000+00:00","before":"beef","id":"id-1","kind":"edit",'
        '"label":"Ports “agree” 港 1","number":7,"subject":"source",'
        '"what":{"names":["b","ä"],"open":null,"pages":3},"who":"Asha Menon"}'
    )
    assert entry.hash == sha256(written.encode()).hexdigest()
    assert (entry.number, entry.before, entry.facts["pages"]) == (7, "beef", 3)


def test_times_are_recorded_in_utc() -> None:
    tokyo = replace(draft(), at=NOW.astimezone(timezone(timedelta(hours=9))))
    assert sealed(tokyo, START).at == "2026-03-03T09:30:00.000000+00:00"


def test_a_fraction_is_recorded_as_text() -> None:
    assert sealed(draft(share=0.25, none=float("nan")), START).facts == {"share": "0.25", "none": "NaN"}


def test_a_name_that_is_not_text_can_be_recorded() -> None:
    entry = sealed(replace(draft(file="a\udcff.docx"), who="\udcfe"), START)
    assert (entry.facts, entry.who) == ({"file": "a?.docx"}, "?")
    assert first_break([entry], head_after(entry)) is None


def test_a_whole_chain_holds() -> None:
    entries, head = chain(5)
    assert first_break(entries, head) is None
    assert first_break([], START) is None


def test_a_line_of_the_export_can_be_verified_with_a_few_lines_of_python() -> None:
    before = ""
    for text in (json.dumps(as_json(entry)) for entry in chain(4)[0]):
        line = json.loads(text)
        own = line.pop("hash")
        assert line["before"] == before
        written = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha256(written.encode()).hexdigest() == own
        before = own


@pytest.mark.parametrize(
    "field", ["at", "who", "kind", "subject", "id", "label", "what", "before", "hash", "number"]
)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_an_altered_field_shows(field: str, place: int) -> None:
    entries, head = chain(5)
    altered: Any = {"what": '{"title":{"from":"a","to":9}}', "number": 77}.get(field, "other")
    entries[place] = replace(entries[place], **{field: altered})
    found = first_break(entries, head)
    assert found is not None
    assert found.number == place + 1


def test_facts_that_only_read_the_same_show() -> None:
    entries, head = chain(1)
    entries[0] = replace(entries[0], what=entries[0].what.replace(":", ": "))
    assert first_break(entries, head) is not None


@pytest.mark.parametrize("what", ["{", "", "[" * 100_000, "[]"])
def test_facts_that_cannot_be_read_show(what: str) -> None:
    entries, head = chain(3)
    entries[1] = replace(entries[1], what=what)
    found = first_break(entries, head)
    assert found is not None
    assert found.number == 2


@pytest.mark.parametrize(
    ("tamper", "number"),
    [
        (lambda entries: entries.pop(0), 1),
        (lambda entries: entries.pop(2), 3),
        (lambda entries: entries.pop(), 5),
        (lambda entries: entries.clear(), 1),
        (lambda entries: entries.reverse(), 1),
        (lambda entries: entries.insert(1, entries.pop(2)), 2),
        (lambda entries: entries.append(sealed(draft(9), head_after(entries[-1]))), 5),
    ],
    ids=["first gone", "one gone", "last gone", "all gone", "reversed", "moved", "one more"],
)
def test_entries_that_are_gone_moved_or_added_show(
    tamper: Callable[[list[Entry]], object], number: int
) -> None:
    entries, head = chain(5)
    tamper(entries)
    found = first_break(entries, head)
    assert found is not None
    assert found.number == number


def test_a_chain_that_was_made_anew_from_a_place_on_shows_at_its_end() -> None:
    entries, head = chain(3)
    forged, at = entries[:1], head_after(entries[0])
    for number in (1, 2):
        forged.append(sealed(draft(number, title="forged"), at))
        at = head_after(forged[-1])
    assert first_break(forged, head) is not None
    assert first_break(forged, at) is None


def test_what_differs_between_two_values() -> None:
    before = make_source(title="Old", flags=())
    after = replace(
        before, title="New", flags=("withdrawn",), published=Dating("2026", "in 2026", Basis.INFERRED)
    )
    told = changed(before, after, ("title", "flags", "published", "publisher"))
    assert told["title"] == {"from": "Old", "to": "New"}
    assert told["flags"] == {"from": [], "to": ["withdrawn"]}
    assert told["published"]["to"] == {
        "value": "2026", "as_written": "in 2026", "basis": "inferred", "reference": None,
    }  # fmt: skip
    assert "publisher" not in told


def test_tags_are_recorded_as_they_are_written() -> None:
    before, after = (make_source(flags=tags) for tags in ((), (parse_tag("partner:CN/source-of-risk"),)))
    assert changed(before, after, ["flags"])["flags"]["to"] == ["partner:CN/source-of-risk"]


def test_the_library_is_a_subject() -> None:
    assert (LIBRARY.kind, LIBRARY.id) == ("library", "")


def test_facts_are_told_in_lines() -> None:
    facts = {
        "title": {"from": "", "to": "Ports\nand cables"},
        "let_pass": [{"check": "stale", "who": "", "reason": "agreed"}, {"check": "", "who": None}],
        "written": False,
        "begun": True,
        "left": [],
        "place": {"from": 3},
    }
    assert dict(told(facts)) == {
        "title": "– → Ports and cables",
        "let pass": "check stale, reason agreed; –",
        "written": "no",
        "begun": "yes",
        "left": "–",
        "place": "from 3",
    }
