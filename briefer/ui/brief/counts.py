"""How often words stand in the texts and quotations of a brief; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefer.domain.replacing import may_have, pattern, replaced
from briefer.services.ports import Markup
from briefer.services.stopping import Stop


@dataclass(frozen=True)
class Counts:
    """How often ``words`` stand in each text (its Markdown is the key), and ``total`` in all of them.

    ``kept`` places are words of a source, as all in quotations are: they cannot be replaced.
    """

    words: str = ""
    case: bool = False
    source: bool = False
    by_text: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """All places of a text, and those of them that stay."""
    total: int = 0
    kept: int = 0

    def are_of(self, words: str, *, case: bool, source: bool) -> bool:
        """Whether just this was counted: ``source`` counts in the Markdown itself, not in what it shows."""
        return (self.words, self.case, self.source) == (words, case, source)


@dataclass(frozen=True)
class Searched:
    """What is searched: the Markdown of the texts, and the words of the quotations."""

    texts: Sequence[str]
    quotes: Iterable[str] = ()


def counted_anew(
    former: Counts, searched: Searched, words: str, markup: Markup, stop: Stop, *, case: bool, source: bool
) -> Counts:
    """Count ``words`` in everything; a text that ``former`` has counted is not read again.

    Raises:
        StoppedError: ``stop`` says that nobody waits for it any more.
    """
    known = former.by_text if former.are_of(words, case=case, source=source) else {}
    wanted = pattern(words, case=case)

    def count(text: str) -> tuple[int, int]:
        stop.go_on()
        if not may_have(text, words) and not source:
            return 0, 0
        _blocks, changed, kept = replaced(markup.read(text), wanted, "")
        return len(wanted.findall(text)) if source else changed + kept, kept

    by_text = {text: known[text] if text in known else count(text) for text in dict.fromkeys(searched.texts)}
    quoted = sum(len(wanted.findall(words)) for words in searched.quotes)
    total = sum(by_text[text][0] for text in searched.texts) + quoted
    kept = sum(by_text[text][1] for text in searched.texts) + quoted
    return Counts(words, case, source, by_text, total, kept)
