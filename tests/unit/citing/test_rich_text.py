from __future__ import annotations

import pytest

from briefer.citing.rich_text import RichTextError, inlines_of
from briefer.domain.documents import LineBreak, Run


@pytest.mark.parametrize(
    ("html", "inlines"),
    [
        ("", ()),
        ("plain &#38; &#60;b&#62;", (Run("plain & <b>"),)),
        ("a <i>b</i> <b>c</b>", (Run("a "), Run("b", italic=True), Run(" "), Run("c", bold=True))),
        (
            '<i>a <span style="font-style:normal;">b</span></i>',
            (Run("a ", italic=True), Run("b")),
        ),
        ("x<sup>2</sup><sub>n</sub>", (Run("x"), Run("2", superscript=True), Run("n", subscript=True))),
        ('<span style="font-variant:small-caps;">Act</span>', (Run("Act", small_caps=True),)),
        ('<span style="text-decoration:underline;">u</span>', (Run("u", underline=True),)),
        (
            '<a href="https://example.org/?a=1&#38;b=2">there</a>.',
            (Run("there", link="https://example.org/?a=1&b=2"), Run(".")),
        ),
        ("<i>a</i><i>b</i>", (Run("ab", italic=True),)),
        ("a\x00b\ud800c\ufffe", (Run("abc"),)),
        ('  <div class="csl-entry">One.</div>\n', (Run("One."),)),
        (
            (
                '  <div class="csl-entry">\n    <div class="csl-left-margin">[1]</div>'
                '<div class="csl-right-inline"><i>Two</i>.</div>\n  </div>\n'
            ),
            (Run("[1]"), Run(" Two", italic=True), Run(".")),
        ),
        (
            '<div class="csl-entry"><div class="csl-block">A</div>\n<div class="csl-indent">B</div>tail</div>\n',
            (Run("A"), LineBreak(), Run("B"), LineBreak(), Run("tail")),
        ),
    ],
)
def test_html_into_runs(html: str, inlines: tuple[object, ...]) -> None:
    assert inlines_of(html) == inlines


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<a href="x" onclick="y">z</a>',
        '<span style="color:red;">x</span>',
        '<span class="x">x</span>',
        '<div class="other">x</div>',
        '<div style="x">x</div>',
        '<i class="x">x</i>',
        "<i>x",
        "a < b",
        "<!-- x -->",
        "<?x y?>",
        "&nbsp;",
    ],
)
def test_anything_else_is_a_fault(html: str) -> None:
    with pytest.raises(RichTextError):
        inlines_of(html)
