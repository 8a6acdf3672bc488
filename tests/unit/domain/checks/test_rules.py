from __future__ import annotations

from pathlib import Path

from briefer.domain.checks import RULES

_PAGE = Path(__file__).parents[4] / "docs" / "command-line.md"


def test_the_command_line_s_page_lists_every_check_with_its_reason() -> None:
    listed = [line for line in _PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    rows = [f"| `{r.id}` | {r.level}{', shows' if r.shows else ''} | {r.why} |" for r in RULES.values()]
    assert [line for line in listed if any(line.startswith(f"| `{r}` |") for r in RULES)] == rows


def test_the_plain_sentence_of_a_rule_names_no_standard() -> None:
    for rule in RULES.values():
        assert "(" not in rule.plain
        assert rule.plain.endswith(".")
        assert rule.why.startswith(rule.plain[:-1])
