from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from briefer.domain.documents import (
    Document,
    Heading,
    ListBlock,
    ListItem,
    Marking,
    Note,
    NoteRef,
    Paragraph,
    ParagraphStyle,
    Run,
    Table,
)
from briefer.export.html import to_html


def page(*blocks: Paragraph | Heading | ListBlock | Table, **more: object) -> html.HtmlElement:
    return html.document_fromstring(to_html(Document("Title", blocks, **more)))  # type: ignore[arg-type]


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
    links = {a.get("href"): a.get("id") for a in tree.iter("a")}
    assert links == {"#note-1": "ref-1", "#ref-1": "note-1"}
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
        (p.text, p.get("align"), p.get("style")) for p in red.iter("p") if p.get("class") == "marking"
    ] == [("SECRET", "right", "text-align: right; color: #c00000;")] * 2
    odd = page(marking=Marking("SECRET", "#000000", '"><script>'))
    assert {p.get("style") for p in odd.iter("p")} == {"text-align: center;"}


def test_lists_that_start_elsewhere_say_so() -> None:
    (element,) = page(ListBlock((ListItem((Paragraph((Run("x"),)),)),), ordered=True, start=4)).iter("ol")
    assert element.get("start") == "4"


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
