from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from briefer.errors import InputError
from briefer.intake import Intake
from briefer.intake.pdf import pages as pdf_pages
from briefer.services.ports import PageImage, Taken
from tests.unit.intake.pdf_files import Text, pdf, stream

WORD = Text(100, 700, "Notice", size=40)


def taken(data: bytes, name: str = "note.pdf", password: str | None = None) -> Taken:
    return Taken(name, data, datetime(2025, 7, 24, tzinfo=UTC), password=password)


def dark(image: PageImage) -> tuple[int, int, int, int]:
    """Return the box of all that is not white: left, top, right, bottom."""
    rows = [image.pixels[y * image.width * 3 : (y + 1) * image.width * 3] for y in range(image.height)]
    inked = [y for y, row in enumerate(rows) if min(row) < 128]
    columns = [x for x in range(image.width) if any(rows[y][3 * x] < 128 for y in inked)]
    return columns[0], inked[0], columns[-1] + 1, inked[-1] + 1


def drawn(data: bytes, number: int = 1, width: int = 600) -> PageImage:
    image = Intake().page(taken(data), number, width)
    assert len(image.pixels) == image.width * image.height * 3
    return image


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_characters_are_boxed_where_they_are_drawn(rotation: int) -> None:
    image = drawn(pdf([WORD], extra=b"/Rotate %d" % rotation))
    left, top, right, bottom = dark(image)
    assert len(image.boxes) == len(WORD.words)
    lefts, tops, rights, bottoms = zip(*image.boxes, strict=True)
    assert min(lefts) - 3 <= left < right <= max(rights) + 3
    assert min(tops) - 3 <= top < bottom <= max(bottoms) + 3
    # The boxes fit the ink: they are not merely the whole page.
    assert (max(rights) - min(lefts)) * (max(bottoms) - min(tops)) < 2.5 * (right - left) * (bottom - top)


def test_boxes_follow_the_page_s_own_order() -> None:
    image = drawn(pdf([WORD]))
    assert all(a[0] < b[0] for a, b in itertools.pairwise(image.boxes))


def test_a_page_box_away_from_the_origin_moves_the_boxes_with_it() -> None:
    image = drawn(pdf([WORD], extra=b"/CropBox[90 600 390 800]"), width=300)
    assert (image.width, image.height) == (300, 200)
    left, top, _, _ = dark(image)
    assert abs(image.boxes[0][0] - left) < 4
    assert image.boxes[0][1] - 3 <= top


def test_what_pdfium_puts_between_words_is_boxed_nowhere() -> None:
    image = drawn(pdf([Text(60, 700, "One"), Text(60, 600, "two")]))
    assert [box == (0.0, 0.0, 0.0, 0.0) for box in image.boxes] == [*[False] * 3, *[True] * 2, *[False] * 3]


def test_colours_are_red_green_and_blue_in_this_order() -> None:
    form = stream(b"1 0 0 rg 0 0 595 842 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    image = drawn(pdf([], drawings=[form]), width=20)
    assert image.pixels == b"\xff\x00\x00" * (image.width * image.height)


@pytest.mark.parametrize(("asked", "given"), [(1, 16), (800, 800), (90_000, 4000)])
def test_pictures_are_neither_too_small_nor_too_large(asked: int, given: int) -> None:
    assert drawn(pdf([], size=(400, 10)), width=asked).width == given


@pytest.mark.parametrize("size", [(10, 14_000), (14_000, 10), (3, 3)])
def test_pages_of_absurd_sizes_are_drawn(size: tuple[float, float]) -> None:
    image = drawn(pdf([], size=size), width=4000)
    assert 1 <= image.width * image.height <= pdf_pages.MOST_PIXELS


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(InputError) as caught:
        Intake().page(taken(pdf([WORD])), number, 100)
    assert caught.value.code == "input-no-pages"


def test_a_damaged_page_is_refused() -> None:
    data = pdf([WORD], [WORD]).replace(b"/Type/Page/Parent", b"/Type/Pxge/Parent", 1)
    with pytest.raises(InputError) as caught:
        Intake().page(taken(data), 1, 100)
    assert caught.value.code == "input-no-pages"


def test_a_text_has_no_pages() -> None:
    with pytest.raises(InputError, match="no page 1") as caught:
        Intake().page(taken(b"Plain words.", "note.txt"), 1, 100)
    assert caught.value.code == "input-no-pages"


def test_a_locked_page_needs_the_password() -> None:
    data = pdf([WORD], password="open sesame")
    with pytest.raises(InputError) as caught:
        Intake().page(taken(data), 1, 100)
    assert caught.value.code == "input-password"
    assert Intake().page(taken(data, password="open sesame"), 1, 100).width == 100
