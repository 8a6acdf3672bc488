"""The checks on Japanese text: what they hit and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from briefer.domain.briefs import Block, BlockKind
from tests.unit.domain.checks.conftest import Bench


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("輸出額は47億円に増えた。", "no-source"),
        ("担当相は「攻撃は偶然ではない」と述べた。", "no-source"),
        ("３月２日に会談した。", "no-source"),
        ("山田外相が訪問した。", "no-source"),
        ("今後も協議を続けたい。", None),
        ("高い確信度で、合意する可能性が高いとみる。", "confidence-likelihood"),
        ("おそらく合意するとの見方を、確信を持って示せる。", "confidence-likelihood"),
        ("合意する可能性が高い。確信度は高い。", None),
        ("インドと会談し、インドネシアを訪れる。", None),
        ("トルコと会談し、テュルキエを訪れる。", "spelled-twice"),
        ("検討の論点は次のとおり：", "parted"),
        ("検討の論点は次のとおりである。", None),
    ],
)
def test_a_text(bench: Bench, text: str, rule: str | None) -> None:
    bench.changes["language"] = "ja"
    bench.section(f">{bench.excerpt()}", text)
    assert bench.rules() == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("「輸出管理を三月から強化する方針を示した」", None),
        ("「輸出管理を　三月から 強化する方針を示した」", "quote-normalised"),
        ("「輸出管理を３月から強化する方針を示した」", "quote-altered"),
        ("「輸出管理」", None),
    ],
)
def test_a_quotation_in_a_text(bench: Bench, typed: str, rule: str | None) -> None:
    own = bench.excerpt(text="政府は、輸出管理を三月から強化する方針を示した。")
    bench.section(f"政府は{typed}とした[@{own}]。")
    assert bench.rules() == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("shown", "rule"),
    [("輸出管理を[…]強化する", None), ("輸出管理を緩和する", "quote-hidden-edit")],
)
def test_a_shortened_quotation(bench: Bench, shown: str, rule: str | None) -> None:
    own = bench.excerpt(text="政府は、輸出管理を三月から強化する方針を示した。")
    bench.section(Block("q", BlockKind.QUOTATION, excerpt_id=own, shown=shown))
    assert bench.rules() == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("source", "words", "rule"),
    [
        ({"rights": "無断転載を禁じます。"}, 210, "rights"),
        ({"rights": "無断転載を禁じます。"}, 150, None),
        ({"rights": "出典を明記すれば転載できます。"}, 210, None),
    ],
)
def test_a_long_extract(bench: Bench, source: dict[str, Any], words: int, rule: str | None) -> None:
    bench.section(f">{bench.excerpt(bench.source(**source), '輸' * words)}")
    assert bench.rules() == ([rule] if rule else [])
    assert all(finding.block for finding in bench.found())


@pytest.mark.parametrize(
    ("speaker", "rule"),
    [("匿名の政府高官", "anonymous"), ("山田太郎外務大臣", None), ("外交筋", "anonymous")],
)
def test_who_speaks_in_a_key_message(bench: Bench, speaker: str, rule: str | None) -> None:
    bench.section(f">{bench.excerpt(speaker=speaker)}", kind="say")
    assert ("anonymous" in bench.rules()) is bool(rule)


def test_a_title_on_another_partner(bench: Bench) -> None:
    bench.subjects, bench.changes = "partner:IN", {"title": "トルコとの会談", "language": "ja"}
    bench.section(f">{bench.excerpt()}")
    assert bench.rules() == ["title-partner"]
    bench.changes["title"] = "インドとの会談"
    assert bench.rules() == []
    bench.changes["title"] = "インドネシアでの会談"
    assert bench.rules() == []
