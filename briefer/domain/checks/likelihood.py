"""Words of likelihood and confidence: one yardstick, and never both in one sentence.

The yardsticks are those of US ICD 203 (6.2.a) and of the UK's Professional Head of Intelligence Assessment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefer.domain.briefs import Block, Section
from briefer.domain.checks.material import Material
from briefer.domain.checks.rules import finding
from briefer.domain.checks.sentences import own_words, sentences_with
from briefer.domain.citations import uncited
from briefer.domain.findings import Finding

YARDSTICKS = {
    "icd-203": (
        "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable",
        "roughly even chance", "roughly even odds", "even chance", "even odds", "likely", "probable", "probably", "very likely", "highly probable",
        "almost certain", "almost certainly", "nearly certain",
    ),
    "phia": (
        "remote chance", "highly unlikely", "unlikely", "realistic possibility", "likely", "probable", "probably",
        "highly likely", "almost certain", "almost certainly",
    ),
}  # fmt: skip
"""The words of each yardstick, by its id."""

_OF_NEITHER = (
    "quite likely", "fairly likely", "rather likely", "extremely likely", "more than likely", "quite unlikely",
    "extremely unlikely", "in all likelihood", "good chance", "fair chance", "strong chance", "strong possibility",
    "real possibility", "possibly", "perhaps", "conceivably",
)  # fmt: skip
_NAMES = {"icd-203": "ICD 203", "phia": "PHIA"}
_ALL = sorted({*_OF_NEITHER, *(w for words in YARDSTICKS.values() for w in words)}, key=len, reverse=True)
# For text in small letters: to look for either case takes four times as long.
_WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, _ALL))})\b")
# What is far away is remote, too.
_UNLIKELY = re.compile(
    r"remote (?:possibilit|likelihood|probabilit|prospect|odds)|(?:chance|odds|likelihood|prospect|possibilit|probabilit)[^.;]{0,60}\bremote",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(
    r"\b(?:low|moderate|medium|high)(?:ly)? confiden(?:ce|t)\b|\bconfidence(?: level)? (?:is|are|remains) (?:low|moderate|medium|high)\b"
    r"|確信?度|確信を(?:持|も)って",
    re.IGNORECASE,
)
_CONFIDENT = ("confiden", "確")
_SHOWN = 80
# No yardstick is in Japanese; these words are of likelihood in any case.
_JAPANESE = re.compile(
    r"可能性[がはも](?:極めて|非常に)?(?:高|低|大き|小さ)|蓋然性|公算|おそらく|恐らく|ほぼ確実"
)


def likelihood(material: Material) -> Iterator[Finding]:
    """Yield sentences and words that mix what must be kept apart. Quotations are their sources' business."""
    first: dict[str, str] = {}
    for section, block in material.prose():
        words, mixed = _read(block.markdown)
        for sentence in mixed:
            message = f"Confidence and likelihood in one sentence: {sentence[:_SHOWN]}"
            yield finding("confidence-likelihood", message, section.id, block.id, (sentence,))
        for word in words:
            yield from _word(material.form.yardstick, first, word, section, block)


@lru_cache(maxsize=4096)
def _read(markdown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of likelihood in a text, and the sentences that have one of confidence too."""
    text = uncited(markdown)
    plain = own_words(text)
    words: list[str] = _WORDS.findall(plain.lower())
    if "remote" not in words and not any(sign in plain.lower() for sign in _CONFIDENT):
        return tuple(words), ()  # mostly, and far sooner than in sentences
    words.clear()
    both: list[str] = []
    for sentence, own in sentences_with(text, plain):
        found = _WORDS.findall(own.lower())
        if "remote" in found and not _UNLIKELY.search(own):
            found = [word for word in found if word != "remote"]
        words += found
        if (found or _JAPANESE.search(own)) and _CONFIDENCE.search(own):
            both.append(sentence.strip())
    return tuple(words), tuple(both)


def _word(chosen: str, first: dict[str, str], word: str, section: Section, block: Block) -> Iterator[Finding]:
    """Yield what is wrong with a word; ``first`` is the first word that only one yardstick has, by yardstick."""
    if chosen:
        if word not in YARDSTICKS[chosen]:
            message = f"“{word}” is not a word of {_NAMES[chosen]}."
            yield finding("yardstick-other", message, section.id, block.id)
        return
    owners = [name for name, words in YARDSTICKS.items() if word in words]
    if len(owners) != 1 or owners[0] in first:
        return
    first[owners[0]] = word
    if len(first) > 1:
        told = " and ".join(f"“{used}” ({_NAMES[name]})" for name, used in first.items())
        yield finding("yardsticks-mixed", f"Two yardsticks are mixed: {told}.", section.id, block.id)
