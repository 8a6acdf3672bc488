from __future__ import annotations

import io
import unicodedata

import pypdfium2 as pdfium
import pytest
import typst

from briefer.domain.documents import HeatMap
from briefer.export.heat_map import _DRAWN, Drawing, drawn

PNG = b"\x89PNG\r\n\x1a\n"


def heat_map(rows: tuple[str, ...], columns: tuple[str, ...], count: int = 1) -> HeatMap:
    return HeatMap(rows, columns, ((count,) * len(columns),) * len(rows), "Caption", "Alt")


def test_latin_greek_and_cyrillic_labels_are_drawn() -> None:
    drawing = drawn(heat_map(("Türkiye", "Ελλάδα"), ("Україна",)), 400, "en")
    (picture,) = drawing.pictures
    assert picture.png.startswith(PNG)
    assert picture.width == pytest.approx(400, abs=1)
    assert 20 < picture.height < 200
    assert drawing.key == ()


def test_labels_that_cannot_be_drawn_stand_in_a_key() -> None:
    found = drawn(heat_map(("日本", "EU"), ("Cyber",)), 400, "en")
    assert found.key == ("1: 日本; 2: EU",)
    japanese = drawn(heat_map(("EU",), ("威圧", "供給")), 400, "ja")
    assert japanese.key == ("A：威圧　B：供給",)


def test_the_picture_depends_on_nothing_but_the_map() -> None:
    one = heat_map(("Japan", "EU"), ("Cyber",), 7)
    assert drawn(one, 400, "en") == drawn(one, 400, "en")
    # Stand-ins are drawn, so that other labels of the same number give the same picture.
    pictures = [drawn(heat_map((label,), ("Cyber",)), 400, "ja").pictures for label in ("日本", "中国")]
    assert pictures[0] == pictures[1]


def test_a_map_that_is_larger_than_a_page_is_several_pictures() -> None:
    rows = tuple(f"Partner {number}" for number in range(61))
    columns = tuple(f"日{number}" for number in range(30))
    drawing = drawn(heat_map(rows, columns), 459, "en")
    assert len(drawing.pictures) == 3 * 2
    assert drawing.key[0].endswith("AD: 日29")
    assert all(picture.height < 650 for picture in drawing.pictures)


@pytest.mark.parametrize(("rows", "columns"), [((), ("A",)), (("A",), ())])
def test_nothing_to_draw(rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    assert drawn(heat_map(rows, columns), 400, "en") == Drawing((), ())


def test_counts_of_nothing_but_zero() -> None:
    assert drawn(heat_map(("A",), ("B",), 0), 400, "en").pictures


def test_every_character_that_is_drawn_has_a_glyph() -> None:
    """PDF/UA-1 refuses a document with a character that the face lacks, where a picture would show a box."""
    letters = "".join(
        letter
        for code in range(0x20, 0x2100)
        if _DRAWN.fullmatch(letter := chr(code)) and unicodedata.category(letter) not in {"Cn", "Cf"}
    )
    assert len(letters) > 700
    text = letters.replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set document(title: "t")\n#set text(font: "Libertinus Serif", lang: "en", fallback: false)\n#"{text}"'
    data = typst.compile(
        source.encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=typst.Fonts(include_system_fonts=False),
    )
    assert isinstance(data, bytes)
    with pdfium.PdfDocument(io.BytesIO(data)) as pdf:
        assert len(pdf) == 1
