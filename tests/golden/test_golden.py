"""What HTML and Markdown make of each feature, compared with what was looked at and found good."""

from __future__ import annotations

from lxml import etree

from briefer.export.html import to_html
from briefer.export.markdown import to_markdown
from tests.golden.cases import CASES
from tests.golden.compared import EXPECTED, compare, every_case


@every_case
def test_html(name: str, update_golden: bool) -> None:
    page = to_html(CASES[name].document)
    compare(EXPECTED / name / "page.html", page[page.index("<body>") :], update=update_golden)


@every_case
def test_markdown(name: str, update_golden: bool) -> None:
    compare(EXPECTED / name / "text.md", to_markdown(CASES[name].document), update=update_golden)


@every_case
def test_html_is_well_formed(name: str) -> None:
    parser = etree.HTMLParser(recover=False)
    # libxml2 knows HTML 4 only; what it says of anything else would be noise.
    etree.fromstring(to_html(CASES[name].document).encode(), parser)
    assert not [error for error in parser.error_log if "invalid" not in error.message]
