from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from briefer.domain.documents import (
    BlockNode,
    CitationText,
    Contents,
    CrossReference,
    Document,
    Heading,
    HeadingNumbering,
    HeatMap,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    RunStyle,
    Table,
)
from briefer.export.html import to_html, to_pieces
from briefer.export.html.shades import shade


def page(*blocks: BlockNode, **more: object) -> html.HtmlElement:
    return html.document_fromstring(to_html(Document("Title", blocks, **more)))  # type: ignore[arg-type]


def said(text: str, **more: object) -> Paragraph:
    return Paragraph((Run(text),), **more)  # type: ignore[arg-type]


def test_a_page_stands_alone_and_says_its_language() -> None:
    text = to_html(Document("A & B", (), language="ja-JP"))
    assert text.startswith('<!DOCTYPE html>\n<html lang="ja-JP">')
    assert "<title>A &amp; B</title>" in text
    for outside in ("<script", "<link", "<img", "src=", "@import", "url("):
        assert outside not in text


def test_ids_are_the_anchors_each_once() -> None:
    blocks = (
        Heading(1, (Run("h"),), "s1"),
        Paragraph((Run("p"),), anchor="b1"),
        Paragraph((Run("q"),), ParagraphStyle.QUOTATION, "b1"),
        ListBlock((ListItem((Paragraph((Run("i"),), anchor="inner"),)), ListItem(())), anchor="l1"),
        ListBlock((), anchor="empty"),
        Table(((Run("a"),),), (), anchor="t1"),
        Paragraph((Run("c"),), ParagraphStyle.CODE, "c1"),
    )
    ids = [e.get("id") for e in page(*blocks).iter() if e.get("id")]
    assert ids == ["s1", "b1", "l1", "inner", "t1", "c1"]


def test_notes_lead_there_and_back() -> None:
    tree = page(Paragraph((Run("x"), NoteRef(1))), notes=(Note(1, (Run("n"),)),))
    links = [(a.get("role"), a.get("href"), a.get("id")) for a in tree.iter("a")]
    assert links == [("doc-noteref", "#note-1", "ref-1"), ("doc-backlink", "#ref-1", None)]
    assert [(li.get("id"), li.text) for li in tree.iter("li")] == [("note-1", "n ")]
    (notes,) = tree.iter("section")
    assert notes.get("role") == "doc-endnotes"
    assert tree.get_element_by_id(notes.get("aria-labelledby")).text == "Notes"
    assert [h.text for h in tree.iter("h2")] == ["Notes"]
    japanese = page(Paragraph((NoteRef(1),)), notes=(Note(1, (Run("注記"),)),), language="ja")
    assert [h.text for h in japanese.iter("h2")] == ["注"]


def test_japanese_in_an_english_page_is_marked() -> None:
    tree = page(Paragraph((Run("On 経済安保"),)))
    assert [(s.get("lang"), s.text) for s in tree.iter("span")] == [("ja", "経済安保")]
    assert list(page(Paragraph((Run("経済安保"),)), language="ja-JP").iter("span")) == []


def test_the_marking_stands_at_both_ends_in_its_colour_and_place() -> None:
    red = page(marking=Marking("SECRET", "#C00000", "right", bold=False))
    assert [
        (p.text, p.get("align"), p.get("style")) for p in red.iter("p") if "marking" in p.get("class", "")
    ] == [("SECRET", "right", "text-align: right; color: #c00000;")] * 2
    assert [p.get("class") for p in red.iter("p")] == ["marking head", "marking foot"]
    assert [e.tag for e in red.find("body")] == ["header", "main", "footer"]
    top = page(marking=Marking("SECRET", placement=("header",)))
    assert [p.get("class") for p in top.iter("p")] == ["marking head", "marking"]
    odd = page(marking=Marking("SECRET", "#000000", '"><script>'))
    assert {p.get("style") for p in odd.iter("p")} == {"text-align: center;"}


def test_a_marking_may_have_a_ground_of_its_own() -> None:
    tree = page(marking=Marking("TLP:RED", "#000000", "right", ground="#000000", on_ground="#FF2B2B"))
    assert {p.get("style") for p in tree.iter("p")} == {
        "text-align: right; color: #ff2b2b; background-color: #000000;"
    }


def test_lists_that_start_elsewhere_say_so() -> None:
    (element,) = page(ListBlock((ListItem((Paragraph((Run("x"),)),)),), ordered=True, start=4)).iter("ol")
    assert element.get("start") == "4"


def test_draft_copy_and_handling_stand_below_the_title() -> None:
    tree = page(marking=Marking("M"), draft="DRAFT", copy="Copy 1", handling=("Return it.",))
    said = [(p.get("class"), p.text_content()) for p in tree.find("body/main").iter("p")]
    assert said == [("status", "DRAFT · Copy 1"), ("handling", "Return it.")]


def test_headings_are_numbered_without_a_gap_and_listed_with_links() -> None:
    levels = ((1, "s1"), (3, ""), (5, "s3"), (1, "s4"))
    headings = [Heading(level, (Run(f"H{n}"),), anchor) for n, (level, anchor) in enumerate(levels, 1)]
    tree = page(
        Contents("Inside", 2, "toc"),
        *headings,
        Heading(1, (Run("Last"),), "a", annex=True),
        numbering=HeadingNumbering.DECIMAL,
    )
    shown = [(e.tag, e.text, e.get("id"), e.get("class")) for e in tree.iter("h1", "h2", "h3", "h4")]
    assert shown == [
        ("h1", "Title", None, None),
        ("h2", "Inside", "contents", None),
        ("h2", "1\u2003H1", "s1", None),
        ("h3", "1.1\u2003H2", "heading-2", None),
        ("h4", "1.1.1\u2003H3", "s3", None),
        ("h2", "2\u2003H4", "s4", None),
        ("h2", "Annex A\u2003Last", "a", "annex"),
    ]
    (nav,) = tree.iter("nav")
    assert (nav.get("role"), nav.get("aria-labelledby"), nav.get("id")) == ("doc-toc", "contents", "toc")
    listed = [(a.get("href"), a.text, len(list(a.iterancestors("ul")))) for a in nav.iter("a")]
    assert listed == [
        ("#s1", "1\u2003H1", 1),
        ("#heading-2", "1.1\u2003H2", 2),
        ("#s4", "2\u2003H4", 1),
        ("#a", "Annex A\u2003Last", 1),
    ]
    assert list(page(Contents("Inside")).iter("ul")) == []


def test_no_block_takes_an_id_of_the_page() -> None:
    tree = page(
        Contents("C"),
        said("x", anchor="notes"),
        Paragraph((NoteRef(1),), anchor="contents"),
        notes=(Note(1, ()),),
    )
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert ids == ["contents", "ref-1", "notes", "note-1"]


def test_the_contents_are_well_formed() -> None:
    text = to_html(
        Document("T", (Contents("C", 3), *(Heading(level, (Run("h"),)) for level in (1, 2, 3, 2, 1, 2))))
    )
    nav = text[text.index("<nav") : text.index("</nav>") + 6]
    nested = [len(list(ul.iterancestors("li"))) for ul in etree.fromstring(nav).iter("ul")]
    assert nested == [0, 1, 2, 1]


def test_references_lead_to_what_is_on_the_page() -> None:
    tree = page(
        Paragraph((CrossReference("t", "the table"), CrossReference("gone", " nowhere"))),
        Table(((Run("a"),),), (), anchor="t"),
    )
    assert [(a.get("href"), a.text, a.tail) for a in tree.iter("a")] == [("#t", "the table", " nowhere")]


def test_a_heat_map_is_a_table_with_shades() -> None:
    tree = page(HeatMap(("Supply",), ("Japan", "India"), ((0, 4),), "Counts", "Most: 4.", "m"))
    (table,) = tree.iter("table")
    assert table.get("aria-label") == "Most: 4."
    assert [(th.get("scope"), th.text) for th in table.iter("th")] == [
        ("col", "Japan"),
        ("col", "India"),
        ("row", "Supply"),
    ]
    assert [(td.text, td.get("style")) for td in table.iter("td")][1:] == [
        ("0", "background-color: #ffffff; color: #000000;"),
        ("4", "background-color: #17406d; color: #ffffff;"),
    ]
    (bare,) = page(HeatMap((), (), (), "Counts", "")).iter("table")
    assert bare.get("aria-label") == "Counts"


@given(st.integers(0, 1000))
def test_figures_can_be_read_on_their_shade(count: int) -> None:
    light, dark = sorted(map(luminance, shade(count, 1000)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_paragraphs_say_what_they_are() -> None:
    tree = page(
        said("one", number=12),
        said("original", style=ParagraphStyle.QUOTATION, number=13),
        said("translated", style=ParagraphStyle.TRANSLATION),
        said("مرحبا hello"),
        Paragraph((Run("(S) ", style=RunStyle.PORTION), Run("[…]", style=RunStyle.EDITORIAL))),
        ListBlock((ListItem((said("counted", number=14),)),)),
    )
    assert [(p.get("class"), p.get("dir"), p.text_content()) for p in tree.iter("p")] == [
        ("numbered", None, "12. one"),
        ("numbered", None, "13. original"),
        (None, None, "translated"),
        (None, "rtl", "مرحبا hello"),
        (None, None, "(S) […]"),
        ("numbered", None, "14. counted"),
    ]
    assert [q.get("class") for q in tree.iter("blockquote")] == [None, "translation"]
    assert [s.get("class") for s in tree.iter("span")] == [
        "number",
        "number",
        "portion",
        "editorial",
        "number",
    ]


def test_citations_are_their_text() -> None:
    tree = page(Paragraph((CitationText("c", (Run("Gazette", italic=True), Run(" 2025")), ()),)))
    assert [p.text_content() for p in tree.iter("p")] == ["Gazette 2025"]


def test_the_page_label_is_printed_and_cannot_leave_its_string() -> None:
    text = to_html(Document("T", (), page_label='{page} of {pages} "; } </style><script>'))
    assert 'content: "" counter(page) " of " counter(pages) " ' in text
    assert "<script" not in text
    assert text.count("</style>") == 2
    assert "@top-right" not in text
    assert '@top-right { content: "DRAFT"; ' in to_html(Document("T", (), draft="DRAFT"))


def test_a_page_always_has_a_title() -> None:
    assert "<title>–</title>" in to_html(Document("\x00", ()))


@given(st.text(), st.text())
def test_any_text_stays_text(one: str, two: str) -> None:
    one, two = (text.encode("utf-8", "replace").decode() for text in (one, two))
    document = Document(
        one,
        (Paragraph((Run(f"<i>{two}</i>"),), anchor=one), Table(((Run(two),),), (), caption=one)),
        audience=two,
        marking=Marking(one),
    )
    tree = html.document_fromstring(to_html(document), parser=html.HTMLParser(encoding="utf-8"))
    assert list(tree.iter("i", "script")) == []
    etree.tostring(tree)


def _varied(text: str, *, more: bool = False) -> Document:
    blocks: tuple[BlockNode, ...] = (
        Contents("Inside"),
        Heading(1, (Run("One"),), "s1"),
        said("Same.", anchor="a"),
        *((said("New.", anchor="n"),) if more else ()),
        Paragraph((Run(text), NoteRef(1)), anchor="b"),
        Paragraph((Run("See "), CrossReference("n", "there")), anchor="r"),
        said("Doubled.", anchor="a"),
        Heading(1, (Run("Two"),), "s2"),
        Paragraph((Run("Cited."), NoteRef(2)), anchor="c"),
    )
    notes = (Note(1, (Run("First."),)), Note(2, (Run("Second."),)))
    return Document("Title", blocks, notes=notes, marking=Marking("OFFICIAL"), language="en")


def test_the_pieces_are_those_of_the_page() -> None:
    document = _varied("Text.")
    pieces, whole = to_pieces(document), to_html(document)
    parts = [piece.html for piece in (*pieces.pieces, *pieces.notes, *pieces.foot)]
    places = [whole.index(html) for html in parts]
    assert places[:-1] == sorted(places[:-1])
    assert whole.index("<style>" + pieces.style) >= 0
    assert [piece.html[:3] for piece in pieces.pieces if piece.opens] == ["<h2", "<h2"]
    assert [piece.notes for piece in pieces.pieces if piece.notes] == [(1,), (2,)]
    assert [p for piece in pieces.pieces for p in piece.places] == ["s1", "a", "b", "r", "s2", "c"]


def test_pieces_made_after_others_are_as_if_made_alone() -> None:
    states = [_varied("Text."), _varied("Other."), _varied("Text.", more=True), _varied("Text.")]
    states += [Document("Title", states[0].blocks, notes=states[0].notes, language="ja")]
    former = None
    for document in states:
        now = to_pieces(document, former)
        assert now == to_pieces(document)
        former = now


def test_only_what_changed_is_written_again() -> None:
    former = to_pieces(_varied("Text."))
    now = to_pieces(_varied("Other."), former)
    kept = {id(piece) for piece in (*former.pieces, *former.notes)}
    written = [piece for piece in (*now.pieces, *now.notes) if id(piece) not in kept]
    assert not [piece for piece in written if "Same." in piece.html or "First." in piece.html]
    assert [piece for piece in written if "Other." in piece.html]
