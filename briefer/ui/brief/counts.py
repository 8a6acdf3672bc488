"""How often words stand in the texts of a brief; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefer.domain.replacing import may_have, pattern, replaced
from briefer.services.ports import Markup


@dataclass(frozen=True)
class Counts:
    """How often ``words`` stand in each text (its Markdown is the key), and ``total`` in all of them."""

    words: str = ""
    case: bool = False
    source: bool = False
    by_text: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    def are_of(self, words: str, *, case: bool, source: bool) -> bool:
        """Whether just this was counted: ``source`` counts in the Markdown itself, not in what it shows."""
        return (self.words, self.case, self.source) == (words, case, source)


def counted_anew(
    former: Counts, texts: Sequence[str], words: str, markup: Markup, *, case: bool, source: bool
) -> Counts:
    """Count ``words`` in all ``texts``; a text that ``former`` has counted is not read again."""
    known = former.by_text if former.are_of(words, case=case, source=source) else {}
    wanted = pattern(words, case=case)

    def count(text: str) -> int:
        if source:
            return len(wanted.findall(text))
        return replaced(markup.read(text), wanted, "")[1] if may_have(text, words) else 0

    by_text = {text: known[text] if text in known else count(text) for text in dict.fromkeys(texts)}
    return Counts(words, case, source, by_text, sum(by_text[text] for text in texts))
