from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest

from briefer.errors import InputError
from briefer.intake.pdf import reader as pdf
from briefer.intake.pdf.guards import refuse_endless
from briefer.services.ports import Taken
from tests.unit.intake.pdf_files import Text, stream
from tests.unit.intake.pdf_files import pdf as made

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
CALLS = b"/X0 Do /X0 Do"


def taken(data: bytes) -> Taken:
    return Taken("drawing.pdf", data, datetime(2025, 7, 24, tzinfo=UTC))


def refused(data: bytes) -> bool:
    with contextlib.suppress(InputError):
        refuse_endless(taken(data))
        return False
    return True


def form(number: bytes) -> bytes:
    return stream(CALLS, FORM + b"/Resources<</XObject<</X0 " + number + b" 0 R>>>>")


def test_a_drawing_that_draws_itself_is_refused() -> None:
    data = made(
        [Text(60, 700, "Words")], drawings=[stream(CALLS, FORM + b"/Resources<</XObject<</X0 SELF>>>>")]
    )
    with pytest.raises(InputError, match="calls itself without end") as caught:
        pdf.read(taken(data))
    assert caught.value.code == "input-unsafe"


def test_drawings_that_draw_each_other_are_refused() -> None:
    assert refused(b"%PDF-1.7\n1 0 obj\n" + form(b"2") + b"\nendobj\n2 0 obj\n" + form(b"1") + b"\nendobj\n")


@pytest.mark.parametrize(
    "resources",
    [
        b"/Resources 3 0 R>>stream\nendstream endobj\n3 0 obj<</XObject<</X0 1 0 R>>>>endobj",
        b"/Resources 3 0 R>>stream\nendstream endobj\n3 0 obj<</XObject 4 0 R>>endobj\n4 0 obj<</X0 1 0 R>>endobj",
    ],
)
def test_resources_that_stand_elsewhere_are_followed(resources: bytes) -> None:
    assert refused(b"%PDF-1.7\n1 0 obj<<" + FORM + resources)


@pytest.mark.parametrize("wild", [b"6 18446744073709551616 obj", b"6 0 obj"])
@pytest.mark.parametrize("reference", [b"XObject<</X0 6 0 R>>", b"XObject<</X0 6 -1 R>>", b"Y<</X0 6 0 R>>"])
def test_what_pdfium_forgives_hides_no_drawing_that_draws_itself(wild: bytes, reference: bytes) -> None:
    """It takes any generation, and looks in the page's resources for what a drawing's own lack."""
    page = b"3 0 obj<</Type/Page/Resources<</XObject<</X0 6 0 R>>>>>> endobj\n"
    drawing = stream(CALLS, FORM + b"/Resources<</" + reference + b">>")
    assert refused(b"%PDF-1.7\n" + page + wild + drawing + b"\nendobj\n")


def test_drawings_that_come_to_an_end_are_read() -> None:
    plain = stream(b"", FORM)
    data = made(
        [Text(60, 700, "Words on a page.")],
        drawings=[plain, stream(b"", FORM + b"/Resources<</XObject<</X0 10 0 R>>>>")],
    )
    assert not refused(data)
    assert pdf.read(taken(data)).text == "Words on a page."


def test_a_drawing_that_names_what_is_not_there_comes_to_an_end() -> None:
    assert not refused(b"%PDF-1.7\n1 0 obj" + form(b"99") + b"endobj")
    assert not refused(b"%PDF-1.7\n1 0 obj<<" + FORM + b"/Resources 99 0 R")
