"""The language of a text, by fastText's identification model narrowed to the languages that are met here.

The model (``lid.176.ftz``: 176 languages, 0.9 MB) lies among the resources; ``hatch_build.py`` puts it there.
"""

from __future__ import annotations

import functools
import logging
import os
import re
import sys
from typing import TYPE_CHECKING

from briefer import assets

if TYPE_CHECKING:
    from fasttext.FastText import _FastText

# Among all 176 a heading in German may pass for Bavarian, or a name for Cebuano.
LANGUAGES = frozenset(
    re.split(r"\s+", "ar bg cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh")
)
_LABEL = "__label__"
_SAMPLE = 4000
_ASKED = 40
_LEAST = 0.4
_LEAST_LETTERS = 8
_SPACE = re.compile(r"\s+")
# Addresses and numbers speak no language, and pull towards English.
_SPEECHLESS = re.compile(r"\S*(?://|www\.|@)\S*|\d+")


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of ``text`` is in, or nothing when unsure."""
    return guess_language(text)[0]


def guess_language(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of a text's language and how sure that is (0 to 1); nothing and 0 when unsure."""
    sample = _SPACE.sub(" ", _SPEECHLESS.sub(" ", text[: 2 * _SAMPLE])).strip()[:_SAMPLE]
    if sum(_weight(ch) for ch in sample[:200]) < _LEAST_LETTERS:
        return "", 0.0
    model = _model()
    if model is None:
        return "", 0.0
    # A lone surrogate, as broken files have them, cannot be handed over.
    readable = sample.encode("utf-8", "ignore").decode("utf-8")
    labels, shares = model.predict(readable, k=_ASKED)
    found = [
        (label.removeprefix(_LABEL), share)
        for label, share in zip(labels, shares, strict=True)
        if label.removeprefix(_LABEL) in LANGUAGES
    ]
    total = sum(share for _, share in found)
    if not found or total < _LEAST:
        return "", 0.0
    code, share = found[0]
    sure = min(share / total, 1.0)
    return (code, sure) if sure >= _LEAST else ("", 0.0)


def _weight(character: str) -> int:
    """Return how much a character tells: one of a script without spaces as much as four letters."""
    if not character.isalpha():
        return 0
    return 4 if character >= "\u0e00" else 1


@functools.cache
def _model() -> _FastText | None:
    from fasttext import load_model

    path = os.fspath(assets.resources() / "intake" / "lid.176.ftz")
    try:
        # The library opens files by their narrow name, which Windows reads in the code page of the machine.
        return load_model(path.encode("mbcs") if sys.platform == "win32" else path)
    except ValueError:
        logging.getLogger(__name__).warning("No language model at %s: languages stay unknown", path)
        return None
