"""The language of a text, by its script and its most frequent words."""

from __future__ import annotations

import re
from collections import Counter

from briefer.intake.words import stop_words

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_UKRAINIAN = re.compile(r"[іїєґ]")
_SAMPLE = 20_000
_LEAST = 3


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of ``text`` is in, or nothing when unsure."""
    sample = text[:_SAMPLE]
    letters = sum(ch.isalpha() for ch in sample)
    if not letters:
        return ""
    counts = {code: len(pattern.findall(sample)) / letters for code, pattern in _SCRIPTS}
    if counts["ja"] > 0.1 or (counts["ja"] > 0.02 and counts["zh"] > 0.2):
        return "ja"
    code, share = max(counts.items(), key=lambda item: item[1])
    if share > 0.3:
        return "uk" if code == "ru" and _UKRAINIAN.search(sample) else code
    return _latin(sample)


def _latin(sample: str) -> str:
    words = Counter(_WORD.findall(sample.casefold()))
    scores = {code: sum(words[w] for w in known) for code, known in stop_words().items()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, score), (_, second) = ranked[0], ranked[1]
    total = words.total()
    if score < _LEAST or score < total * 0.08 or score == second:
        return ""
    return best
