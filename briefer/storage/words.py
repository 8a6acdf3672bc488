"""Counting words."""

from __future__ import annotations

import re

_CJK = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CITATION = re.compile(r"\[[^\]]*@[^\]]*\]")
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+(?:['’.,-][^\W{_CJK}]+)*")


def count_words(markdown: str) -> int:
    """Count words as a reader would: each Chinese or Japanese character is one, a citation is none."""
    return len(_WORD.findall(_CITATION.sub("", markdown)))
