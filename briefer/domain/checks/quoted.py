"""The quotations that somebody typed into a text: what stands between quotation marks, and block quotations.

Marks are those of English, Japanese, French and German, single ones too; an apostrophe is told from a single mark by its
neighbours. What only bears quotation marks and quotes nobody (a term, a word that is kept at a distance) is left alone
by how long it is, and by what stands beside it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from briefer.domain.checks.claims import POINTS, SAID
from briefer.domain.checks.sentences import MARKS
from briefer.domain.citations import CITATION, cited_ids, uncited

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_BLOCK_QUOTED = re.compile(r"^ {0,3}>", re.MULTILINE)
_QUOTE_SIGN = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_ATTRIBUTION = re.compile(r"^[ \t]*(?:—|–|--|―).*", re.MULTILINE)
_OPENS = re.compile(r"\s*[“„«»\"「『]")
_QUOTED = re.compile("|".join(f"(?P<{kind}>{marks})" for kind, marks in MARKS.items()))
_POSSESSIVE = re.compile(r"(?<=s)[’'](?= [a-z])")
_EMPHASIS = re.compile(r"\*{1,3}|~~|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOTED = re.compile(r"emphas[ie]s|italics?\b|強調|傍点|下線", re.IGNORECASE)
_WORD = re.compile(r"\w[\w’'-]*")
_CJK = re.compile(r"[぀-ヿ㐀-鿿々ー]")
_FIGURE = re.compile(r"\d")
_LONG = 12
"""Characters; what is as long quotes somebody if it is two words and more, or Japanese."""
_PHRASE, _SHORT_CJK = 4, 4
_SAYS = re.compile(
    rf"\b(?:{SAID}|says?|calls?|called|describe[sd]?|wrote|writes|adds?|added|promised|promises)\b[^.;]{{0,40}}$"
)
_SAID_AFTER = re.compile(rf"[,.]? ?(?:[\w’'-]+ ){{0,3}}(?:{SAID}|says|wrote)\b")
_SAID_JA = re.compile(
    r"(?:など)?と(?!の(?:概念|考え(?!を(?:示|述|表|伝))|理念|構想|名称)|い[うっ]|は何|して|呼|称)"
)
# What is called or titled so; and what tells a sentence from a term: its subject or object, or the end of its verb.
_CALLED_JA = re.compile(r"と(?:(?:い[うっ]た?|の)?(?:概念|理念|構想|名称|用語|題)|呼|称|名付)")
_SENTENCE_JA = re.compile(r"[をがは]|[うくぐすつぬぶむるいただ]$")
_SENTENCE_CJK = 8
_TERM = re.compile(
    r"\b(?:so-called|known as|dubbed|termed|the (?:term|word|phrase|concept of))\W*$|いわゆる$"
)
_FEW = 5


@dataclass(frozen=True)
class Quoted:
    """Words that are given as those of a source.

    ``words`` are as they were typed; ``readings`` what they may be, where an apostrophe may be the mark that ends them.
    ``cited`` are the excerpts that they are cited from; ``noted`` whether the citation tells of emphasis that was added.
    ``doubtful`` are those that may be no quotation at all: whether they are is seen by how near they are to the source.
    """

    words: str
    cited: tuple[str, ...]
    noted: bool = False
    readings: tuple[str, ...] = ()
    doubtful: bool = False


@lru_cache(maxsize=4096)
def quoted(markdown: str) -> tuple[Quoted, ...]:
    """Return the quotations typed into a text, of paragraphs that cite something; a block quotation's citation may stand beside it."""
    if "@" not in markdown:
        return ()
    parts = list(_parts(html.unescape(markdown) if "&" in markdown else markdown))
    found: list[Quoted] = []
    for at, (text, is_block) in enumerate(parts):
        near = text
        if is_block and not cited_ids(text):
            near = "\n\n".join(other for other, is_other in parts[max(at - 1, 0) : at + 2] if not is_other)
        cited = cited_ids(near)
        if cited:
            whole = Quoted("", cited, any(_NOTED.search(match[1]) for match in CITATION.finditer(near)))
            found += _in_block(text, whole) if is_block else _in_points(text, whole)
    return tuple(found)


def without_emphasis(words: str) -> str:
    """Return words of Markdown without the signs of emphasis, and without escapes."""
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", words))


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield the paragraphs of a text, block quotations as one each, with whether they are that."""
    block: list[str] = []
    for paragraph in _PARAGRAPH.split(markdown):
        start = _BLOCK_QUOTED.search(paragraph)
        before = paragraph[: start.start()] if start else paragraph
        if before.strip():
            if block:
                yield "\n\n".join(block), True
            block = []
            yield before, False
        if start:
            block.append(_QUOTE_SIGN.sub("", paragraph[start.start() :]))
    if block:
        yield "\n\n".join(block), True


def _in_block(text: str, whole: Quoted) -> Iterator[Quoted]:
    for paragraph in _PARAGRAPH.split(_ATTRIBUTION.sub("", uncited(text))):
        words = paragraph.strip()
        if _OPENS.match(words):
            yield from _in_marks(words, whole)
        elif len(_WORD.findall(words)) > 1 or len(_CJK.findall(words)) >= _SHORT_CJK:
            yield replace(whole, words=words, readings=(words,))


def _in_points(text: str, whole: Quoted) -> Iterator[Quoted]:
    for point in POINTS.split(text):
        # A point that cites nothing may be about something else than what the others of its list cite.
        least = 1 if cited_ids(point) else _LONG
        yield from (found for found in _in_marks(uncited(point), whole) if len(found.words) >= least)


def _in_marks(text: str, whole: Quoted) -> Iterator[Quoted]:
    for match in _QUOTED.finditer(text):
        words = match[0][1:-1].strip()
        readings: tuple[str, ...] = (words,)
        if match.lastgroup in {"single", "keyed"}:
            ends = [possessive.start() for possessive in _POSSESSIVE.finditer(words)]
            readings = (*(words[:end] for end in ends), words)
        before, after = text[max(match.start() - 80, 0) : match.start()], text[match.end() :][:60]
        quotes = _quotes(readings[0], before, after)
        if quotes or _may_quote(readings[0], before, after):
            yield replace(whole, words=readings[0], readings=readings, doubtful=not quotes)


def _quotes(words: str, before: str, after: str) -> bool:
    """Whether words between marks are somebody's, and no term."""
    kana = len(_CJK.findall(words))
    if kana * 2 >= len(words):
        if kana >= _LONG:
            return True
        said = _FIGURE.search(words) or words.endswith("。") or _SAID_JA.match(after)
        return kana >= _SHORT_CJK and bool(said)
    count = len(_WORD.findall(words))
    if count < _FEW and _TERM.search(before):
        return False
    if count >= _PHRASE or (count > 1 and (len(words) >= _LONG or _FIGURE.search(words))):
        return True
    return bool(count and (_SAYS.search(before) or _SAID_AFTER.match(after)))


def _may_quote(words: str, before: str, after: str) -> bool:
    """Whether Japanese words between marks are a short sentence, though nobody is said to have said it."""
    return (
        len(_CJK.findall(words)) >= _SENTENCE_CJK
        and bool(_SENTENCE_JA.search(words))
        and not (_TERM.search(before) or _CALLED_JA.match(after))
    )
