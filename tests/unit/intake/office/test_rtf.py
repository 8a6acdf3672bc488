from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, SegmentKind
from briefer.errors import InputError
from briefer.intake.formats import format_of
from briefer.intake.office import rtf
from tests.unit.intake.conftest import Seen, captured
from tests.unit.intake.office.test_docx import ONE, TWO, refused
from tests.unit.intake.office.test_packages import taken


def read(data: bytes, name: str = "note.rtf") -> Capture:
    document = taken(data, name)
    assert format_of(document).name == "Rich Text"
    capture = captured(document)
    Seen(capture).assert_whole()
    return capture


def see(body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0") -> Seen:
    inside = body if isinstance(body, bytes) else body.encode("ascii")
    return Seen(read(b"{\\rtf1" + head.encode("ascii") + b" " + inside + b"}"))


STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 caption;}{\s4\outlinelevel1 House;}"
    r"{\s5 toc 1;}{\*\cs6 Strong;}}"
)


def test_structure() -> None:
    seen = see(
        STYLES
        + r"\pard\plain \s2 The piers of Nowhere\par"
        + r"\pard\plain \s1 What was agreed\par"
        + rf"\pard\plain {ONE}\par"
        + r"\pard\plain\s4 By level\par"
        + rf"\pard\plain {{\listtext\tab 1.}}\ls1 {TWO}\par"
        + r"\pard\plain\s3 The pier in winter\par"
        + r"\pard\plain\s5 Chapter 3\par"
        + r"\pard\plain\outlinelevel2 By outline\par"
        + r"\pard\plain\s1\outlinelevel9 Still a heading\par"
        + r"\pard last"
    )
    assert seen.capture.title == "The piers of Nowhere"
    assert seen.of(SegmentKind.HEADING) == ["What was agreed", "By level", "By outline", "Still a heading"]
    assert seen.of(SegmentKind.PARAGRAPH) == [ONE, TWO, "last"]
    assert seen.of(SegmentKind.CAPTION) == ["The pier in winter"]
    assert seen.why("Chapter") == "table of contents"
    assert seen.capture.kind == "document"


def test_characters() -> None:
    seen = see(
        rf"{ONE}\par a\emdash b\~c\_d co\-op\line \lquote x\rquote\tab\'e9 \u8364?\u-10179?\u-8704? "
        r"{\uc2\u26085\'93\'fa}{\uc0\u26412}n \u61623? \{\\\}"
        "\r\nbro\nken\\\nlast\\par\\unknownword123 x\\" + "\x7f"
    )
    assert seen.body[1] == "a—b\u00a0c-d coop\n‘x’\té €😀 日本n • {\\}broken"
    assert seen.body[2] == "last"
    assert seen.body[3] == "x"


def test_japanese_code_pages() -> None:
    said = "北港評議会は月曜日に会合を開き、表と能とソを定めた。"
    coded = said.encode("cp932")
    hexes = "".join(f"\\'{byte:02x}" for byte in coded)
    # The second byte of a character may be written as the letter that it is, a backslash too.
    mixed = "".join(f"\\'{b:02x}" if b >= 0x80 else "\\\\" if b == 0x5C else chr(b) for b in coded)
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset128 MS Mincho;}{\f2\cpg932 X;}{\f3\fcharset1 Y;}{\f4\fcharset2 Symbol;}}"
    for head, font in (
        (r"\ansi\ansicpg932\deff0", "0"),
        (r"\ansi\ansicpg1252\deff0", "1"),
        (r"\ansi", "2"),
        (r"\ansi\ansicpg932", "3"),
    ):
        for written in (hexes, mixed):
            seen = see(rf"{fonts}\f{font} {written}\par {{\f0 caf\'e9s \'93x\'94}}{{\f4 a}}", head)
            assert seen.body[0] == said
            assert seen.body[1] == "cafés “x”α"
    plain = said.replace("表と能とソ", "方針")
    assert see(plain.encode("cp932"), r"\ansi\ansicpg932").body == [plain]
    assert see(said.encode(), r"\ansi\ansicpg65001").body == [said]
    assert see(r"caf\'8e " + ONE, r"\mac").body == [f"café {ONE}"]
    assert see(r"caf\'82 " + ONE, r"\pca\ansicpg4711").body == [f"café {ONE}"]
    assert see(r"odd\'81 " + ONE).body == [f"odd\ufffd {ONE}"]


def test_what_is_not_shown() -> None:
    seen = see(
        r"{\*\generator Riched20 1;}{\colortbl;\red0\green0\blue0;}{\*\unknown hidden {\b more}}"
        rf"{{\pict\wmetafile8 0102030405}}{{\*\bkmkstart a}}{ONE}"
        r"{\v unseen}{\deleted gone}{\field{\*\fldinst HYPERLINK x}{\fldrslt  Shown.}}{\*\annotation A remark}\v0\par"
        r"{\*\shppict{\pict\bin5 }}{}\}}{\pard ok\par}"
    )
    assert seen.body == [f"{ONE} Shown.", "ok"]
    assert seen.of(SegmentKind.FURNITURE) == ["unseen"]
    assert seen.why("unseen") == "hidden text"
    for word in ("Riched", "remark", "gone", "0102", "more"):
        assert word not in seen.capture.text


def test_binary_data_is_passed_over() -> None:
    assert see(rf"{{\pict\bin7 }}}}{{{{\\\'}}{ONE}\par").body == [ONE]
    assert refused(rb"{\rtf1 a{\pict\bin999999999 }}", "note.rtf") == "input-damaged"
    assert see(rf"{{\pict\bin-5 }}{ONE}\par").body == [ONE]


def test_notes_boxes_and_running_heads() -> None:
    seen = see(
        r"{\header \pard Harbour Council\par}{\footerl Page \par}"
        rf"{ONE}{{\footnote \pard {{\chftn}} Below the line.}}{{\footnote\ftnalt At the end.{{\v x}}\par}}"
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv b}}{\shptxt In the box\par}}{\shprslt{\*\do In the box}}}\par "
        r"{\*\do\dobxpage{\dptxbx{\dptxbxtext Old box\par}}}After\par"
    )
    assert seen.body == [ONE, "In the box", "After", "Old box", "Below the line.", "At the end."]
    assert seen.why("Below") == "footnote"
    assert seen.why("At the") == "endnote"
    assert seen.of(SegmentKind.FURNITURE) == ["Harbour Council", "Page", "x"]
    assert seen.capture.publisher == "Harbour Council"


def test_tables() -> None:
    seen = see(
        rf"{ONE}\par\trowd\cellx1\cellx2\pard\intbl Port\cell Ships\cell\row"
        rf"\pard\intbl North\par pier\cell 12\cell\row\pard\intbl A\cell B\cell\pard {TWO}\par"
        r"\pard\intbl C\nestcell D\cell E\row"
    )
    assert seen.body == [ONE, "Port\tShips", "North pier\t12", "A\tB", TWO, "C\tD\tE"]


def test_bold_lines_are_headings() -> None:
    seen = see(rf"{ONE}\par{{\b Who pays}}\par {TWO}\par\b Ends\b0  here\plain\par")
    assert seen.of(SegmentKind.HEADING) == ["Who pays"]


def test_properties() -> None:
    info = (
        r"{\info{\title Piers for the harbour council}{\upr{\author A B}{\*\ud{\author Anna B\u233?rg; admin}}}"
        r"{\*\company Harbour Ministry}{\creatim\yr2024\mo1\dy2}{\revtim\yr2025\mo3\dy1\hr10}{\subject No}\version1}"
    )
    capture = see(rf"{info}{ONE}\par {TWO}").capture
    assert capture.title == "Piers for the harbour council"
    assert capture.authors == ("Anna Bérg",)
    assert capture.publisher == "Harbour Ministry"
    assert (capture.published.value, capture.published.basis) == ("2025-03-01", Basis.INFERRED)
    bad = see(rf"{{\info{{\creatim\yr2024\mo13\dy2}}{{\revtim\mo1}}}}{ONE}").capture
    assert bad.published.value is None
    # Such a word in the body is none of the properties.
    assert see(rf"{ONE}{{\title not}}").capture.title.startswith("The harbour council")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{\\rtf1 " + ONE.encode(), "input-damaged"),
        (b"{\\rtf1 {\\b " + ONE.encode() + b"}", "input-damaged"),
        (b"{\\rtf1 " + b"{" * 2000 + b"}" * 2001, "input-unsafe"),
        (b"no rich text", "input-damaged"),
        (b"{\\rtf1}", "input-no-text"),
    ],
)
def test_damaged_files(data: bytes, code: str) -> None:
    assert refused(data, "note.rtf") == code


def test_millions_of_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "MOST_MARKS", 10)
    assert see(ONE).body == [ONE]
    assert refused(b"{\\rtf1" + b"\\b" * 10 + b" a}", "note.rtf") == "input-unsafe"


def test_what_follows_the_document_is_left() -> None:
    assert Seen(read(b"\xef\xbb\xbf {\\rtf1 " + ONE.encode() + b"}}} more {", "note.txt")).body == [ONE]


WHOLE = rf"{{\rtf1\ansi{STYLES}{{\info{{\title a}}}}\pard\s1 A\par {ONE}{{\footnote b}}\intbl c\cell\row}}".encode()


@given(st.binary(min_size=1, max_size=60), st.integers(6, len(WHOLE)), st.integers(7, len(WHOLE)))
def test_any_damage_is_an_input_error(noise: bytes, at: int, end: int) -> None:
    data = bytearray(WHOLE)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(InputError):
        captured(taken(bytes(data[:end])))
    with contextlib.suppress(InputError):
        captured(taken(bytes(data)))


WORDS = [
    *"{}",
    *(
        f"\\{w} "
        for w in (
            "b",
            "par",
            "cell",
            "row",
            "footnote",
            "header",
            "info",
            "title",
            "u-10179",
            "v",
            "*",
            "shptxt",
            "stylesheet",
            "fonttbl",
            "f1",
            "s99999",
            "pard",
            "ftnalt",
        )
    ),
    "x",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_words_in_any_order(words: list[str]) -> None:
    with contextlib.suppress(InputError):
        read(("{\\rtf1 " + "".join(words) + ONE + "}" * 40).encode())


def test_a_date_that_is_no_number_of_any_calendar_is_none() -> None:
    info = r"{\info{\title Ports}{\creatim\yr18446744073709551616\mo12\dy17}}"
    capture = read(
        rf"{{\rtf1\ansi{info} The ministers met in Lund and agreed on a list of ports.\par}}".encode()
    )
    assert capture.published.value is None
