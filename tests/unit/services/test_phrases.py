from __future__ import annotations

import pytest

from briefer.services.phrases import phrases


@pytest.mark.parametrize(
    ("language", "page", "paragraph", "wanted"),
    [
        ("en", "3", 7, "p. 3"),
        ("en", "3-4", 7, "pp. 3–4"),
        ("en", "iv", None, "p. iv"),
        ("en", None, 7, "para. 7"),
        ("en", None, None, ""),
        ("ja", "3", 7, "3頁"),
        ("ja", "3-4", 7, "3–4頁"),
        ("ja", None, 7, "第7段落"),
    ],
)
def test_where_an_excerpt_stands(language: str, page: str | None, paragraph: int | None, wanted: str) -> None:
    assert phrases(language).locator(page, paragraph) == wanted
