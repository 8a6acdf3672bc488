from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, SegmentKind
from briefer.errors import InputError
from briefer.intake.formats import format_of
from tests.unit.intake.conftest import Seen, captured
from tests.unit.intake.office.test_docx import ONE, TWO, refused
from tests.unit.intake.office.test_packages import taken
from tests.unit.intake.word_files import open_text, packed


def read(data: bytes, name: str = "note.odt") -> Capture:
    document = taken(data, name)
    assert format_of(document).name == "OpenDocument text"
    capture = captured(document)
    Seen(capture).assert_whole()
    return capture


def see(body: str, *, automatic: str = "", styles: str = "", masters: str = "", meta: str = "") -> Seen:
    """Read the text as a package and as a flat file, which are the same to the reader."""
    more = {"automatic": automatic, "styles": styles, "masters": masters, "meta": meta}
    whole = read(open_text(body, **more))  # type: ignore[arg-type]
    flat = read(open_text(body, **more, flat=True), "note.fodt")  # type: ignore[arg-type]
    assert whole == flat
    return Seen(whole)


def para(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name: str, inside: str = "", family: str = "paragraph", parent: str = "", shown: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}" '
        f'style:display-name="{shown or name}">{inside}</style:style>'
    )


BOLD = '<style:text-properties fo:font-weight="bold"/>'
UNSEEN = '<style:text-properties text:display="none"/>'


def test_structure() -> None:
    seen = see(
        para("The piers of Nowhere", "P1")
        + '<text:h text:outline-level="1">What was agreed</text:h>'
        + para(ONE)
        + f"<text:list><text:list-item>{para(TWO)}<text:list>"
        f"<text:list-item>{para('Inner')}</text:list-item></text:list></text:list-item></text:list>"
        + f"<text:section>{para('In a section')}</text:section>"
        + para("The pier in winter", "Illustration")
        + '<text:h text:outline-level="a">Odd level</text:h>'
        + para("Heading by style", "Heading_20_2"),
        automatic=style("P1", parent="Title"),
        styles=style("Title")
        + style("Caption")
        + style("Illustration", parent="Caption")
        + style("Heading_20_2", shown="Heading 2")
        + style("Standard", parent="Standard"),
    )
    assert seen.capture.title == "The piers of Nowhere"
    assert seen.of(SegmentKind.HEADING) == ["What was agreed", "Odd level", "Heading by style"]
    assert seen.of(SegmentKind.PARAGRAPH) == [ONE, TWO, "Inner", "In a section"]
    assert seen.of(SegmentKind.CAPTION) == ["The pier in winter"]
    assert seen.capture.kind == "document"
    assert seen.capture.media_type == "application/vnd.oasis.opendocument.text"


def test_white_space_and_fields() -> None:
    seen = see(
        para(ONE)
        + para(
            "\n  a <text:span> b</text:span><text:s text:c='2'/>c<text:s text:c='999999999'/>d<text:s/>e"
            "<text:tab/>f<text:line-break/>g <text:page-number>7</text:page-number>"
            "<text:bookmark/><text:a>link</text:a><text:soft-page-break/>"
        )
        + para(
            "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>"
        )
    )
    assert seen.body[1:] == ["a b  c d e\tf\ng 7link", "漢字"]


def test_changes_remarks_and_hidden_text() -> None:
    seen = see(
        f"<text:tracked-changes><text:changed-region>{para('deleted')}</text:changed-region></text:tracked-changes>"
        + para(
            f"{ONE}<office:annotation><text:p>a remark</text:p></office:annotation><office:annotation-end/>"
            '<text:span text:style-name="T1">unseen</text:span>'
            '<text:hidden-text text:string-value=" asked"/><text:hidden-paragraph> too</text:hidden-paragraph>'
        )
        + f'<text:section text:style-name="S1">{para("Section unseen")}</text:section>'
        + f'<text:section text:display="none">{para("Section off")}</text:section>',
        automatic=style("T1", UNSEEN, "text")
        + style("S1", '<style:section-properties text:display="none"/>', "section"),
    )
    assert seen.body == [ONE]
    assert seen.of(SegmentKind.FURNITURE) == ["unseen asked too", "Section unseen", "Section off"]
    assert "remark" not in seen.capture.text
    assert "deleted" not in seen.capture.text


def test_notes_boxes_and_running_heads() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    ).format
    seen = see(
        para(
            f"{ONE}{note('endnote', 'At the end.')}{note('footnote', 'Below the line.')}<draw:frame>"
            f"<draw:text-box>{para('In the box')}</draw:text-box><draw:image/></draw:frame>"
            "<draw:custom-shape><text:p>In the shape</text:p></draw:custom-shape>"
        )
        + f"<draw:frame><draw:text-box>{para('On the page')}</draw:text-box></draw:frame><draw:frame/>",
        masters="<style:master-page><style:header><text:p>Harbour Council</text:p></style:header>"
        "<style:footer><text:p>Page</text:p></style:footer><style:other/></style:master-page>",
    )
    assert seen.body == [ONE, "In the box", "In the shape", "On the page", "At the end.", "Below the line."]
    assert seen.why("At the") == "endnote"
    assert seen.why("Below") == "footnote"
    assert seen.of(SegmentKind.FURNITURE) == ["Harbour Council", "Page"]
    assert seen.capture.publisher == "Harbour Council"


def test_tables_and_contents() -> None:
    def cell(text: str) -> str:
        return f"<table:table-cell>{para(text)}</table:table-cell>"

    seen = see(
        para(ONE) + "<table:table><table:table-column/><table:table-header-rows>"
        f"<table:table-row>{cell('Port')}{cell('Ships')}</table:table-row></table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="1000000000">'
        f"{cell('North')}<table:covered-table-cell/>{cell('12')}</table:table-row></table:table>"
        "<text:table-of-content><text:table-of-content-source/><text:index-body>"
        f"{para('Chapter 3')}</text:index-body></text:table-of-content><text:table-of-content/>"
    )
    assert seen.body == [ONE, "Port\tShips", "North\t12"]
    assert seen.why("Chapter") == "table of contents"


def test_bold_lines_are_headings() -> None:
    seen = see(
        para(ONE) + para('<text:span text:style-name="T1">Who pays</text:span>') + para(TWO),
        automatic=style("T1", BOLD, "text"),
    )
    assert seen.of(SegmentKind.HEADING) == ["Who pays"]


def test_properties() -> None:
    meta = (
        "<dc:title>Piers for the harbour council</dc:title><meta:initial-creator>Anna Berg</meta:initial-creator>"
        "<dc:creator>Someone Else</dc:creator><dc:date>2025-03-01T10:00:00</dc:date><dc:language>fi-FI</dc:language>"
    )
    capture = see(para(ONE) + para("12"), meta=meta).capture
    assert capture.title == "Piers for the harbour council"
    assert capture.authors == ("Anna Berg",)
    assert (capture.published.value, capture.published.basis) == ("2025-03-01", Basis.INFERRED)
    assert capture.language == "en"
    assert see(para("12"), meta=meta).capture.language == "fi"


def test_locked_files() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert refused(open_text(para(ONE), manifest=entry), "note.odt") == "input-locked"
    assert refused(open_text(para(ONE), others={"encrypted-package": "x"}), "note.odt") == "input-locked"


def test_damaged_files() -> None:
    whole = open_text(para(ONE))
    assert refused(whole[: len(whole) // 2], "note.odt") == "input-damaged"
    assert refused(open_text("<text:p>"), "note.odt") == "input-damaged"
    assert (
        refused(packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "note.odt")
        == "input-damaged"
    )
    assert refused(open_text("", others={"content.xml": "<a/>"}), "note.odt") == "input-damaged"
    assert Seen(read(open_text(para(ONE), others={"styles.xml": "<", "meta.xml": ""}))).body == [ONE]


def test_entities_are_refused() -> None:
    entity = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(open_text("", others={"styles.xml": entity}), "note.odt") == "input-unsafe"
    flat = open_text(para(ONE), flat=True).replace(b"?>\n", b"?>\n<!--x--><!DOCTYPE a []>", 1)
    assert refused(flat, "note.fodt") == "input-unsafe"


def test_wrong_suffix() -> None:
    assert Seen(read(open_text(para(ONE)), "note.txt")).body == [ONE]
    assert Seen(read(open_text(para(ONE), flat=True), "note.xml")).body == [ONE]


WHOLE = open_text(para(ONE))


@given(st.binary(min_size=1, max_size=60), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_any_damage_is_an_input_error(noise: bytes, at: int, end: int) -> None:
    data = bytearray(WHOLE)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(InputError):
        captured(taken(bytes(data[:end]) if end > len(WHOLE) // 2 else bytes(data), "note.odt"))


NAMES = [
    "text:p",
    "text:h",
    "text:list",
    "text:s",
    "text:note",
    "table:table",
    "table:table-row",
    "draw:frame",
    "text:span",
]


@given(st.lists(st.sampled_from(NAMES), max_size=20))
def test_elements_in_any_order(names: list[str]) -> None:
    opened = "".join(f"<{name}>x" for name in names)
    closed = "".join(f"</{name}>" for name in reversed(names))
    read(open_text(opened + closed + para(ONE)))


def test_a_bomb_is_not_unpacked() -> None:
    data = open_text("", others={"Pictures/a": "0" * 30_000_000})
    assert refused(data, "note.odt") == "input-unsafe"
