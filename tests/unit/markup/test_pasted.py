from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.markup import MarkdownMarkup

MARKUP = MarkdownMarkup()

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p {{color: red}}</style></head><body>
<!--StartFragment--><h1>Points<o:p></o:p></h1>
<p class=MsoNormal>Some <b style='mso-bidi-font-weight:normal'>bold</b>
and <i>italic</i> words&nbsp;here.</p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span><![endif]>First</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>
</span></span>Below</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Second</p>
<table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td>1</td></tr></table>
<!--EndFragment--></body></html>"""


def pasted(html: str) -> str:
    return MARKUP.write(MARKUP.pasted(html))


def test_word_keeps_its_structure() -> None:
    assert pasted(WORD) == (
        "### Points\n\nSome **bold** and *italic* words here.\n\n- First\n  1. Below\n- Second\n\n"
        "| a | b |\n| --- | --- |\n| 1 |  |"
    )


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        (
            "<b style='font-weight:normal'><p>plain <span style='font-weight:700'>bold</span></p></b>",
            "plain **bold**",
        ),
        ("<blockquote><p>said</p><p>more</p></blockquote>", "> said\n>\n> more"),
        (
            "<ol start=3><li>three<ul><li>below</li></ul></li><li><p>four</p></li></ol>",
            "3. three\n   - below\n4. four",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\\\n  b"),
        (
            "<a href='https://a.example/x'>page</a> <a href='javascript:x()'>no</a>",
            "[page](https://a.example/x) no",
        ),
        ("<table><tr><td>only</td></tr></table>", "only"),
        (
            "<table><tr><td>a<ul><li>b</li></ul></td><td>c<br>d</td></tr></table>",
            "| a b | c d |\n| --- | --- |",
        ),
        (
            "<p>x<script>bad()</script><style>p{}</style><img alt='map' src='http://a.example/m.png'></p>",
            "xmap",
        ),
        ("<p>5 * 3 <code>a*b</code></p>", "5 \\* 3 `a*b`"),
        ("<p style='display:none'>hidden</p>", ""),
        ("  ", ""),
        ("<!-- -->", ""),
    ],
)
def test_structure_stays_and_looks_go(html: str, markdown: str) -> None:
    assert pasted(html) == markdown


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "<table>", "<tr>", "<td>", "<b>", "x ", "<br>", "</"])
    )
)
def test_any_html_gives_text_that_is_read_back(parts: list[str]) -> None:
    blocks = MARKUP.pasted("".join(parts))
    assert MARKUP.write(MARKUP.read(MARKUP.write(blocks))) == MARKUP.write(blocks)


def test_what_is_nested_deeper_than_any_page_leaves_its_text() -> None:
    for tag in ("div", "b", "blockquote", "ul><li"):
        ends = "".join(f"</{part}>" for part in reversed(tag.split("><")))
        html = f"<p>before</p>{f'<{tag}>' * 600}deep <i>words</i>{ends * 600}<p>after</p>"
        text = MARKUP.write(MARKUP.pasted(html))
        assert text.startswith("before")
        assert "deep" in text
        assert text.rstrip().endswith("after") or tag == "b"


def test_tables_in_tables_are_read_once_at_each_level() -> None:
    html = "<table><tr><td>" * 40 + "deep" + "</td></tr></table>" * 40
    assert MARKUP.write(MARKUP.pasted(html)).strip() == "deep"


def test_characters_that_xml_forbids_do_not_stand_in_the_way() -> None:
    html = "<div>" * 600 + "de&#1;ep" + "</div>" * 600 + "<p>after &#2; it</p>"
    text = MARKUP.write(MARKUP.pasted(html))
    assert "deep" in text
    assert "after" in text
