from __future__ import annotations

import contextlib
import io
import itertools

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.domain.dates import Basis
from briefer.domain.sources import Capture, How, SegmentKind
from briefer.errors import InputError
from briefer.intake.formats import format_of
from briefer.intake.office import pieces as office
from briefer.intake.office.docx import FORMAT
from tests.unit.intake.conftest import Seen, captured
from tests.unit.intake.office.test_packages import taken
from tests.unit.intake.word_files import STRICT, STYLES, packed, para, style, word

ONE = "The harbour council met on Monday and agreed that both piers should be mended before the winter comes."
TWO = "The cost will be shared by the towns along the coast, which have asked the ministry for a loan of ten years."


def read(data: bytes, name: str = "note.docx") -> Capture:
    document = taken(data, name)
    assert format_of(document).name == "Word document"
    capture = captured(document)
    Seen(capture).assert_whole()
    return capture


def see(body: str, others: dict[str, str] | None = None, *, core: str = "", company: str = "") -> Seen:
    return Seen(read(word(body, {"styles": STYLES, **(others or {})}, core=core, company=company)))


def refused(data: bytes, name: str = "note.docx") -> str:
    with pytest.raises(InputError) as caught:
        captured(taken(data, name))
    assert "\n" not in str(caught.value)
    return caught.value.code


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def test_styles_tell_title_headings_and_captions() -> None:
    seen = see(
        para("The piers of", "Titel")
        + para("Nowhere", "Titel")
        + para("A report", "Zwischen")
        + para("What was agreed", "berschrift1")
        + para(ONE)
        + para("Who pays", "Eigene")
        + para("The pier in winter", "Bild")
        + para(TWO)
        + para("Plain", properties="<w:outlineLvl w:val='1'/>")
        + para("Round", "Ring")
    )
    assert seen.capture.title == "The piers of Nowhere"
    assert seen.of(SegmentKind.TITLE) == ["The piers of\n\nNowhere"]
    assert seen.of(SegmentKind.HEADING) == ["A report", "What was agreed", "Who pays", "Plain"]
    assert seen.of(SegmentKind.CAPTION) == ["The pier in winter"]
    assert seen.of(SegmentKind.PARAGRAPH) == [ONE, TWO, "Round"]
    assert seen.capture.known["title"].how is How.STATED
    assert seen.capture.kind == "document"
    assert seen.capture.language == "en"


@pytest.mark.parametrize("suffix", ["document", "template"])
def test_strict_edition_and_wrong_suffix(suffix: str) -> None:
    main = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{suffix}.main+xml"
    data = word(para("Head", "berschrift1") + para(ONE), {"styles": STYLES}, edition=STRICT, main=main)
    seen = Seen(read(data, "note.txt"))
    assert seen.body[-1] == ONE
    assert seen.capture.media_type.endswith("wordprocessingml.document")


def test_documents_with_macros_are_read() -> None:
    assert Seen(read(word(para(ONE), main="application/vnd.ms-word.document.macroEnabled.main+xml"))).body


def test_tracked_changes_read_as_accepted() -> None:
    seen = see(
        f"<w:p><w:r><w:t>{ONE} Kept, </w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>, moved.</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Of two </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>made one.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>row gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert seen.body == [f"{ONE} Kept, new, moved.", "Of two made one."]


def test_fields_give_their_results() -> None:
    code = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    inner = (
        code("begin")
        + "<w:r><w:instrText>DATE</w:instrText></w:r>"
        + code("separate")
        + "<w:r><w:t>inside code</w:t></w:r>"
    )
    seen = see(
        f"<w:p>{code('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{code('end')}{code('separate')}"
        f"<w:r><w:t>Result. {ONE}</w:t></w:r>{code('end')}{code('end')}</w:p>"
        f"<w:p>{code('begin')}<w:r><w:instrText>never ended</w:instrText></w:r></w:p>"
        f"<w:p><w:fldSimple w:instr='AUTHOR'><w:r><w:t>By field</w:t></w:r></w:fldSimple>"
        "<w:hyperlink><w:r><w:t> and link</w:t></w:r></w:hyperlink></w:p>"
    )
    assert seen.body == [f"Result. {ONE}", "By field and link"]


def test_a_field_over_several_paragraphs() -> None:
    seen = see(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>{ONE}</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>{TWO}</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    assert seen.body == [ONE, TWO]


def test_characters() -> None:
    seen = see(
        run(
            "<w:t>co</w:t><w:softHyphen/><w:t>op\u00aderate</w:t><w:tab/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:br/>"
            "<w:t>next</w:t><w:br w:type='page'/><w:t>page </w:t><w:sym w:font='Symbol' w:char='F061'/>"
            "<w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Arial' w:char='00E9'/>"
            "<w:sym w:font='Webdings' w:char='F0FC'/><w:sym w:char='F041'/><w:sym w:font='Arial' w:char='D800'/><w:sym w:char='no'/>"
        )
        + run(
            "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby>"
        )
        + "<w:p><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>"
        + run("<w:t>one</w:t><w:br/><w:br/><w:t>two</w:t>")
        + para(ONE)
    )
    text = seen.capture.text
    assert "cooperate\ta-b" in text
    assert "nextpage α✓éΑ" in text
    assert "漢字" in seen.body
    assert "かんじ" not in text
    assert seen.body[-4:] == ["x+1", "one", "two", ONE]


BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"


def test_text_boxes_are_read_once() -> None:
    seen = see(
        f"<w:p><w:r><w:t>{ONE}</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX.format('In the box')}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX.format('In the box')}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><mc:AlternateContent><mc:Choice Requires='x'><w:drawing/></mc:Choice>"
        f"<mc:Fallback><w:pict>{BOX.format('Only old')}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<mc:AlternateContent><mc:Choice Requires='z'/><mc:Fallback>{para('A block')}</mc:Fallback></mc:AlternateContent>"
    )
    assert seen.body == [ONE, "In the box", "Only old", "A block"]


def test_content_controls() -> None:
    def control(inside: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    asks = "<w:showingPlcHdr/>"
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    seen = see(
        control(para(ONE))
        + control(para("Click here"), asks)
        + f"<w:p>{control('<w:r><w:t>Inline </w:t></w:r>')}{control('<w:r><w:t>asked</w:t></w:r>', asks)}"
        f"<w:smartTag><w:r><w:t>tagged</w:t></w:r></w:smartTag></w:p>"
        + control(para("Chapter 1 3"), gallery)
        + para("Chapter 2 5", "Inhalt")
        + "<w:sdt/><w:p><w:sdt/></w:p>"
    )
    assert seen.body == [ONE, "Inline tagged"]
    assert seen.of(SegmentKind.FURNITURE) == ["Chapter 1 3", "Chapter 2 5"]
    assert seen.why("Chapter 1") == "table of contents"


def test_styles_that_rest_on_others() -> None:
    styles = (
        "<w:styles>"
        + style("Base", "Base", "<w:rPr><w:b/></w:rPr><w:pPr><w:outlineLvl w:val='9'/></w:pPr>")
        + style("Flat", "Flat heading", "<w:basedOn w:val='Head'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr>")
        + style("Head", "heading 2")
        + "".join(style(f"S{n}", f"Deep {n}", f"<w:basedOn w:val='S{n + 1}'/>") for n in range(60))
        + style("S60", "heading 3")
        + style("Own", "Own normal").replace("<w:style ", "<w:style w:default='1' ")
        + "</w:styles>"
    )
    seen = see(
        para(ONE)
        + para("Flat", "Flat")
        + para("Deep", "S0")
        + para("Nearer", "S50")
        + para("Unknown", "Unknown")
        + para("Bold", "Base")
        + para(TWO),
        {"styles": styles},
    )
    assert seen.of(SegmentKind.PARAGRAPH) == [ONE, "Flat", "Deep", "Unknown", TWO]
    assert seen.of(SegmentKind.HEADING) == ["Nearer", "Bold"]


def test_hidden_text_is_kept_apart() -> None:
    seen = see(
        f"<w:p><w:r><w:t>{ONE}</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:rPr><w:rStyle w:val='Weg'/></w:rPr><w:t> style</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> Shown.</w:t></w:r></w:p>"
    )
    assert seen.body == [f"{ONE} Shown."]
    assert seen.of(SegmentKind.FURNITURE) == ["secret style"]
    assert seen.why("secret") == "hidden text"


def test_notes_stand_at_the_end_and_running_heads_are_furniture() -> None:
    seen = see(
        f"<w:p><w:r><w:t>{ONE}</w:t><w:endnoteReference w:id='5'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:footnoteReference w:id='9'/></w:r></w:p>" + para(TWO),
        {
            "footnotes": "<w:footnotes><w:footnote w:id='0' w:type='separator'><w:p><w:r><w:t>---</w:t></w:r></w:p>"
            f"</w:footnote><w:footnote w:id='2'>{para('Below the line.')}</w:footnote></w:footnotes>",
            "endnotes": f"<w:endnotes><w:endnote w:id='5'>{para('At the end.')}</w:endnote></w:endnotes>",
            "header1": f"<w:hdr>{para('Harbour Council')}</w:hdr>",
            "header2": f"<w:hdr>{para('Harbour Council')}</w:hdr>",
            "footer1": f"<w:ftr>{para('Page 1')}</w:ftr>",
            "comments": f"<w:comments><w:comment>{para('A remark')}</w:comment></w:comments>",
        },
    )
    assert seen.body == [ONE, TWO, "Below the line.", "At the end."]
    assert seen.why("Below") == "footnote"
    assert seen.why("At the") == "endnote"
    assert seen.of(SegmentKind.FURNITURE) == ["Harbour Council", "Page 1"]
    assert seen.why("Harbour") == "running head"
    assert "remark" not in seen.capture.text
    # A letterhead names who published the letter.
    assert seen.capture.publisher == "Harbour Council"
    assert seen.capture.known["publisher"].how is How.INFERRED


def cell(*texts: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(map(para, texts))}</w:tc>"


def test_tables() -> None:
    rows = (
        f"<w:tr>{cell('Port')}{cell('Ships')}</w:tr><w:ins><w:tr>{cell('North', 'pier')}{cell('')}{cell('12')}</w:tr></w:ins>"
        f"<w:tr>{cell('Alone')}{cell('')}</w:tr><w:tr>{cell(ONE, TWO)}{cell('Side')}</w:tr>"
        f"<w:tr><w:tc><w:tbl><w:tr>{cell('in')}{cell('ner')}</w:tr></w:tbl></w:tc>{cell('out')}</w:tr>"
    )
    seen = see(para(ONE) + f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    assert seen.body == [ONE, "Port\tShips", "North pier\t\t12", "Alone", ONE, TWO, "Side", "in\tner\tout"]
    assert "Port\tShips\nNorth pier" in seen.capture.text


def test_bold_lines_are_headings() -> None:
    seen = see(
        para(ONE)
        + para("Who pays", run="<w:b/>")
        + para(TWO)
        + para("Where", run="<w:rStyle w:val='Fett'/>")
        + para(TWO)
        + para("Who pays for all of the following, and when:", run="<w:b/>")
        + para(TWO)
        + para(f"{ONE} " * 3, "berschrift1")
        + para("Bold at the end", run="<w:b/>")
    )
    assert seen.of(SegmentKind.HEADING) == ["Who pays", "Where"]
    assert seen.body[-1] == "Bold at the end"


def test_a_memo_tells_its_facts() -> None:
    seen = see(
        para("Harbour Ministry")
        + run(
            "<w:t>To:</w:t><w:tab/><w:t>All pilots</w:t><w:br/><w:t>From: Anna Berg, Director</w:t><w:br/><w:t>Date: 3 March 2025</w:t>"
        )
        + para("Subject: The north pier")
        + para(ONE)
        + para("Date: this is body")
    )
    capture = seen.capture
    assert capture.title == "The north pier"
    assert capture.authors == ("Anna Berg",)
    assert capture.published.value == "2025-03-03"
    assert capture.publisher == "Harbour Ministry"
    assert (capture.kind, capture.genre) == ("document", "Memorandum")
    assert seen.body == ["Harbour Ministry", ONE, "Date: this is body"]
    assert seen.of(SegmentKind.BYLINE) == ["To:\tAll pilots", "From: Anna Berg, Director"]
    assert capture.known["published"].how is How.WRITTEN


def test_a_printed_email_is_no_memo() -> None:
    lines = (
        "From: Anna Berg &lt;anna@example.org&gt;",
        "Sent: 3 March 2025 10:11",
        "To: pilots@example.org",
        "Subject: The pier",
    )
    capture = see("".join(map(para, lines)) + para(ONE)).capture
    assert (capture.kind, capture.genre) == ("personal_communication", "E-mail")
    assert capture.authors == ("Anna Berg",)
    assert capture.published.value == "2025-03-03"


def test_a_press_release() -> None:
    seen = see(
        para("外務省")
        + para("報道発表")
        + para("令和7年3月4日")
        + para("北港の桟橋の補修に関する共同発表について")
        + para(
            "北港評議会は月曜日に会合を開き、冬が来る前に二つの桟橋を補修することで合意した。費用は沿岸の町が分担する。"
        )
        + para(
            "評議会は今後も補修の進み具合を公表し、沿岸の町と協議を続けるとしている。次の会合は来月に開かれる予定である。"
        )
        + para("お問い合わせ")
    )
    assert seen.capture.publisher == "外務省"
    assert seen.capture.published.value == "2025-03-04"
    assert seen.capture.language == "ja"
    assert (seen.capture.kind, seen.capture.genre) == ("document", "Press release")
    assert seen.body[:2] == ["外務省", "報道発表"]
    assert seen.body[-1] == "お問い合わせ"
    assert seen.capture.title == "北港の桟橋の補修に関する共同発表について"


CORE = (
    "<dc:title>{}</dc:title><dc:creator>{}</dc:creator>"
    "<dcterms:created>2024-01-02T03:04:05Z</dcterms:created><dcterms:modified>{}</dcterms:modified>"
)


def test_properties_fill_what_the_text_leaves_open() -> None:
    core = CORE.format("Piers for the harbour council", "Anna Berg; admin", "2025-03-01T10:00:00Z")
    capture = see(para(ONE) + para(TWO), core=core, company="Harbour Ministry").capture
    assert capture.title == "Piers for the harbour council"
    assert capture.known["title"].where == "document properties"
    assert capture.authors == ("Anna Berg",)
    assert capture.known["authors"].how is How.STATED
    assert capture.publisher == "Harbour Ministry"
    assert (capture.published.value, capture.published.basis) == ("2025-03-01", Basis.INFERRED)
    assert capture.known["published"].confidence < 0.5


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - piers.doc",
        "Document1",
        "piers_final_v3",
        "C:\\Users\\piers.docx",
        "無題",
        "harbour.docx",
        "Quarterly turnover of bakeries",
        "",
    ],
)
def test_properties_that_say_nothing(title: str) -> None:
    core = CORE.format(title, "Microsoft Office User", "1601-01-01T00:00:00Z").replace("2024", "1601")
    capture = see(para(ONE), core=core, company="ACME").capture
    assert capture.title.startswith("The harbour council met")
    assert capture.known["title"].how is How.INFERRED
    assert capture.authors == ()
    assert capture.publisher is None
    assert capture.published.value is None
    assert "published" not in capture.known


def test_the_title_in_the_properties_is_found_in_the_text() -> None:
    core = CORE.format("The north pier", "user", "")
    seen = see(para("The North Pier") + para("Tokyo, 5 May 2025") + para(ONE), core=core)
    assert seen.of(SegmentKind.TITLE) == ["The North Pier"]
    assert seen.capture.published.value == "2025-05-05"
    assert seen.capture.published.basis is Basis.EXPLICIT
    assert seen.of(SegmentKind.DATELINE) == ["Tokyo, 5 May 2025"]


def test_a_single_heading_is_the_title() -> None:
    seen = see(para("Piers", "berschrift1") + para("By Anna Berg") + para(ONE) + para(TWO))
    assert seen.capture.title == "Piers"
    assert seen.capture.authors == ("Anna Berg",)
    assert seen.body == [ONE, TWO]


def test_nothing_is_lost_to_the_rules_for_web_pages() -> None:
    lines = [
        "Related articles",
        "Share this",
        "Subscribe",
        "Read more",
        "© 2025 Harbour council",
        "12",
        "[1]",
    ]
    seen = see(para(ONE) + "".join(map(para, lines)) + para(TWO))
    assert seen.body == [ONE, *lines, TWO]


def test_language_of_the_styles_where_the_text_has_too_few_words() -> None:
    capture = see(para("Hafen 12")).capture
    assert capture.language == "de"
    assert capture.known["language"].how is How.STATED


def test_files_of_other_writers() -> None:
    document = docx.Document()
    document.add_heading("The piers of Nowhere", 0)
    document.add_paragraph(ONE, style="List Bullet")
    document.add_paragraph(TWO)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    file = io.BytesIO()
    document.save(file)
    seen = Seen(read(file.getvalue()))
    assert seen.body == [ONE, TWO, "a\tb"]
    assert seen.capture.title == "The piers of Nowhere"
    assert seen.capture.authors == ()


def test_damaged_files() -> None:
    whole = word(para(ONE), {"styles": STYLES})
    assert refused(word("", leave_out="word/document.xml")) == "input-damaged"
    assert refused(whole[: len(whole) // 2]) == "input-damaged"
    assert refused(word("<w:p>")) == "input-damaged"
    assert refused(word("", leave_out="w:body")) == "input-damaged"
    assert FORMAT.read
    with pytest.raises(InputError, match="main document is missing"):
        FORMAT.read(taken(packed({"a": "b"})))
    assert refused(b"no zip at all \x00", "a.docx") == "input-damaged"


def test_what_the_text_can_do_without_may_be_damaged() -> None:
    data = word(
        para(ONE), {"styles": "<w:styles", "footnotes": "<broken"}, core="<broken", leave_out="_rels/.rels"
    )
    assert Seen(read(data)).body == [ONE]


def test_entities_are_refused() -> None:
    data = word(para(ONE), {"styles": '<!DOCTYPE w:styles [<!ENTITY a "b">]><w:styles/>'})
    assert refused(data) == "input-unsafe"


def test_deep_nesting_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 120 + para(ONE) + "</w:tc></w:tr></w:tbl>" * 120
    assert refused(word(deep)) == "input-damaged"


def test_too_many_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_PIECES", 3)
    assert len(Seen(read(word(para(ONE) * 3))).body) == 3
    assert refused(word(para(ONE) * 4)) == "input-unsafe"


WHOLE = word(para(ONE) + para(TWO), {"styles": STYLES})


@given(st.binary(min_size=1, max_size=60), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_any_damage_is_an_input_error(noise: bytes, at: int, end: int) -> None:
    data = bytearray(WHOLE)
    data[at : at + len(noise)] = noise
    broken = bytes(data[:end]) if end > len(WHOLE) // 2 else bytes(data)
    with contextlib.suppress(InputError):
        # With its first bytes replaced, it may pass for another format.
        if format_of(taken(broken)).name == "Word document":
            read(broken)


@given(
    st.lists(
        st.sampled_from(
            ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:del", "w:fldChar", "w:sym"]
        ),
        max_size=30,
    )
)
def test_elements_in_any_order(names: list[str]) -> None:
    opened = "".join(f"<{name} w:fldCharType='end'>x" for name in names)
    closed = "".join(f"</{name}>" for name in itertools.chain(reversed(names)))
    read(word(opened + closed + para(ONE)))


@pytest.mark.parametrize("line", ["Coast Institute, 17 February 2025", "17 February 2025 | Coast Institute"])
def test_an_organisation_with_a_date_beside_it(line: str) -> None:
    seen = see(para("The piers of the coast", "Titel") + para(line) + para(ONE) + para(TWO))
    assert seen.capture.publisher == "Coast Institute"
    assert seen.capture.published.value == "2025-02-17"
    assert seen.body == [ONE, TWO]


def test_most_paragraphs_decide_the_language() -> None:
    short = ["Ports open.", "The boats left.", "Trade grew again.", "Fish was sold.", "No storms came."]
    japanese = "北部の港は雪解けの後に再び開かれ、最初の船が島々に向けて出港した。"
    core = "<dc:language>ja-JP</dc:language>"
    assert see("".join(map(para, [*short, japanese])), core=core).capture.language == "en"
    assert see("".join(map(para, [*[japanese] * 3, short[0]])), core=core).capture.language == "ja"
