from __future__ import annotations

import pytest

from briefer.domain.sources import Capture, Reading
from briefer.errors import InputError
from briefer.intake import Intake, reader
from briefer.intake.format import Format
from briefer.services.ports import Taken
from tests.unit.intake.conftest import CHANGED

NOTE = Taken("note.x", b"words", CHANGED)


def capture(text: str = "words") -> Capture:
    return Capture("A title", text, Reading(), "text/plain", "utf-8")


@pytest.fixture
def formats(monkeypatch: pytest.MonkeyPatch) -> list[Format]:
    """The formats of which files are, one for each file that is asked for."""
    given: list[Format] = []
    monkeypatch.setattr(reader, "format_of", lambda _taken: given.pop(0))
    return given


def test_a_message_is_read_and_its_parts_come_after_it(formats: list[Format]) -> None:
    part = Taken("inside\n.x", b"more", CHANGED)
    formats += [
        Format("message", (), (), read=lambda _t: capture(), unpack=lambda _t: (part,)),
        Format("text", (), (), read=lambda _t: capture("more")),
    ]
    first, second = Intake().read([NOTE])
    assert first.capture
    assert first.taken == NOTE
    assert second.capture
    assert second.capture.text == "more"
    assert (second.of, second.taken.name, second.taken.data) == (0, "inside\ufffd.x", b"more")


def test_what_was_read_before_a_fault_stays(formats: list[Format]) -> None:
    def broken(_taken: Taken) -> tuple[Taken, ...]:
        raise InputError("input-damaged", name="note.x", detail="cut off")

    formats.append(Format("message", (), (), read=lambda _t: capture(), unpack=broken))
    first, second = Intake().read([NOTE])
    assert first.capture
    assert second.error
    assert second.taken == NOTE


def test_a_refused_part_has_its_own_name(formats: list[Format]) -> None:
    locked = InputError("input-locked", name="all.zip/a.txt")
    formats.append(Format("archive", (), (), unpack=lambda _t: (locked,)))
    (outcome,) = Intake().read([NOTE])
    assert outcome.error is locked
    assert (outcome.taken.name, outcome.taken.data) == ("all.zip/a.txt", b"")


def test_a_format_that_the_library_reads_itself_comes_as_it_is(formats: list[Format]) -> None:
    formats.append(Format("lines", (), ()))
    (outcome,) = Intake().read([NOTE])
    assert (outcome.taken, outcome.capture, outcome.error) == (NOTE, None, None)


def test_who_read_it_is_noted_unless_it_is_told(formats: list[Format]) -> None:
    formats.append(Format("fine text", (), (), read=lambda _t: capture()))
    (outcome,) = Intake().read([NOTE])
    assert outcome.capture
    assert outcome.capture.tool.endswith(", fine text")


def test_halves_of_characters_cannot_be_stored(formats: list[Format]) -> None:
    bad = Capture(
        "A \ud800 title", "wo\udfffrds", Reading(), "text/plain", "", extra={"a": ["\ud83d"], "b": 1}
    )
    formats.append(Format("text", (), (), read=lambda _t: bad))
    (outcome,) = Intake().read([NOTE])
    assert outcome.capture
    assert outcome.capture.title == "A \ufffd title"
    assert outcome.capture.text == "wo\ufffdrds"
    assert outcome.capture.extra == {"a": ["\ufffd"], "b": 1}
