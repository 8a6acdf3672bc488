"""The word lists of ``resources/intake/``, read once and made into patterns."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass

from briefer import assets
from briefer.domain.spans import fold

_EDGES = " \t\"'“”‘’«»「」『』【】[]()（）<>＜＞•·|-–—:：>»▼▶■◆●★☆…!"
_MORE = re.compile(
    r"(?:more (?:from|in|on|stories|news|articles)|elsewhere on|also (?:in|on)|latest (?:in|on|from)|up next in|next up in) \w"
)
_WEAK = re.compile(r"(?:more (?!than\b|and more|or less)|latest |top )\w")
_NOTICE_LONGEST = 300
_COUNT = re.compile(r"\(?\d+\)?\s*")


@functools.lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return ``text`` as lists compare it: folded, without case, with plain apostrophes."""
    # The Turkish capital İ folds to an i with a dot of its own.
    return fold(unicodedata.normalize("NFKC", text)).casefold().replace("’", "'").replace("i̇", "i")


@functools.lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return the key of ``text`` without quotation marks, bullets and dashes at its edges."""
    return key(text).strip(_EDGES)


def _without_count(plain: str) -> str:
    """Return "comments" of "12 comments", and of "(12) comments"."""
    return _COUNT.sub("", plain, count=1) if any(map(str.isdigit, plain)) else plain


@dataclass(frozen=True)
class Phrases:
    """Phrases that are looked for at the beginning of a line, or anywhere in it."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def begin(self, folded: str) -> bool:
        """Whether the folded line begins with one of them."""
        return folded.startswith(self.words) and bool(self.pattern.match(folded))

    def inside(self, folded: str) -> bool:
        """Whether one of them stands in the folded line."""
        # Plain comparison first: it is many times as fast as the pattern, which looks at the edges of words too.
        return any(word in folded for word in self.words) and bool(self.pattern.search(folded))

    def without(self, folded: str) -> str:
        """Return the folded line without any of them."""
        return self.pattern.sub("", folded) if any(word in folded for word in self.words) else folded


@dataclass(frozen=True)
class Furniture:
    """What gives away a line that is not the article."""

    exact: dict[str, str]
    stop: dict[str, str]
    start: tuple[tuple[Phrases, str], ...]
    inside: tuple[tuple[Phrases, str], ...]
    caption_start: Phrases
    caption_inside: Phrases
    ai: re.Pattern[str]
    labels: Phrases
    notice: re.Pattern[str]
    refusal: re.Pattern[str]
    told: re.Pattern[str]

    def machine_notice(self, text: str) -> bool:
        """Whether the line is a text's own notice that a machine wrote it, and no report about such a notice."""
        folded = key(text) if len(text) <= _NOTICE_LONGEST else ""
        return bool(self.notice.match(folded) and not self.told.search(folded))

    def machine_speaks(self, text: str) -> bool:
        """Whether the line begins with the words in which a language model speaks of itself."""
        return bool(self.refusal.match(key(text[:_NOTICE_LONGEST])))

    def why(self, text: str) -> str:
        """Return what kind of furniture the line is, or nothing."""
        folded, plain = key(text), bare(text)
        found = self.exact.get(plain) or self.exact.get(_without_count(plain))
        if found:
            return found
        if len(folded) <= 80 and not self.labels.without(plain).strip(_EDGES):
            return "label" if plain else ""
        if len(folded) <= 160:
            for phrases, why in self.start:
                if phrases.begin(folded):
                    return why
        if len(folded) <= 700:
            for phrases, why in self.inside:
                if phrases.inside(folded):
                    return why
        return "notice of AI" if self.machine_notice(text) else ""

    def stop_heading(self, text: str, *, weak: bool = False) -> str:
        """Return what follows the line if it is a heading that ends an article, or nothing.

        ``weak`` takes headings too that an article may have itself ("More …"); their place has to decide.
        """
        if len(text) > 80:
            return ""
        plain = bare(text)
        found = self.stop.get(plain) or self.stop.get(_without_count(plain).strip(_EDGES))
        if found:
            return found
        if "popular article" in plain or "ranking" in plain.split() or plain.endswith("ランキング"):
            return "ranking"
        if (
            (_MORE.match(plain) or (weak and _WEAK.match(plain)))
            and len(plain) < 50
            and text[-1:] not in ".?!:"
        ):
            return "related stories"
        return ""


def _phrases(words: list[str], *, at_start: bool = False) -> Phrases:
    return Phrases(tuple(map(_light_key, words)), _any(words, at_start=at_start))


def _any(words: list[str], *, at_start: bool = False) -> re.Pattern[str]:
    parts = "|".join(
        _word(w, at_start=at_start) for w in sorted(map(_light_key, words), key=len, reverse=True)
    )
    return re.compile(parts)


def _light_key(word: str) -> str:
    # Trailing blanks of a list entry are part of it ("more on ").
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _word(word: str, *, at_start: bool) -> str:
    body = re.escape(word)
    before = "" if at_start or not word[:1].isalpha() or not word.isascii() else r"(?<![a-z0-9])"
    after = r"(?![a-z0-9])" if word[-1:].isascii() and word[-1:].isalpha() else ""
    return before + body + after


def load(name: str) -> dict[str, dict[str, list[str]]]:
    """Return the data of a file of ``resources/intake/``."""
    data = json.loads((assets.resources() / "intake" / f"{name}.json").read_text(encoding="utf-8"))
    data.pop("about", None)
    return dict(data)


@functools.cache
def furniture() -> Furniture:
    """Return the furniture lists."""
    data = load("furniture")
    return Furniture(
        exact={bare(w) or key(w): why for why, words in data["exact"].items() for w in words},
        stop={bare(w): why for why, words in data["stop"].items() for w in words},
        start=tuple((_phrases(words, at_start=True), why) for why, words in data["start"].items()),
        inside=tuple((_phrases(words), why) for why, words in data["inside"].items()),
        caption_start=_phrases(data["caption"]["start"], at_start=True),
        caption_inside=_phrases(data["caption"]["inside"]),
        ai=_any(_list(data["ai"])),
        labels=_phrases(data["exact"]["label"]),
        notice=_either(data["ai notice"]),
        refusal=_either(data["ai refusal"]),
        told=_either(data["ai told"]),
    )


def _either(patterns: object) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _list(patterns)))


def _list(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(v) for v in value]


@functools.cache
def names(kind: str) -> tuple[str, ...]:
    """Return a list of ``names.json``."""
    return tuple(_list(load("names")[kind]))


@functools.cache
def organisations() -> re.Pattern[str]:
    """Return what a line that names an organisation has in it: a word such as Institute, or an ending such as 新聞."""
    words = names("organisations")
    latin = "|".join(re.escape(w) for w in words if w.isascii())
    others = "|".join(re.escape(w) for w in words if not w.isascii())
    return re.compile(rf"\b(?:{latin})\b|(?:{others})\W*$")
